import { InputError } from "../core/InputError.js";
import type { Random } from "../core/random/Random.js";
import { philoxKey } from "../core/random/philoxKey.js";
import { rowWeights } from "../core/statistics/rowWeights.js";
import { initialWeights } from "./initialWeights.js";
import { checkEngineChoice } from "./engines/chooseTrainingEngine.js";
import { activationNames, type Architecture } from "./Network.js";
import { optimizerNumbers } from "./Optimizer.js";
import type { TrainingData } from "./TrainingData.js";
import type { TrainingTask } from "./engines/TrainingEngine.js";
import type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";

/** A task and the rows it is done with. */
export interface PreparedTraining {
  readonly task: TrainingTask;
  readonly train: Uint32Array;
  readonly tune: Uint32Array | null;
}

/**
 * Checks everything that a training is given and fills in the defaults. Draws the first weights and
 * the key of the masks from forks of their own.
 *
 * @throws RangeError if a row, label, target or weight is not as
 *   TrainingData says (row named); InputError for an option
 */
export function trainingTask(
  data: TrainingData,
  layers: HiddenLayers,
  random: Random,
  options: TrainingOptions = {},
): PreparedTraining {
  checkOptions(options);
  const {
    batchSize = 64,
    optimizer = { name: "adam" },
    l1 = 0,
    l2 = 0,
    dropout = 0,
    labelSmoothing = 0,
    targetShare = 1,
    clipNorm = Infinity,
  } = options;
  const { features } = data;
  const train = data.train ?? Uint32Array.from({ length: features.rows }, (_, row) => row);
  const tune = data.tune ?? null;
  const architecture = architectureOf(data, layers);
  checkRows(data, train, tune);
  const weights = weightsOf(data, options);
  checkLabels(data, architecture, train, tune, weights);
  checkTargets(data, architecture, train, tune, weights);
  const task: TrainingTask = {
    architecture,
    weights: initialWeights(architecture, random.fork("weights")),
    features,
    labels: data.labels ?? [],
    targets: data.targets ?? [],
    rowWeights: weights,
    batchSize: Math.min(batchSize, train.length),
    mostRows: Math.max(train.length, tune?.length ?? 0),
    optimizer: optimizerNumbers(optimizer),
    l1,
    l2,
    dropout,
    dropoutKey: philoxKey(random.fork("dropout")),
    labelSmoothing,
    targetShare,
    clipNorm,
  };
  return { task, train, tune };
}

function checkOptions({
  epochs = 100,
  batchSize = 64,
  learningRate = 1e-3,
  schedule = { name: "constant" },
  l1 = 0,
  l2 = 0,
  dropout = 0,
  labelSmoothing = 0,
  targetShare = 1,
  clipNorm = Infinity,
  patience = 10,
  minImprovement = 0,
  until = epochs,
  engine = "simd",
}: TrainingOptions): void {
  checkEngineChoice(engine);
  const must = (name: string, holds: boolean, rule: string, got: unknown, mend: string): void => {
    if (!holds) throw new InputError({ where: `training, ${name}`, must: `must be ${rule}`, got: String(got), mend });
  };
  must(
    "epochs",
    Number.isInteger(epochs) && epochs >= 1,
    "a whole number from 1",
    epochs,
    "without an epoch nothing is learned",
  );
  must("until", Number.isInteger(until) && until >= 1, "a whole number from 1", until, "count epochs");
  must(
    "batchSize",
    Number.isInteger(batchSize) && batchSize >= 1,
    "a whole number from 1",
    batchSize,
    "take for example 64",
  );
  must(
    "learningRate",
    learningRate > 0 && learningRate < Infinity,
    "above 0 and finite",
    learningRate,
    "take for example 0.001",
  );
  for (const [name, strength] of Object.entries({ l1, l2, targetShare, minImprovement }))
    must(name, strength >= 0 && strength < Infinity, "at least 0 and finite", strength, "0 turns it off");
  // A unit is kept with a probability in steps of 1/65536.
  must("dropout", dropout >= 0 && dropout <= 0.99, "in [0, 0.99]", dropout, "0 turns it off");
  must("labelSmoothing", labelSmoothing >= 0 && labelSmoothing < 1, "in [0, 1)", labelSmoothing, "0 turns it off");
  must("clipNorm", clipNorm > 0, "above 0", clipNorm, "leave it out for no limit");
  must("patience", patience >= 1, "at least 1", patience, "Infinity never stops early");
  if (schedule.name === "step") {
    must(
      "schedule.every",
      Number.isInteger(schedule.every) && schedule.every >= 1,
      "a whole number from 1",
      schedule.every,
      "count epochs",
    );
    must(
      "schedule.factor",
      schedule.factor > 0 && schedule.factor <= 1,
      "in (0, 1]",
      schedule.factor,
      "take for example 0.5",
    );
  }
  if (schedule.name === "cosine")
    must(
      "schedule.floor",
      (schedule.floor ?? 0) >= 0 && (schedule.floor ?? 0) <= 1,
      "in [0, 1]",
      schedule.floor,
      "it is a share of the first rate",
    );
}

