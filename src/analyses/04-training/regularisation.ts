import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { logLoss } from "../../core/metrics/logLoss.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { phaseRandom, sharedMatrix, type TrainingExperiments } from "../../problems/phase/phaseExperiments.js";
import { phaseJob, phaseNetwork, trainingEngine, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import type { HiddenLayers, TrainingOptions } from "../../training/TrainingOptions.js";
import { predictMany } from "../../training/predictMany.js";
import { trainMany, type TrainingJob } from "../../training/trainMany.js";

/** What keeps a network with too many parameters from learning its few rows by heart. */
export interface Regularisation {
  readonly sets: number;
  readonly rows: number;
  readonly remedies: readonly {
    readonly name: string;
    readonly parameters: number;
    readonly training: Estimate;
    readonly tune: Estimate;
  }[];
  readonly losses: Omit<EstimatePairs, "id">;
}

const sets = 6;
const over = "disjoint training sets";
/** As many experiments as the reviewed project had; a fifth of them decides when to stop, where something must. */
const rows = 2_000;
const plain: TrainingOptions = {
  epochs: 60,
  batchSize: 64,
  learningRate: 2e-3,
  schedule: { name: "constant" },
  optimizer: { name: "adam" },
};

interface Remedy {
  readonly name: string;
  readonly layers?: HiddenLayers;
  readonly options?: TrainingOptions;
  /** Ends at the lowest loss on rows that it does not learn from. */
  readonly stopsEarly?: boolean;
}

/** Strengths by custom, none of them searched for. */
const remedies: readonly Remedy[] = [
  { name: "nothing" },
  { name: "early stopping", stopsEarly: true },
  { name: "L1 penalty", options: { l1: 3e-4 } },
  { name: "L2 penalty", options: { l2: 3e-3 } },
  { name: "decoupled decay", options: { optimizer: { name: "adamW", weightDecay: 0.3 } } },
  { name: "dropout", options: { dropout: 0.3 } },
  { name: "label smoothing", options: { labelSmoothing: 0.1 } },
  { name: "a twentieth of the parameters", layers: { hidden: [18] } },
  {
    name: "decay, dropout, early stopping",
    options: { optimizer: { name: "adamW", weightDecay: 0.3 }, dropout: 0.3 },
    stopsEarly: true,
  },
];

/**
 * The network on six disjoint sets of 2,000 rows, with one remedy against overfitting at a time, judged on tune rows.
 */
export async function regularisation(data: TrainingExperiments): Promise<EvidenceFile<Regularisation>> {
  return recordedEvidence(
    {
      id: "04-training-regularisation",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: data.seed,
      engine: trainingEngine,
      labels: "simulated",
    },
    async () => {
      const { seed, split } = data;
      const random = phaseRandom(seed, "regularisation");
      const truth = labelsOf(data.labels, split.tune);
      const tune = sharedMatrix(selectMatrixRows(data.whole.features, split.tune));
      // Rows of all sets, one set after another, and nothing else: every training copies what it is given.
      const drawn = shuffledRows(split.train, random.fork("sets")).subarray(0, sets * rows);
      const features = sharedMatrix(selectMatrixRows(data.whole.features, drawn));
      const labels = labelsOf(data.labels, drawn);
      const all = Uint32Array.from(drawn.keys());
      const disjoint = Array.from({ length: sets }, (_, set) => all.subarray(set * rows, (set + 1) * rows));
      const wanted = remedies.flatMap((remedy) => disjoint.map((train) => ({ remedy, train })));
      const jobs = wanted.map(
        ({ remedy: { layers = phaseNetwork, options, stopsEarly = false }, train }): TrainingJob => {
          const held = Math.floor(train.length / 5);
          return phaseJob(
            { features, labels },
            stopsEarly ? { train: train.subarray(held), tune: train.subarray(0, held) } : { train },
            layers,
            { ...plain, ...options },
          );
        },
      );
      const trained = await trainMany(jobs, random, { workers: trainingThreads() });
      const answers = await predictMany(
        trained.map(({ network }) => network),
        tune,
        { workers: trainingThreads() },
      );
      const losses = wanted.map(({ train }, i) => ({
        training: logLoss(labelsOf(labels, train), trained[i].predictor.predict(selectMatrixRows(features, train))),
        tune: logLoss(truth, answers[i]),
      }));
      const results = remedies.map((remedy, k) => {
        const own = losses.slice(k * sets, (k + 1) * sets);
        return {
          name: remedy.name,
          parameters: trained[k * sets].parameters,
          training: studentEstimate(
            own.map((one) => one.training),
            { over },
          ),
          tune: studentEstimate(
            own.map((one) => one.tune),
            { over },
          ),
        };
      });
      const gain = (k: number): Estimate =>
        studentEstimate(
          losses.slice(k * sets, (k + 1) * sets).map((one, set) => losses[set].tune - one.tune),
          { over },
        );
      return {
        result: {
          sets,
          rows,
          remedies: results,
          losses: {
            title: `${results[0].parameters.toLocaleString("en-US")} parameters, ${rows.toLocaleString("en-US")} rows`,
            xTitle: "Log loss (nats)",
            yTitle: "Against overfitting",
            series: ["on the rows learned from", "on tune rows"],
            reference: { at: results[0].tune.value, label: "nothing, tune rows" },
            rows: results.map(({ name, training, tune: unseen }) => ({ name, estimates: [training, unseen] })),
          },
        },
        measurements: results.flatMap(({ name, tune: unseen }, k) => {
          const id = `regularisation.${name.replaceAll(/[ ,]+/g, "-")}`;
          const made = (
            suffix: string,
            meaning: string,
            { value, interval }: Estimate,
            baseline: number | null,
          ): ReturnType<typeof measurement> =>
            measurement({
              id: `${id}${suffix}`,
              meaning,
              value,
              unit: "nats",
              interval,
              n: sets,
              baseline,
            });
          return [
            made("", `log loss on tune rows with ${name}, from ${rows} rows`, unseen, null),
            ...(k === 0 ? [] : [made(".gain", `log loss on tune rows that ${name} saves`, gain(k), 0)]),
          ];
        }),
      };
    },
  );
}
