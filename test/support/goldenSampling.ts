import sampling from "../golden/a_sampling.json" with { type: "json" };

interface GoldenAdasyn {
  readonly n_neighbors: number;
  readonly sampling_strategy: "auto" | Readonly<Record<number, number>>;
  readonly class_counts_after: Readonly<Record<string, number>>;
  readonly classes: Readonly<
    Record<
      string,
      {
        readonly indices_in_X: readonly number[];
        readonly requested_G: number;
        readonly knn_in_all_X: readonly (readonly number[])[];
        readonly r_i: readonly number[];
        readonly "g_i (rint, half to even)": readonly number[];
      }
    >
  >;
}

/** The ADASYN cases, whose classes differ from case to case. */
export const goldenAdasyn: readonly GoldenAdasyn[] = sampling.adasyn as unknown as readonly GoldenAdasyn[];
