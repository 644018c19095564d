import { readFileSync } from "node:fs";
import type { LinearHead } from "../../src/uncertainty/laplace/LinearHead.js";

interface Golden {
  readonly cases: {
    readonly last_layer_laplace: {
      readonly input: {
        readonly features_plus_bias: readonly (readonly number[])[];
        readonly W: readonly (readonly number[])[];
        readonly b: readonly number[];
        readonly prior_precision: number;
      };
      readonly expected: {
        readonly log_det_posterior_precision: number;
        readonly functional_variance: readonly (readonly number[])[];
        readonly functional_cov_row0: readonly (readonly number[])[];
        readonly probit_probs: readonly (readonly number[])[];
      };
      readonly tolerance: number;
    };
  };
}

/** See `maker` in the file. */
export const { input, expected, tolerance } = (
  JSON.parse(readFileSync(new URL("../golden/h_last_layer_laplace.json", import.meta.url), "utf8")) as Golden
).cases.last_layer_laplace;

export const hidden = input.features_plus_bias.flatMap((row) => row.slice(0, -1));
export const head: LinearHead = {
  weights: input.W[0].flatMap((_, unit) => input.W.map((ofOutput) => ofOutput[unit])),
  biases: input.b,
};
