import { dropoutFactors } from "../../dropoutFactors.js";
import type { LossSums, TrainingTask } from "../TrainingEngine.js";

/** Rows of one training that go through its network together. */
export interface BatchRows {
  readonly task: TrainingTask;
  readonly rows: Uint32Array;
  /** Number of the update that they are for, from 1, which decides what is dropped; null where nothing is. */
  readonly step: number | null;
}

/**
 * A batch of each of K trainings, ready to become tensors. Shorter batches are filled up with rows of zeros that have
 * no weight, so nothing follows from them. Weights are shares of their training's, so that each batch counts the same.
 */
export interface BatchNumbers {
  /** Rows of the longest batch. */
  readonly rows: number;
  /** [K, rows, features] */
  readonly inputs: Float32Array;
  /** [K, rows, classes]: what each probability should be, times the share of the row. */
  readonly wanted: Float32Array;
  /** [K, rows, 1] */
  readonly shares: Float32Array;
  /** [K, rows, targets]: 0 where unknown. */
  readonly targets: Float32Array;
  /** [K, rows, targets]: 0 where the target is unknown. */
  readonly targetShares: Float32Array;
  /** Of each hidden layer, [K, rows, width]; null without dropout. */
  readonly masks: readonly Float32Array[] | null;
  /** What the shares are of, by training. */
  readonly weights: readonly Pick<LossSums, "rowWeight" | "targetWeight">[];
}

/** @param batches  of trainings of the same shape */
export function batchNumbers(batches: readonly BatchRows[], labelSmoothing: number): BatchNumbers {
  const { architecture, dropout } = batches[0].task;
  const { features, hidden } = architecture;
  const [columns, classCount, targetCount] = [
    features.length,
    architecture.classes.length,
    architecture.targets.length,
  ];
  const rows = Math.max(...batches.map((batch) => batch.rows.length));
  const room = (width: number): Float32Array => new Float32Array(batches.length * rows * width);
  const [inputs, wanted, shares, targets, targetShares] = [columns, classCount, 1, targetCount, targetCount].map(room);
  const masks = dropout === 0 || batches[0].step === null ? null : hidden.map(room);
  const weights = batches.map(({ task, rows: some, step }, k) => {
    const total = totals(task, some);
    some.forEach((row, i) => {
      const at = k * rows + i;
      inputs.set(task.features.values.subarray(row * columns, (row + 1) * columns), at * columns);
      shares[at] = share(task.rowWeights[row], total.rowWeight);
      for (let code = 0; code < classCount; code++)
        wanted[at * classCount + code] =
          shares[at] * (labelSmoothing / classCount + (code === task.labels[row] ? 1 - labelSmoothing : 0));
      for (let t = 0; t < targetCount; t++) {
        const target = task.targets[row * targetCount + t];
        if (Number.isNaN(target)) continue;
        targets[at * targetCount + t] = target;
        targetShares[at * targetCount + t] = share(task.rowWeights[row], total.targetWeight);
      }
      masks?.forEach((mask, layer) =>
        mask.set(
          dropoutFactors(hidden[layer], dropout, task.dropoutKey, { layer, row: i, step: step! }),
          at * hidden[layer],
        ),
      );
    });
    return total;
  });
  return { rows, inputs, wanted, shares, targets, targetShares, masks, weights };
}

function share(weight: number, total: number): number {
  return total > 0 ? weight / total : 0;
}

function totals(
  { architecture, rowWeights, targets }: TrainingTask,
  rows: Uint32Array,
): Pick<LossSums, "rowWeight" | "targetWeight"> {
  const count = architecture.targets.length;
  let [rowWeight, targetWeight] = [0, 0];
  for (const row of rows) {
    if (architecture.classes.length > 0) rowWeight += rowWeights[row];
    for (let t = 0; t < count; t++) if (!Number.isNaN(targets[row * count + t])) targetWeight += rowWeights[row];
  }
  return { rowWeight, targetWeight };
}
