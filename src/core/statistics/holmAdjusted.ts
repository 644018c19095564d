/**
 * Probabilities of several tests, adjusted so that calling those at most alpha significant is wrong anywhere with
 * probability at most alpha, however the tests depend on each other.
 *
 * @param pValues  in [0, 1]
 * @returns in [0, 1], in the given order
 * @see Holm 1979, https://www.jstor.org/stable/4615733
 */
export function holmAdjusted(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let most = 0;
  order.forEach((test, rank) => {
    most = Math.max(most, Math.min(1, (pValues.length - rank) * pValues[test]));
    adjusted[test] = most;
  });
  return adjusted;
}
