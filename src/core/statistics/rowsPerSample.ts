import { checkLevel } from "./checkLevel.js";
import { cohenH } from "./cohenH.js";
import { normalProbability } from "./normalProbability.js";
import { normalQuantile } from "./normalQuantile.js";
import { studentPower } from "./studentPower.js";

/** What is asked of a comparison that is planned. */
export interface PlannedTest {
  /** Probability of finding the difference, in (alpha, 1) (default 0.8). */
  readonly power?: number;
  /** Two-sided, in (0, 1) (default 0.05). */
  readonly alpha?: number;
}

/**
 * How many independent rows each of two samples needs, so that Student's two-sided test finds a difference in means.
 *
 * @param d  true difference in standard deviations of a row (Cohen's d), not 0
 * @returns a broken number, to be rounded up
 * @throws InputError if power or alpha does not lie in (0, 1); RangeError if d is 0 or power not above alpha
 *
 * @example
 * ```ts
 * import { rowsPerSample } from "cspbbr3-twin";
 *
 * console.log(Math.ceil(rowsPerSample(0.5)));
 * // 64
 * ```
 */
export function rowsPerSample(d: number, { power = 0.8, alpha = 0.05 }: PlannedTest = {}): number {
  checkPlanned(d, { power, alpha }, "rowsPerSample");
  const shift = Math.abs(d);
  return leastRows(
    (rows) => studentPower(shift * Math.sqrt(rows / 2), { freedom: 2 * rows - 2, alpha, sides: 2 }),
    power,
  );
}

/**
 * How many independent trials each of two shares needs, so that a two-sided test finds that they differ (normal, on the
 * scale of Cohen's h).
 *
 * @param first,second  true shares, in [0, 1], not equal
 * @returns a broken number, to be rounded up
 * @throws InputError if power or alpha does not lie in (0, 1); RangeError if shares are equal or power not above alpha
 *
 * @example
 * ```ts
 * import { trialsPerShare } from "cspbbr3-twin";
 *
 * console.log(Math.ceil(trialsPerShare(0.85, 0.9)));
 * // 681
 * ```
 */
export function trialsPerShare(first: number, second: number, { power = 0.8, alpha = 0.05 }: PlannedTest = {}): number {
  const h = Math.abs(cohenH(first, second));
  checkPlanned(h, { power, alpha }, "trialsPerShare");
  const limit = normalQuantile(1 - alpha / 2);
  return leastRows((trials) => {
    const shift = h * Math.sqrt(trials / 2);
    return normalProbability(shift - limit) + normalProbability(-shift - limit);
  }, power);
}

function checkPlanned(effect: number, { power, alpha }: Required<PlannedTest>, where: string): void {
  checkLevel(power, `${where}, power`);
  checkLevel(alpha, `${where}, alpha`);
  if (!(Math.abs(effect) > 0 && Math.abs(effect) < Infinity && power > alpha))
    throw new RangeError(
      `${where}: the difference must not be 0 and the power be above alpha; ` +
        `got a difference of ${effect}, power ${power} and alpha ${alpha}`,
    );
}

/** Where a power that rises with rows reaches what is wanted; two rows at least, or there is no scatter. */
function leastRows(powerOf: (rows: number) => number, power: number): number {
  let [few, many] = [1 + 1e-6, 2];
  if (powerOf(2) >= power) return 2;
  while (powerOf(many) < power) [few, many] = [many, 2 * many];
  for (let round = 0; round < 60 && many - few > 1e-9 * many; round++) {
    const middle = (few + many) / 2;
    if (powerOf(middle) < power) few = middle;
    else many = middle;
  }
  return many;
}
