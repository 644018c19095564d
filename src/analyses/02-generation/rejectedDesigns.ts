import { designFaults } from "../../chemistry/designFault.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { type DesignName, generateExperiments } from "../../generation/generateExperiments.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";

/** What was proposed in vain, design by design. */
export interface RejectedDesigns {
  readonly reasons: readonly string[];
  /** Design, proposed, kept, rejected for each reason. */
  readonly rows: readonly (readonly (string | number)[])[];
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
      const names: readonly DesignName[] = ["asRun", "uniform", "latinHypercube", "sobol", "factorial"];
      const designs: {
        readonly name: DesignName;
        readonly proposed: number;
        readonly kept: number;
        readonly counts: readonly number[];
      }[] = [];
      for (const name of names) {
        const { table, rejected } = await generateExperiments({ rows: rejectionRows, seed, design: name });
        designs.push({
          name,
          proposed: rejected.proposed,
          kept: table.numRows,
          counts: rejected.reasons.map(({ count }) => count),
        });
      }
      const share = (name: DesignName): Measurement => {
        const { proposed, counts } = designs.find((one) => one.name === name)!;
        const refused = counts.reduce((a, b) => a + b, 0);
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
          reasons: designFaults.slice(1),
          rows: designs.map(({ name, proposed, kept, counts }) => [name, proposed, kept, ...counts]),
        },
        measurements: [share("asRun"), share("uniform")],
      };
    },
  );
}
