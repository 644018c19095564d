import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { entropyTerm } from "../../core/statistics/entropyTerm.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import type { LearningCurves } from "../../figures/plotLearningCurves.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import {
  batchCodes,
  batchDifference,
  batchEstimate,
  batchSums,
  meanLoss,
  type BatchSums,
} from "../../problems/phase/batchSums.js";
import {
  phaseRandom,
  rowsOfBatches,
  sharedMatrix,
  trueProbabilities,
  type TrainingExperiments,
} from "../../problems/phase/phaseExperiments.js";
import {
  phaseJob,
  phaseNetwork,
  phaseTraining,
  trainingEngine,
  trainingThreads,
} from "../../problems/phase/phaseNetwork.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import type { HiddenLayers, TrainingOptions } from "../../training/TrainingOptions.js";
import { predictMany } from "../../training/predictMany.js";
import { trainMany, type TrainingJob } from "../../training/trainMany.js";

/** Networks of several sizes on more and more rows, judged on tune rows, which nothing here learns from. */
export interface LearningCurve {
  readonly networks: readonly {
    readonly name: string;
    readonly parameters: number;
    /** Log loss from so many training rows. */
    readonly points: readonly (Estimate & { readonly rows: number })[];
  }[];
  readonly tuneRows: number;
  readonly curves: Omit<LearningCurves, "id">;
}

const doublings = 5;
const shapes: readonly { readonly name: string; readonly layers: HiddenLayers; readonly most: number }[] = [
  { name: "8 units", layers: { hidden: [8] }, most: doublings },
  { name: "2 x 32 units", layers: { hidden: [32, 32] }, most: doublings },
  { name: "2 x 96 units", layers: phaseNetwork, most: doublings },
  // Each doubling more would take as long as all before.
  { name: "2 x 192 units", layers: { hidden: [192, 192] }, most: doublings - 4 },
];

/**
 * Learning curve of the network and of smaller and larger ones. It says what the last doubling of the training rows
 * was worth, and whether parameters or rows are short. Rows come in whole batches, and each size holds the smaller
 * ones.
 */
export async function learningCurve(data: TrainingExperiments): Promise<EvidenceFile<LearningCurve>> {
  return recordedEvidence(
    {
      id: "04-training-curve",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: data.seed,
      engine: trainingEngine,
      labels: "simulated",
    },
    async () => {
      const { seed, table, split, features } = data;
      const random = phaseRandom(seed, "learning curve");
      const batches = batchCodes(table, split.tune);
      const truth = labelsOf(data.labels, split.tune);
      const tune = sharedMatrix(selectMatrixRows(features, split.tune));
      const pick = rowsOfBatches(table, split.train, random.fork("batches"));
      const sizes = Array.from({ length: doublings + 1 }, (_, i) =>
        i === doublings ? split.train : pick(Math.floor(split.train.length / 2 ** (doublings - i))),
      ).map((rows) => ({
        train: Uint32Array.from(rows.keys()),
        // These rows and nothing else: every training copies what it is given.
        features: sharedMatrix(selectMatrixRows(data.taught, rows)),
        labels: labelsOf(data.labels, rows),
      }));
      const wanted = shapes.flatMap((shape) => sizes.slice(0, shape.most + 1).map((size) => ({ shape, ...size })));
      const trained = await trainMany(
        wanted.map(({ shape, train, ...own }): TrainingJob =>
          phaseJob(own, { train }, shape.layers, forRows(train.length)),
        ),
        random,
        { workers: trainingThreads() },
      );
      const answers = await predictMany(
        trained.map(({ network }) => network),
        tune,
        { workers: trainingThreads() },
      );
      const judged = wanted.map(({ shape, train }, i) => ({
        shape,
        rows: train.length,
        parameters: trained[i].parameters,
        sums: batchSums(truth, answers[i], batches),
      }));
      const networks = shapes.map((shape) => {
        const own = judged.filter((one) => one.shape === shape);
        return {
          name: shape.name,
          parameters: own[0].parameters,
          points: own.map(({ rows, sums }) => ({
            rows,
            ...batchEstimate(batches.batches, meanLoss(sums), random.fork(`${shape.name} ${rows}`)),
          })),
        };
      });
      const [before, after] = judged.filter(({ shape }) => shape.layers === phaseNetwork).slice(-2);
      const gain = (drawn: Uint32Array): number => 1 - meanLoss(after.sums)(drawn) / meanLoss(before.sums)(drawn);
      const doubling = batchEstimate(batches.batches, gain, random.fork("gain"));
      const fewest = (layers: HiddenLayers): BatchSums => judged.find(({ shape }) => shape.layers === layers)!.sums;
      const others = shapes
        .filter(({ layers }) => layers !== phaseNetwork)
        .map(({ name, layers }) => ({
          name,
          difference: batchDifference(
            fewest(layers),
            fewest(phaseNetwork),
            meanLoss,
            random.fork(`${name} against ours`),
          ),
        }));
      const ours = shapes.findIndex(({ layers }) => layers === phaseNetwork);
      return {
        result: {
          networks,
          tuneRows: truth.length,
          curves: {
            title: "What more experiments and more parameters are worth",
            yTitle: "Log loss on tune rows (nats)",
            // Ours first: it has the first style in every figure.
            curves: [networks[ours], ...networks.filter((_, i) => i !== ours)].map(
              ({ name, parameters, points }, i) => ({
                name: `${i === 0 ? "ours" : name.replace("x", "×")}: ${parameters.toLocaleString("en-US")} parameters`,
                points,
              }),
            ),
            reference: {
              at: trueProbabilities(table, split.tune).reduce((total, p) => total + entropyTerm(p), 0) / truth.length,
              label: "noise of the label alone",
            },
          },
        },
        measurements: [
          measurement({
            id: "DQ4.lastDoublingGain",
            meaning:
              "log loss that the last doubling of the training rows took away from the " +
              `network, as a share of it (from ${before.rows} to ${after.rows} rows)`,
            value: doubling.value,
            unit: "share",
            interval: doubling.interval,
            n: truth.length,
            baseline: 0,
          }),
          measurement({
            id: "curve.rowsPerParameter",
            meaning: "training rows per parameter of the network at the end of its curve",
            value: after.rows / after.parameters,
            unit: "rows",
          }),
          ...others.map(({ name, difference }) =>
            measurement({
              id: `curve.${name.replaceAll(" ", "")}.againstOurs`,
              meaning: `log loss of ${name} from the fewest rows less that of our network from the same rows`,
              value: difference.value,
              unit: "nats",
              interval: difference.interval,
              n: truth.length,
              baseline: 0,
            }),
          ),
          ...networks.flatMap(({ name, points }) =>
            [points[0], points.at(-1)!].map(({ rows, value, interval }, end) =>
              measurement({
                id: `curve.${name.replaceAll(" ", "")}.${["fewest", "most"][end]}`,
                meaning: `log loss of ${name} from ${rows} training rows`,
                value,
                unit: "nats",
                interval,
                n: truth.length,
              }),
            ),
          ),
        ],
      };
    },
  );
}

/** Few rows are met more often, up to sixty times; many as often as the network's training says. */
function forRows(rows: number): TrainingOptions {
  return { ...phaseTraining, epochs: Math.max(phaseTraining.epochs!, Math.min(60, Math.round(2e6 / rows))) };
}
