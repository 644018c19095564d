import { adasyn } from "../../balancing/adasyn.js";
import { borderlineSmote } from "../../balancing/borderlineSmote.js";
import { rowKinds, type Resampled } from "../../balancing/Resampled.js";
import { smote } from "../../balancing/smote.js";
import { recipeFaultNames, recipeFaults } from "../../chemistry/recipeFaults.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { seededRandom } from "../../core/random/Random.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { decodeRecipes } from "../../features/decodeRecipes.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { nominalColumns } from "../../features/nominalColumns.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { balancingData, balancingEngine } from "./balancingData.js";
import { rareClasses } from "./balancingRemedies.js";

const source = moduleSource(import.meta.url);

/** What interpolated rows are as recipes. */
export interface SyntheticPhysics {
  readonly methods: readonly {
    readonly name: string;
    readonly rows: number;
    readonly faulty: number;
    readonly contradictory: number;
    readonly commonest: string;
  }[];
  readonly table: ShownTable;
}

/** Beyond this many units of ln S the supersaturation that was interpolated is not that of the interpolated recipe. */
const contradiction = 1;

/**
 * Synthetic rows read back as recipes: how many could not be
 * carried out, and in how many the features contradict each other.
 */
export async function syntheticPhysics({ seed }: { readonly seed: number }): Promise<EvidenceFile<SyntheticPhysics>> {
  return recordedEvidence(
    { id: "03-balancing-physics", inputs: [], source, seed, engine: balancingEngine, labels: "simulated" },
    async () => {
      const { split, encoder, labels, train } = await balancingData(seed);
      const trainLabels = labelsOf(labels, split.train);
      const random = seededRandom(seed).fork("physics");
      const nominal = nominalColumns(encoder);
      const made: readonly { readonly name: string; readonly rows: Resampled }[] = [
        { name: "SMOTE", rows: await smote(train, trainLabels, random.fork("smote")) },
        { name: "SMOTE-NC", rows: await smote(train, trainLabels, random.fork("smote"), { nominal }) },
        {
          name: "Borderline-SMOTE",
          rows: await borderlineSmote(train, trainLabels, random.fork("borderline"), { nominal }),
        },
        {
          name: "ADASYN",
          rows: await adasyn(train, trainLabels, random.fork("adasyn"), { nominal, to: rareClasses(trainLabels) }),
        },
      ];
      const methods = made.map(({ name, rows }) => ({ name, ...physicsOf(encoder, rows) }));
      return {
        result: {
          methods,
          table: shownTable({
            caption: "Interpolated rows as recipes",
            columns: [
              { name: "method", of: ({ name }) => name },
              { name: "rows made up", of: ({ rows }) => rows },
              { name: "impossible", of: ({ faulty }) => faulty },
              { name: "contradictory", of: ({ contradictory }) => contradictory },
              { name: "commonest fault", of: ({ commonest }) => commonest },
            ],
            rows: methods,
          }),
        },
        measurements: methods.flatMap(({ name, rows, faulty, contradictory }) => [
          measurement({
            id: `physics.${name}.faulty`,
            meaning: `share of ${name} rows whose recipe could not be carried out`,
            value: faulty / rows,
            unit: "share",
            interval: clopperPearson(faulty, rows),
            n: rows,
            baseline: 0,
          }),
          measurement({
            id: `physics.${name}.contradictory`,
            meaning:
              `share of ${name} rows whose supersaturation is off by more ` +
              `than ${contradiction} in ln S from that of their own recipe`,
            value: contradictory / rows,
            unit: "share",
            interval: clopperPearson(contradictory, rows),
            n: rows,
            baseline: 0,
          }),
        ]),
      };
    },
  );
}

function physicsOf(
  encoder: Encoder,
  { features, origins }: Resampled,
): Omit<SyntheticPhysics["methods"][number], "name"> {
  const synthetic = Uint32Array.from(origins.kinds.keys()).filter((row) => rowKinds[origins.kinds[row]] !== "original");
  const matrix = selectMatrixRows(features, synthetic);
  const { values } = matrix;
  const recipes = decodeRecipes(encoder, matrix);
  const faults = recipeFaults(recipes);
  const again = encode(encoder, recipes);
  const place = features.names.indexOf("lnSupersaturation");
  const column = encoder.columns[place];
  const scale = column.kind === "number" ? column.scale : 1;
  let contradictory = 0;
  for (let at = place; at < values.length; at += features.columns)
    if (Math.abs(values[at] - again.values[at]) * scale > contradiction) contradictory++;
  const counts = recipeFaultNames.map((_, code) => faults.reduce((total, fault) => total + Number(fault === code), 0));
  const most = counts.reduce(
    (best, count, code) => (code > 0 && count > (best === 0 ? 0 : counts[best]) ? code : best),
    0,
  );
  return {
    rows: synthetic.length,
    faulty: synthetic.length - counts[0],
    contradictory,
    commonest: most === 0 ? "none" : recipeFaultNames[most],
  };
}
