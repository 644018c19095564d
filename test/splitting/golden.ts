import { readFileSync } from "node:fs";

interface Golden {
  readonly cases: {
    readonly stratified_kfold: {
      readonly input: { readonly y: number[] };
      readonly expected: Readonly<Record<"k5" | "k10", Readonly<Record<string, unknown>>>>;
    };
    readonly split_60_20_20: {
      readonly expected: Readonly<
        Record<
          "sklearn_counts" | "largest_remainder" | "largest_remainder_odd",
          Readonly<Record<"train" | "val" | "test", number[]>>
        >
      >;
    };
    readonly group_kfold: {
      readonly input: { readonly groups: number[] };
      readonly expected: {
        readonly group_kfold_test_fold_of_group: Readonly<Record<string, number>>;
        readonly stratified_group_kfold_test_fold_of_group: Readonly<Record<string, number>>;
        readonly mean_class_share_sd: { readonly group: number; readonly stratified_group: number };
      };
    };
    readonly time_series_split: { readonly expected: Readonly<Record<string, [number, number, number, number][]>> };
  };
}

/** scikit-learn's splitters; see versions and functions in the file. */
export const golden = (JSON.parse(readFileSync(new URL("../golden/d_splits.json", import.meta.url), "utf8")) as Golden)
  .cases;

/** Rows per class of each set of rows. */
export function classCounts(labels: ArrayLike<number>, rows: Uint32Array): number[] {
  const counts = new Array<number>(Math.max(...Array.from(labels)) + 1).fill(0);
  for (const row of rows) counts[labels[row]]++;
  return counts;
}

/** Fold that tests each row. */
export function testFolds(folds: readonly { readonly test: Uint32Array }[], rows: number): number[] {
  const fold = new Array<number>(rows).fill(-1);
  folds.forEach(({ test }, i) => test.forEach((row) => (fold[row] = i)));
  return fold;
}
