import { phaseNames } from "../../chemistry/phases.js";
import { addGenerated } from "../../balancing/addGenerated.js";
import { adasyn } from "../../balancing/adasyn.js";
import { borderlineSmote } from "../../balancing/borderlineSmote.js";
import { classWeights } from "../../balancing/classWeights.js";
import { oversample } from "../../balancing/oversample.js";
import { smote } from "../../balancing/smote.js";
import { undersample } from "../../balancing/undersample.js";
import { type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { codesOf, type Table } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { nominalColumns } from "../../features/nominalColumns.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";

/** Training rows as a remedy takes them, and experiments of the twin that were made to fill rare classes. */
export interface TrainingRows {
  readonly encoder: Encoder;
  readonly features: Matrix;
  readonly labels: Uint8Array;
  readonly targeted: Table;
}

/** What a remedy makes of training rows. */
export interface Remedied {
  readonly features: Matrix;
  readonly labels: Uint8Array;
  /** Weight of each class in the loss, by code. */
  readonly weights?: Float64Array;
}

export interface Remedy {
  readonly name: string;
  readonly apply: (rows: TrainingRows, random: Random) => Promise<Remedied>;
}

const classes = phaseNames;

/**
 * From doing nothing to making new experiments. Over-sampling fills every
 * class up to the commonest, under-sampling cuts down to the rarest.
 */
export const remedies: readonly Remedy[] = [
  { name: "as it is", apply: ({ features, labels }) => Promise.resolve({ features, labels }) },
  {
    name: "class weights",
    apply: ({ features, labels }) => Promise.resolve({ features, labels, weights: classWeights(labels, { classes }) }),
  },
  {
    name: "under-sampling",
    apply: ({ features, labels }, random) =>
      Promise.resolve(chosen(features, labels, undersample(labels, random, { classes }))),
  },
  {
    name: "over-sampling",
    apply: ({ features, labels }, random) => Promise.resolve(oversample(features, labels, random, { classes })),
  },
  {
    name: "SMOTE-NC",
    apply: ({ encoder, features, labels }, random) =>
      smote(features, labels, random, { classes, nominal: nominalColumns(encoder) }),
  },
  {
    name: "Borderline-SMOTE",
    apply: ({ encoder, features, labels }, random) =>
      borderlineSmote(features, labels, random, { classes, nominal: nominalColumns(encoder) }),
  },
  {
    name: "ADASYN",
    apply: ({ encoder, features, labels }, random) =>
      adasyn(features, labels, random, { classes, nominal: nominalColumns(encoder), to: rareClasses(labels) }),
  },
  {
    name: "targeted generation",
    apply: ({ encoder, features, labels, targeted }) =>
      addGenerated(
        features,
        labels,
        () =>
          Promise.resolve({
            features: encode({ ...encoder, unseen: "ignore" }, targeted),
            labels: Uint8Array.from(codesOf(targeted, "phase").codes),
          }),
        { classes },
      ),
  },
];

/**
 * Classes with less than half the rows of the commonest one, filled up to it. A
 * few rows spread over a class that lacks little would all round to 0 in ADASYN.
 */
export function rareClasses(labels: Uint8Array): Record<number, number> {
  const counts = classes.map((_, label) => labels.reduce((sum, one) => sum + Number(one === label), 0));
  const most = Math.max(...counts);
  return Object.fromEntries(counts.flatMap((count, label) => (2 * count < most ? [[label, most]] : [])));
}

function chosen(features: Matrix, labels: Uint8Array, rows: Uint32Array): Remedied {
  return { features: selectMatrixRows(features, rows), labels: Uint8Array.from(rows, (row) => labels[row]) };
}

/** A model trained on what a remedy made, with the class shares it was trained under. */
export interface RemediedModel {
  readonly probabilities: Float64Array;
  readonly trainedShares: Float64Array;
  readonly rows: number;
  readonly converged: boolean;
}

/** Enough for every fit of notebook 03 to converge; a report says where one did not. */
const maxIterations = 3000;

/** The same classifier for every remedy: multinomial logistic regression, its penalty left at C = 1. */
export function trainRemedied({ features, labels, weights }: Remedied, test: Matrix): RemediedModel {
  const rowWeights = weights === undefined ? undefined : Float64Array.from(labels, (label) => weights[label]);
  const model = trainLogistic(features, labels, classes, { weights: rowWeights, maxIterations });
  const shares = new Float64Array(classes.length);
  labels.forEach((label) => (shares[label] += weights?.[label] ?? 1));
  const total = shares.reduce((a, b) => a + b, 0);
  return {
    probabilities: model.predict(test),
    trainedShares: shares.map((share) => share / total),
    rows: labels.length,
    converged: model.converged,
  };
}
