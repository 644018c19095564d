import { makeMatrix, type Matrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import sampling from "../golden/a_sampling.json" with { type: "json" };

/** The 60 rows of three classes that the golden values rest on. */
export const golden: { readonly features: Matrix; readonly labels: Uint8Array } = {
  features: makeMatrix(["a", "b", "c"], Float32Array.from(sampling.input.X.flat())),
  labels: Uint8Array.from(sampling.input.y),
};

export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return makeMatrix(
    rows[0].map((_, column) => `x${column}`),
    Float32Array.from(rows.flat()),
  );
}

/** Rows around a centre of their own per class; counts by class code, mixed in order. */
export function clouds(
  counts: readonly number[],
  { seed, columns = 3, apart = 1 }: { readonly seed: number; readonly columns?: number; readonly apart?: number },
): { readonly features: Matrix; readonly labels: Uint8Array } {
  const random = seededRandom(seed);
  const rows = counts.flatMap((count, label) =>
    Array.from({ length: count }, () => ({
      label,
      key: random(),
      values: Array.from({ length: columns }, () => random() + random() - 1 + apart * label),
    })),
  );
  rows.sort((a, b) => a.key - b.key);
  return { features: matrixOf(rows.map(({ values }) => values)), labels: Uint8Array.from(rows, ({ label }) => label) };
}

export function countsOf(labels: Uint8Array): number[] {
  const counts: number[] = [];
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
