import { readFileSync } from "node:fs";

interface Golden {
  readonly cases: {
    readonly univariate: {
      readonly input: Readonly<Record<string, number[]>>;
      readonly expected: Readonly<Record<string, { readonly ks_stat: number; readonly ks_p_auto: number }>>;
    };
    readonly ks_exact_small: {
      readonly input: { readonly a: number[]; readonly b: number[] };
      readonly expected: { readonly stat: number; readonly p_exact: number };
      readonly tolerance: number;
    };
    readonly categorical: {
      readonly input: Readonly<Record<string, { readonly ref: number[]; readonly cur: number[] }>>;
      readonly expected: Readonly<
        Record<string, { readonly chi2: number; readonly dof: number; readonly p: number; readonly tvd: number }>
      >;
      readonly tolerance: number;
    };
  };
}

/** SciPy's two-sample tests; see versions and functions in the file. */
export const twoSamples = (
  JSON.parse(readFileSync(new URL("../golden/c_two_samples.json", import.meta.url), "utf8")) as Golden
).cases;
