import { phaseNames } from "../../chemistry/phases.js";
import { joinMatrices } from "../../core/joinMatrices.js";
import { makeMatrix, type Matrix } from "../../core/Matrix.js";
import type { Predictor } from "../../core/Predictor.js";
import type { Random } from "../../core/random/Random.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { forestPredictor } from "../../training/baselines/forestPredictor.js";
import { gaussianClassPredictor } from "../../training/baselines/gaussian/gaussianClassPredictor.js";
import type { MaternKernel } from "../../training/baselines/gaussian/maternKernel.js";
import { trainGaussianClassifier } from "../../training/baselines/gaussian/trainGaussianClassifier.js";
import { logisticPredictor } from "../../training/baselines/logisticPredictor.js";
import { trainForest } from "../../training/baselines/trainForest.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";
import { networkPredictor } from "../../training/networkPredictor.js";
import { trainClassifier } from "../../training/trainClassifier.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { packNumbers, unpackNumbers } from "../../core/packNumbers.js";
import type { OwnRows } from "./OwnRows.js";
import { ownEncoder } from "./ownEncoder.js";
import { averageTwin, strays, twinAnswers, twinAnswersLeavingOut, type TwinPrior, twinPrior } from "./twinPrior.js";

/** Learns from features and labels of the classes that rows have; plain data that may hold arrays of numbers. */
interface Learner {
  readonly name: string;
  /** By class code of the phases. */
  readonly tune?: (features: Matrix, labels: Uint8Array) => readonly (MaternKernel | null)[];
  readonly train: (task: LearnerTask) => unknown;
  readonly predictor: (learned: never) => Predictor;
}

interface LearnerTask {
  readonly features: Matrix;
  /** Codes among `classes`. */
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
  readonly random: Random;
  /** One per class, where the learner was tuned. */
  readonly kernels: readonly (MaternKernel | null)[] | undefined;
}

/** What a learner knows: plain data. */
export interface Learned {
  readonly encoder: Encoder;
  /** Codes of the phases that rows had. */
  readonly made: readonly number[];
  /** Of each phase, how many rows the twin expected; where it cannot answer, as many of each. */
  readonly expected: readonly number[];
  readonly twin: TwinPrior | null;
  /** Null where all rows are of one phase. */
  readonly model: unknown;
}

/** As reports and stored models call them. */
export const learnerNames = {
  logistic: "logistic regression",
  process: "Gaussian process",
  forest: "forest",
  network: "network",
} as const;

/** Rows on which the lengths of a kernel are sought: more make it slower by their third power. */
const kernelRows = 100;
/** Rows up to which a Gaussian process is among the candidates: a choice fits it dozens of times. */
export const mostProcessRows = 600;

/**
 * What learns from rows alone, with what the twin says of a recipe among its features: the twin is a prior that it may
 * follow, mend or leave.
 */
export function learnerCandidates(rows: number): readonly Candidate<OwnRows>[] {
  const learners: Learner[] = [logistic, ...(rows <= mostProcessRows ? [process] : []), forest, network];
  return learners.map(candidateOf);
}

function candidateOf({ name, tune, train, predictor }: Learner): Candidate<OwnRows> {
  return {
    name,
    fit: async (rows, random) => {
      const encoder = ownEncoder(rows.table, rows.places);
      const kernels = tune === undefined ? undefined : tuned(tune, encoder, rows, random.fork("tune"));
      const labels = labelsOf(rows);
      const made = [...new Set(labels)].sort((a, b) => a - b);
      const learned: Learned = {
        encoder,
        made,
        expected: expectedRows(rows),
        twin: rows.evidence === null ? null : twinPrior(rows),
        model:
          made.length < 2
            ? null
            : await train({
                features: trainingFeatures(encoder, rows),
                labels: labels.map((code) => made.indexOf(code)),
                classes: made.map((code) => phaseNames[code]),
                random,
                kernels: kernels && made.map((code) => kernels[code]),
              }),
      };
      return packNumbers(learned);
    },
    answerer: (packed: unknown) => {
      const learned = unpackNumbers(packed) as Learned;
      const model = learned.model === null ? null : predictor(learned.model as never);
      return (rows) => withUnmade(learned, rows, model);
    },
  };
}

/** On some of the rows: lengths need fewer than the process does, and a choice seeks them dozens of times. */
function tuned(
  tune: NonNullable<Learner["tune"]>,
  encoder: Encoder,
  rows: OwnRows,
  random: Random,
): readonly (MaternKernel | null)[] {
  const places = shuffledRows(rows.places, random).slice(0, kernelRows).sort();
  const some = { ...rows, places };
  return tune(trainingFeatures(encoder, some), labelsOf(some));
}

