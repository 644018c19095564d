import { readFileSync } from "node:fs";
import type { Random } from "../../src/core/random/Random.js";

interface GoldenSets {
  readonly qhat?: number;
  readonly coverage: number;
  readonly mean_size: number;
  readonly empty: number;
  readonly sets_as_bitmask: readonly number[];
  readonly coverage_by_class: Readonly<Record<string, readonly [number, number]>>;
  readonly "n_and_qhat_by_class (Infinity -> null)"?: Readonly<Record<string, readonly [number, number | null]>>;
}

interface GoldenConformal {
  readonly conformal_classification: {
    readonly input: {
      readonly probs: readonly (readonly number[])[];
      readonly y: readonly number[];
      readonly u: readonly number[];
    };
    readonly expected: Readonly<Record<string, Readonly<Record<string, GoldenSets>>>>;
  };
  readonly conformal_coverage_law: {
    readonly expected: Readonly<
      Record<string, { readonly k: number; readonly mean: number; readonly q05: number; readonly q95: number }>
    >;
  };
  readonly conformal_regression: {
    readonly input: Readonly<Record<"y" | "mu" | "sigma" | "lo" | "hi", readonly number[]>>;
    readonly expected: Readonly<
      Record<
        "absolute" | "normalised" | "cqr",
        { readonly qhat: number; readonly coverage: number; readonly mean_width: number }
      >
    >;
  };
}

/** Golden values of an independent script; thresholds to 1e-10, sets exact, coverage to 1e-12, the law to 1e-9. */
export const {
  conformal_classification: classification,
  conformal_coverage_law: law,
  conformal_regression: regression,
} = (
  JSON.parse(readFileSync(new URL("../golden/b_conformal.json", import.meta.url), "utf8")) as {
    readonly cases: GoldenConformal;
  }
).cases;

/** A stream that gives the listed numbers, one after another. */
export function listedRandom(numbers: readonly number[]): Random {
  let at = 0;
  const next = (): number => numbers[at++];
  return Object.assign(next, { fork: () => listedRandom(numbers) });
}
