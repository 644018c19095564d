import { designFaults } from "../../chemistry/designFault.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { type DesignName, generateExperiments } from "../../generation/generateExperiments.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";

/** What was proposed in vain, design by design. */
export interface RejectedDesigns {
  readonly designs: readonly RejectedDesign[];
  readonly table: ShownTable;
}

/** How many proposals of a design were made, how many could be carried out, and how often each reason forbade one. */
export interface RejectedDesign {
  readonly name: DesignName;
  readonly proposed: number;
  readonly kept: number;
  readonly rejected: readonly { readonly reason: string; readonly count: number }[];
}

const rejectionRows = 20_000;

/** How many designs chemistry or glassware forbids, and why. */
export async function rejectedDesigns({ seed }: { readonly seed: number }): Promise<EvidenceFile<RejectedDesigns>> {
  return recordedEvidence(
    {
      id: "02-generation-rejected",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: "simd (WebAssembly)",
      labels: "simulated",
    },
    async () => {
      const reasons = designFaults.slice(1);
      const names: readonly DesignName[] = ["asRun", "uniform", "latinHypercube", "sobol", "factorial"];
      const designs: RejectedDesign[] = [];
      for (const name of names) {
        const { table, rejected } = await generateExperiments({ rows: rejectionRows, seed, design: name });
        designs.push({
          name,
          proposed: rejected.proposed,
          kept: table.numRows,
          rejected: rejected.reasons.map(({ count }, i) => ({ reason: reasons[i], count })),
        });
      }
      const share = (name: DesignName): Measurement => {
        const { proposed, rejected } = designs.find((one) => one.name === name)!;
        const refused = rejected.reduce((total, { count }) => total + count, 0);
        return measurement({
          id: `rejected.${name}`,
          meaning: `share of ${name} proposals that cannot be carried out`,
          value: refused / proposed,
          unit: "share",
          interval: clopperPearson(refused, proposed),
          n: proposed,
        });
      };
      return {
        result: {
          designs,
          table: shownTable({
            caption: "Proposals that cannot be carried out, by first reason",
            columns: [
              { name: "design", of: ({ name }) => name },
              { name: "proposed", of: ({ proposed }) => proposed },
              { name: "kept", of: ({ kept }) => kept },
              ...reasons.map((reason) => ({
                name: reason,
                of: ({ rejected }: RejectedDesign) => rejected.find((one) => one.reason === reason)!.count,
              })),
            ],
            rows: designs,
          }),
        },
        measurements: [share("asRun"), share("uniform")],
      };
    },
  );
}