function architectureOf(
  { features, labels, classes = [], targets, targetNames = [] }: TrainingData,
  { hidden, activation = "relu" }: HiddenLayers,
): Architecture {
  const strange = hidden.find((width) => !(Number.isInteger(width) && width >= 1 && width <= 4096));
  if (strange !== undefined)
    throw new InputError({
      where: "training, hidden",
      must: "must be widths from 1 to 4096",
      got: String(strange),
      mend: "write for example [96, 96]",
    });
  if (hidden.length > 64)
    throw new InputError({
      where: "training, hidden",
      must: "must be at most 64 layers",
      got: String(hidden.length),
      mend: "take fewer",
    });
  if (!activationNames.includes(activation))
    throw new InputError({
      where: "training, activation",
      must: `must be one of ${activationNames.join(", ")}`,
      got: `"${activation}"`,
      mend: "choose one of them",
    });
  if ((labels !== undefined) !== classes.length > 0)
    throw new RangeError(
      "training: labels and names of classes come together; " +
        `got ${labels === undefined ? "no labels" : "labels"} and ${classes.length} classes`,
    );
  if (labels !== undefined && classes.length < 2)
    throw new RangeError(`training: at least two classes are needed; got ${classes.length}`);
  if ((targets !== undefined) !== targetNames.length > 0)
    throw new RangeError(
      "training: targets and their names come together; " +
        `got ${targets === undefined ? "no targets" : "targets"} and ${targetNames.length} names`,
    );
  if (labels === undefined && targets === undefined)
    throw new RangeError("training: labels or targets are needed; got neither");
  return { features: features.names, hidden, activation, classes, targets: targetNames };
}

function checkRows(
  { features, labels, targets, targetNames = [] }: TrainingData,
  train: Uint32Array,
  tune: Uint32Array | null,
): void {
  const { rows, columns, values, names } = features;
  if (train.length === 0) throw new RangeError("training: at least one row is needed to train on; got none");
  if (tune?.length === 0)
    throw new RangeError(
      "training: tune must have at least one row; got none; leave it out to train without early stopping",
    );
  if (labels !== undefined && labels.length !== rows)
    throw new RangeError(
      `training: one label per row of the features is needed; got ${labels.length} for ${rows} rows`,
    );
  if (targets !== undefined && targets.length !== rows * targetNames.length)
    throw new RangeError(
      `training: ${targetNames.length} targets per row of the features are needed; ` +
        `got ${targets.length} numbers for ${rows} rows`,
    );
  const isTrained = new Uint8Array(rows);
  for (const [part, some] of [
    ["train", train],
    ["tune", tune ?? new Uint32Array()],
  ] as const) {
    for (const row of some) {
      if (row >= rows) throw new RangeError(`training: rows of ${part} must be below ${rows}; got ${row}`);
      if (part === "train") isTrained[row] = 1;
      else if (isTrained[row] === 1)
        throw new RangeError(
          `training: a row may not be both learned from and tuned on; got row ${row} in train and tune`,
        );
      for (let column = 0; column < columns; column++) {
        const value = values[row * columns + column];
        if (!Number.isFinite(value))
          throw new RangeError(
            `training: features must be finite; row ${row}, column ${names[column]} has ${value}; ` +
              "impute or drop the row first",
          );
      }
    }
  }
}

function weightsOf(
  { features, labels, classes = [], weights }: TrainingData,
  { classWeights }: TrainingOptions,
): Float64Array {
  const ofRows = Float64Array.from(rowWeights(weights, features.rows, "training"));
  if (classWeights === undefined) return ofRows;
  if (classWeights.length !== classes.length)
    throw new RangeError(
      `training: one weight per class is needed; got ${classWeights.length} for ${classes.length} classes`,
    );
  const strange = Array.from(classWeights).findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (strange >= 0)
    throw new RangeError(
      `training: class weights must be finite and at least 0; class "${classes[strange]}" has ${classWeights[strange]}`,
    );
  // A label that is no code is refused later, with its row.
  return ofRows.map((weight, row) => weight * (classWeights[labels![row]] ?? 1));
}

function checkLabels(
  { labels }: TrainingData,
  { classes }: Architecture,
  train: Uint32Array,
  tune: Uint32Array | null,
  weights: Float64Array,
): void {
  if (labels === undefined) return;
  const learned = new Float64Array(classes.length);
  for (const [part, rows] of [
    ["train", train],
    ["tune", tune ?? new Uint32Array()],
  ] as const) {
    for (const row of rows) {
      const label = labels[row];
      if (!(Number.isInteger(label) && label >= 0 && label < classes.length))
        throw new RangeError(
          `training: labels must be codes from 0 to ${classes.length - 1}; row ${row} of ${part} has ${label}`,
        );
      if (part === "train") learned[label] += weights[row];
    }
  }
  const absent = learned.findIndex((weight) => !(weight > 0));
  if (absent >= 0)
    throw new RangeError(
      `training: every class needs a training row of weight above 0; "${classes[absent]}" has none; ` +
        "split by strata, or leave the class out",
    );
}

function checkTargets(
  { targets }: TrainingData,
  { targets: names }: Architecture,
  train: Uint32Array,
  tune: Uint32Array | null,
  weights: Float64Array,
): void {
  if (targets === undefined) return;
  for (const [part, rows] of [
    ["train", train],
    ["tune", tune],
  ] as const) {
    if (rows === null) continue;
    const known = new Float64Array(names.length);
    for (const row of rows) {
      for (let t = 0; t < names.length; t++) {
        const target = targets[row * names.length + t];
        if (Math.abs(target) === Infinity)
          throw new RangeError(
            "training: targets must be finite, or NaN where unknown; " +
              `row ${row} of ${part} has ${target} for ${names[t]}`,
          );
        if (!Number.isNaN(target)) known[t] += weights[row];
      }
    }
    const unknown = known.findIndex((weight) => !(weight > 0));
    if (unknown >= 0)
      throw new RangeError(
        `training: every target must be known in some row of ${part} with weight above 0; ${names[unknown]} ` +
          "never is; leave it out",
      );
  }
}
