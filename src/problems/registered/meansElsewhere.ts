/**
 * Mean of a value over all groups but the row's own: a constant answer that knows all other outcomes. NaN where there
 * is no other group.
 */
export function meansElsewhere(values: readonly number[], groups: readonly string[]): number[] {
  const sums = new Map<string, readonly [sum: number, count: number]>();
  let [all, count] = [0, 0];
  values.forEach((value, row) => {
    const [sum, own] = sums.get(groups[row]) ?? [0, 0];
    sums.set(groups[row], [sum + value, own + 1]);
    all += value;
    count++;
  });
  return groups.map((group) => {
    const [sum, own] = sums.get(group)!;
    return (all - sum) / (count - own);
  });
}
