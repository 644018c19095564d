import { readFileSync } from "node:fs";

interface Golden {
  readonly cases: {
    readonly msprt_two_proportions: {
      readonly input: Readonly<Record<"a" | "b" | "a_vs_a2", string>>;
      readonly expected: Readonly<
        Record<
          string,
          Readonly<
            Record<
              "a_vs_b" | "a_vs_a2",
              {
                readonly always_valid_p_at: Readonly<Record<string, number>>;
                readonly "first_n_with_p<=0.05": number | null;
              }
            >
          >
        >
      >;
      readonly single_values: readonly Readonly<Record<"n" | "d" | "V" | "tau2" | "Lambda", number>>[];
    };
    readonly asymptotic_confidence_sequence: {
      readonly expected: readonly Readonly<Record<"s2" | "n" | "alpha" | "tuning" | "halfwidth", number>>[];
    };
  };
}

/** Closed forms of an independent script; tolerances 1e-9 and 1e-10. */
export const { msprt_two_proportions: msprt, asymptotic_confidence_sequence: sequence } = (
  JSON.parse(readFileSync(new URL("../golden/g_sequential.json", import.meta.url), "utf8")) as Golden
).cases;
