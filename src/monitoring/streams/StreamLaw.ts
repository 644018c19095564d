import { boxMuller } from "../../core/random/boxMuller.js";
import type { Random } from "../../core/random/Random.js";
import { checkSetting } from "./checkStream.js";
import { logitOfMean } from "../../core/statistics/logitOfMean.js";

/** How rows come while a monitor is tried: batch after batch, before a change that is injected and after it. */
export interface StreamLaw {
  /** Rows that share a deviation. */
  readonly batchSize: number;
  /** Values of the next batch. */
  readonly draw: (random: Random, changed: boolean) => Float64Array;
}

/**
 * Error bits, 1 where an answer was wrong, whose share jumps; batches deviate on the logit. Shares are those over all
 * batches.
 *
 * @param law.before       error share while all is well, in (0, 1)
 * @param law.after        error share after the change
 * @param law.batchSize    rows of a batch
 * @param law.batchSpread  standard deviation of batches on the logit (0: rows are independent)
 * @throws InputError if one is out of its range
 */
export function errorStream({
  before,
  after,
  batchSize,
  batchSpread,
}: {
  readonly before: number;
  readonly after: number;
  readonly batchSize: number;
  readonly batchSpread: number;
}): StreamLaw {
  for (const share of [before, after])
    checkSetting(share > 0 && share < 1, share, "an error share must lie in (0, 1)", "errorStream");
  checkLaw(batchSize, batchSpread, "errorStream");
  const [usual, changedTo] = [before, after].map((share) => logitOfMean(share, batchSpread));
  return {
    batchSize,
    draw: (random, changed) => {
      const logit = (changed ? changedTo : usual) + batchSpread * boxMuller(1 - random(), random())[0];
      const share = 1 / (1 + Math.exp(-logit));
      return Float64Array.from({ length: batchSize }, () => (random() < share ? 1 : 0));
    },
  };
}

/**
 * Gaussian values of variance 1 within a batch, whose mean jumps by a shift; batches deviate.
 *
 * @param law.shift        jump of the mean, in standard deviations of rows
 * @param law.batchSpread  standard deviation of batches, in standard deviations of rows
 * @throws InputError if one is out of its range
 */
export function valueStream({
  shift,
  batchSize,
  batchSpread,
}: {
  readonly shift: number;
  readonly batchSize: number;
  readonly batchSpread: number;
}): StreamLaw {
  checkSetting(Number.isFinite(shift), shift, "the shift must be a finite number", "valueStream");
  checkLaw(batchSize, batchSpread, "valueStream");
  return {
    batchSize,
    draw: (random, changed) => {
      const mean = (changed ? shift : 0) + batchSpread * boxMuller(1 - random(), random())[0];
      const values = new Float64Array(batchSize);
      for (let row = 0; row < batchSize; row += 2) {
        const [one, other] = boxMuller(1 - random(), random());
        values[row] = mean + one;
        if (row + 1 < batchSize) values[row + 1] = mean + other;
      }
      return values;
    },
  };
}

function checkLaw(batchSize: number, batchSpread: number, where: string): void {
  const isCount = Number.isInteger(batchSize) && batchSize >= 1;
  checkSetting(isCount, batchSize, "the batch size must be an integer of at least 1", where);
  checkSetting(batchSpread >= 0 && batchSpread < Infinity, batchSpread, "the batch spread must be at least 0", where);
}
