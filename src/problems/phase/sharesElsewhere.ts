/**
 * Shares of the classes in all groups but the row's own, with one row of each class added: a constant answer that
 * knows all other outcomes.
 *
 * @param labels  class codes
 * @param papers  code of each row's group
 * @returns row-major [rows, classes]
 */
export function sharesElsewhere(labels: ArrayLike<number>, papers: ArrayLike<number>, classes: number): Float64Array {
  const rows = Array.from(labels);
  const all = new Float64Array(classes);
  const own = new Map<number, Float64Array>();
  rows.forEach((label, row) => {
    const counts = own.get(papers[row]) ?? new Float64Array(classes);
    own.set(papers[row], counts);
    counts[label]++;
    all[label]++;
  });
  const shares = new Float64Array(rows.length * classes);
  rows.forEach((_, row) => {
    const elsewhere = all.map((count, phase) => count - own.get(papers[row])![phase] + 1);
    const total = elsewhere.reduce((a, b) => a + b, 0);
    shares.set(
      elsewhere.map((count) => count / total),
      row * classes,
    );
  });
  return shares;
}
