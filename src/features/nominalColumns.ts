import type { Encoder } from "./Encoder.js";

/** Columns of a matrix that stand for categories, one list per category: what SMOTE-NC takes. */
export function nominalColumns({ columns }: Encoder): number[][] {
  const lists = new Map<string, number[]>();
  columns.forEach((one, place) => {
    if (one.kind !== "category") return;
    lists.set(one.column, [...(lists.get(one.column) ?? []), place]);
  });
  return [...lists.values()];
}
