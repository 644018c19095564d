import type { Interval } from "../core/statistics/Interval.js";

/** Probabilities below this are left out of the count: together they stay far below any level. */
const negligible = 1e-20;

/**
 * Where the share of events lies if each comes with its own probability, independently: the exact law of their number
 * (Poisson-binomial), built up event by event.
 *
 * @param probabilities  in [0, 1], at least one
 * @returns shares in [0, 1]; at most (1 - level) / 2 of the law lies below, and as much above
 */
export function consistencyBand(
  probabilities: ArrayLike<number>,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  const n = probabilities.length;
  const law = new Float64Array(n + 2);
  law[0] = 1;
  // Numbers of events that are not negligible.
  let [least, most] = [0, 0];
  for (let i = 0; i < n; i++) {
    const p = probabilities[i];
    most++;
    for (let hits = most; hits > least; hits--) law[hits] = law[hits] * (1 - p) + law[hits - 1] * p;
    law[least] *= 1 - p;
    while (least < most && law[least] < negligible) law[least++] = 0;
    while (most > least && law[most] < negligible) law[most--] = 0;
  }
  const tail = (1 - level) / 2;
  let [low, below] = [least, law[least]];
  while (below <= tail) below += law[++low];
  let [high, above] = [most, law[most]];
  while (above <= tail) above += law[--high];
  return { low: low / n, high: high / n, level, method: "Poisson-binomial, exact" };
}