function labelsOf({ labels, places }: OwnRows): Uint8Array {
  return Uint8Array.from(places, (place) => labels[place]);
}

/** Features of recipes and, as logs, what the twin says of each from the other groups' outcomes. */
function trainingFeatures(encoder: Encoder, rows: OwnRows): Matrix {
  return joined(encode(encoder, rows.table, rows.places), rows.evidence === null ? null : twinAnswersLeavingOut(rows));
}

function joined(features: Matrix, twin: Float64Array | null): Matrix {
  if (twin === null) return features;
  const names = phaseNames.map((name) => `twin, ln ${name}`);
  return joinMatrices([features, makeMatrix(names, Float32Array.from(twin, Math.log))]);
}

function expectedRows(rows: OwnRows): number[] {
  if (rows.twin === null) return phaseNames.map(() => rows.places.length / phaseNames.length);
  const average = averageTwin(rows);
  return phaseNames.map((_, k) => rows.places.reduce((sum, _, i) => sum + average[i * phaseNames.length + k], 0));
}

/**
 * A phase that no row had stays possible: it gets what the twin says of it, the less the more rows of it the twin
 * expected in vain (a rate with a gamma prior of one row; Gelman et al. 2013, Bayesian Data Analysis, section 2.6).
 * What is left is the learner's, but for a share that is the twin's.
 */
function withUnmade({ encoder, made, expected, twin }: Learned, rows: OwnRows, model: Predictor | null): Float64Array {
  const classes = phaseNames.length;
  const prior = twin === null ? null : twinAnswers(twin, rows);
  const features = joined(encode({ ...encoder, unseen: "ignore" }, rows.table, rows.places), prior);
  const own = model?.predict(features) ?? new Float64Array(rows.places.length).fill(1);
  const answers = new Float64Array(rows.places.length * classes);
  const isMade = phaseNames.map((_, k) => made.includes(k));
  for (let row = 0; row < rows.places.length; row++) {
    const at = row * classes;
    const twinOf = (k: number): number => (prior === null ? 1 / classes : prior[at + k]);
    let left = 1;
    for (let k = 0; k < classes; k++) {
      if (isMade[k]) continue;
      answers[at + k] = twinOf(k) / (1 + expected[k]);
      left -= answers[at + k];
    }
    made.forEach((k, i) => (answers[at + k] = left * own[row * made.length + i]));
    for (let k = 0; k < classes; k++) answers[at + k] = (1 - strays) * answers[at + k] + strays * twinOf(k);
  }
  return answers;
}

const logistic: Learner = {
  name: learnerNames.logistic,
  train: ({ features, labels, classes }) => {
    const { names, coefficients, intercepts } = trainLogistic(features, labels, classes, { C: 0.3 });
    return { classes, names, coefficients, intercepts };
  },
  predictor: logisticPredictor,
};

const process: Learner = {
  name: learnerNames.process,
  tune: (features, labels) => trainGaussianClassifier(features, labels, phaseNames, { starts: 1 }).kernels,
  train: ({ features, labels, classes, kernels }) => {
    const model = trainGaussianClassifier(features, labels, classes, { kernels, starts: 1 });
    return {
      classes,
      names: model.names,
      features: model.features,
      present: model.present,
      processes: model.processes.map(({ kernel, pull, curvature }) => ({ kernel, pull, curvature })),
    };
  },
  predictor: gaussianClassPredictor,
};

const forest: Learner = {
  name: learnerNames.forest,
  train: ({ features, labels, classes, random }) => {
    const grown = trainForest(features, labels, classes, random, { trees: 100 });
    const { names, roots, column, threshold, next, leafShares, shares } = grown;
    return { classes, names, roots, column, threshold, next, leafShares, shares };
  },
  predictor: forestPredictor,
};

/** Steps that a small network is trained for, whatever the number of rows. */
const networkSteps = 400;
const networkBatch = 16;

const network: Learner = {
  name: learnerNames.network,
  train: async ({ features, labels, classes, random }) => {
    const trained = await trainClassifier(features, labels, classes, random, {
      hidden: [16],
      batchSize: networkBatch,
      epochs: Math.max(4, Math.round((networkSteps * networkBatch) / features.rows)),
      learningRate: 5e-3,
      schedule: { name: "cosine" },
      optimizer: { name: "adamW", weightDecay: 0.1 },
    });
    return trained.network;
  },
  predictor: networkPredictor,
};
