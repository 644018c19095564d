/**
 * In which front each point lies: 0 where no other is at least as good in all objectives and better in one; 1 where
 * none of the rest is, and so on.
 *
 * @param losses  of each point, one per objective; smaller is better
 */
export function dominationRanks(losses: readonly (readonly number[])[]): Uint32Array {
  const ranks = new Uint32Array(losses.length);
  // What dominates a point stands before it in this order; the front is one behind the last of those.
  const order = [...losses.keys()].sort((a, b) => compared(losses[a], losses[b]));
  order.forEach((at, k) => {
    for (let j = 0; j < k; j++)
      if (ranks[order[j]] >= ranks[at] && dominates(losses[order[j]], losses[at])) ranks[at] = ranks[order[j]] + 1;
  });
  return ranks;
}

function compared(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((loss, i) => loss !== b[i]);
  return differs === -1 ? 0 : a[differs] - b[differs];
}

function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((loss, i) => loss <= b[i]) && a.some((loss, i) => loss < b[i]);
}
