import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { numbersOf, type Table } from "../../core/Table.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import { groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { batchCodes, batchEstimate, batchSums, overall } from "../../problems/phase/batchSums.js";
import { touchTest } from "../../problems/phase/lockedTest.js";
import { phaseRandom, rowsOfBatches, type TrainingExperiments } from "../../problems/phase/phaseExperiments.js";
import { phaseNetwork, phaseTraining, trainingEngine, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { quantities, standardisedQuantities } from "../../problems/phase/quantities.js";
import { trainRidge } from "../../training/baselines/trainRidge.js";
import { trainMany, type TrainingJob } from "../../training/trainMany.js";

/** Numbers that an experiment gives, learned from the recipe where they were measured. */
export interface QuantityModels {
  readonly quantities: readonly {
    readonly name: string;
    /** Those where it was measured. */
    readonly testRows: number;
    /** R² of ridge regression, of the network, and of the network that names the phase as well. */
    readonly ridge: Estimate;
    readonly network: Estimate;
    readonly both: Estimate;
  }[];
  readonly table: ShownTable;
  readonly r2: Omit<EstimatePairs, "id">;
}

/** A plane is as well known from these as from all. */
const ridgeRows = 24_000;

/** Ridge regression, a network of the quantities alone, and one with both heads on one trunk, on the same test rows. */
export async function quantityModels(data: TrainingExperiments): Promise<EvidenceFile<QuantityModels>> {
  return recordedEvidence(
    {
      id: "04-training-quantities",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: data.seed,
      engine: trainingEngine,
      labels: "simulated",
    },
    async () => {
      const { seed, table, split, features, taught, labels } = data;
      const random = phaseRandom(seed, "quantities");
      const { targets } = standardisedQuantities(table, split.train);
      const targetNames = quantities.map(({ name }) => name);
      const rows = { train: split.train, tune: split.tune };
      const jobs: TrainingJob[] = [
        { data: { features: taught, targets, targetNames, ...rows }, layers: phaseNetwork, options: phaseTraining },
        {
          data: { features: taught, targets, targetNames, labels, classes: phaseNames, ...rows },
          layers: phaseNetwork,
          options: phaseTraining,
        },
      ];
      const training = trainMany(jobs, random, { workers: trainingThreads() });
      const test = selectMatrixRows(features, split.test);
      const count = quantities.length;
      const some = rowsOfBatches(table, split.train, random.fork("ridge"))(ridgeRows);
      const ridge = trainRidge(
        selectMatrixRows(data.whole.features, some),
        Float64Array.from(
          { length: some.length * count },
          (_, i) => targets[some[Math.floor(i / count)] * count + (i % count)],
        ),
        targetNames,
      ).predictTargets(selectMatrixRows(data.whole.features, split.test));
      const [alone, both] = await training;
      await touchTest(data, "quantity network", [alone.network]);
      await touchTest(data, "network of phase and quantities", [both.network]);
      const batches = batchCodes(table, split.test);
      const scored = (values: Float64Array, k: number, what: string): Estimate =>
        r2Estimate(values, k, { targets, rows: split.test, batches, random: random.fork(what) });
      const [aloneOutputs, bothOutputs] = [alone, both].map(({ predictor }) => predictor.predictTargets(test));
      const results = quantities.map(({ name, column }, k) => ({
        name,
        testRows: measured(table, split.test, column),
        ridge: scored(ridge, k, `ridge ${name}`),
        network: scored(aloneOutputs, k, `network ${name}`),
        both: scored(bothOutputs, k, `both ${name}`),
      }));
      const shared = batchEstimate(
        batches.batches,
        overall(batchSums(labelsOf(labels, split.test), both.predictor.predict(test), batches)),
        random.fork("both"),
      );
      const made = (
        id: string,
        meaning: string,
        unit: string,
        estimate: Estimate,
        n: number,
        baseline: number | null,
      ): Measurement =>
        measurement({ id, meaning, value: estimate.value, unit, interval: estimate.interval, n, baseline });
      return {
        result: {
          quantities: results,
          table: shownTable({
            caption: "R² on the test rows where the quantity was measured, with 95 % intervals",
            columns: [
              { name: "quantity", of: ({ name }) => name },
              { name: "test rows", of: ({ testRows }) => testRows },
              { name: "ridge regression", of: (one) => estimateInWords(one.ridge) },
              { name: "network", of: ({ network }) => estimateInWords(network) },
              { name: "network, phase as well", of: (one) => estimateInWords(one.both) },
            ],
            rows: results,
          }),
          r2: {
            title: "Numbers from the recipe",
            xTitle: "R² (share of the variance explained) on test rows",
            yTitle: "Quantity",
            series: ["ridge regression", "network"],
            reference: { at: 0, label: "always the mean" },
            rows: results.map(({ name, ridge: linear, network }) => ({ name, estimates: [linear, network] })),
          },
        },
        measurements: [
          ...results.flatMap(({ name, network, both: sharedTrunk, ridge: linear, testRows }) => [
            made(
              `quantities.${name.replaceAll(" ", "-")}`,
              `R² of the network's ${name}`,
              "1",
              network,
              testRows,
              linear.value,
            ),
            made(
              `quantities.${name.replaceAll(" ", "-")}.both`,
              `R² of the ${name} by the network with both heads`,
              "1",
              sharedTrunk,
              testRows,
              network.value,
            ),
          ]),
          made(
            "quantities.phaseOfBoth",
            "accuracy of the phase by the network with both heads",
            "share",
            shared,
            split.test.length,
            null,
          ),
        ],
      };
    },
  );
}

function measured(table: Table, rows: Uint32Array, column: string): number {
  const values = numbersOf(table, column);
  return rows.reduce((total, row) => total + Number(!Number.isNaN(values[row])), 0);
}

/** R² with its interval over batches, from sums per batch. */
function r2Estimate(
  outputs: Float64Array,
  k: number,
  {
    targets,
    rows,
    batches: { codes, batches },
    random,
  }: {
    readonly targets: Float64Array;
    readonly rows: Uint32Array;
    readonly batches: ReturnType<typeof batchCodes>;
    readonly random: ReturnType<typeof phaseRandom>;
  },
): Estimate {
  const count = quantities.length;
  const truth = Float64Array.from(rows, (row) => targets[row * count + k]);
  const isKnown = (row: number): boolean => !Number.isNaN(truth[row]);
  const sums = groupedSums(
    codes,
    {
      known: (row) => Number(isKnown(row)),
      values: (row) => (isKnown(row) ? truth[row] : 0),
      squares: (row) => (isKnown(row) ? truth[row] ** 2 : 0),
      errors: (row) => (isKnown(row) ? (truth[row] - outputs[row * count + k]) ** 2 : 0),
    },
    { groups: batches },
  );
  const r2 = groupedStatistic(
    sums,
    ({ known, values, squares, errors }) => 1 - errors / (squares - values ** 2 / known),
    { over: "known", kind: "explained" },
  );
  return batchEstimate(batches, r2, random);
}
