import type { Random } from "../core/random/Random.js";
import { philoxKey } from "../core/random/philoxKey.js";
import { sha256 } from "../io/sha256.js";
import type { TrainingOptions } from "./TrainingOptions.js";
import type { PreparedTraining } from "./trainingTask.js";

/**
 * All that decides how a training goes, by name: the same for the same training alone. Rows count by what they hold,
 * not by where they stand, and no other row is looked at.
 *
 * @param random  that of the training
 */
export function trainingMarks(
  prepared: PreparedTraining,
  random: Random,
  {
    epochs = 100,
    learningRate = 1e-3,
    schedule = { name: "constant" },
    patience = 10,
    minImprovement = 0,
  }: TrainingOptions,
): Readonly<Record<string, string>> {
  const { architecture, batchSize, optimizer, l1, l2, dropout, labelSmoothing, targetShare, clipNorm } = prepared.task;
  const { features, hidden, activation, classes, targets } = architecture;
  const lists = { features, hidden, classes, targets, optimizer, schedule };
  const numbers = { epochs, batchSize, learningRate, l1, l2, dropout, labelSmoothing, targetShare, clipNorm };
  return {
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, JSON.stringify(list)])),
    activation,
    ...Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, String(number)])),
    // Weights and masks are drawn from forks of the same stream.
    seed: philoxKey(random.fork("order")).join(" "),
    "training rows": rowsHash(prepared, prepared.train),
    "tune rows": prepared.tune === null ? "none" : rowsHash(prepared, prepared.tune),
    // Without tune rows nothing stops early.
    ...(prepared.tune !== null && { patience: String(patience), minImprovement: String(minImprovement) }),
  };
}

function rowsHash({ task }: PreparedTraining, rows: Uint32Array): string {
  const { features, labels, targets, rowWeights, architecture } = task;
  const gathered = <Numbers extends Float32Array | Float64Array>(
    to: Numbers,
    from: ArrayLike<number>,
    width: number,
  ): Numbers => {
    rows.forEach((row, i) => {
      for (let k = 0; k < width; k++) {
        const value = from[row * width + k];
        // NaN has many bit patterns, and no target is infinite.
        to[i * width + k] = Number.isNaN(value) ? Infinity : value;
      }
    });
    return to;
  };
  const doubles = (from: ArrayLike<number>, width: number): Float64Array =>
    gathered(new Float64Array(rows.length * width), from, width);
  const parts = [
    gathered(new Float32Array(rows.length * features.columns), features.values, features.columns),
    doubles(labels, architecture.classes.length > 0 ? 1 : 0),
    doubles(targets, architecture.targets.length),
    doubles(rowWeights, 1),
  ];
  return sha256(parts.map(({ buffer }) => sha256(new Uint8Array(buffer))).join("\n"));
}
