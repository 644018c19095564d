import { readFileSync } from "node:fs";
import type { ParameterValues } from "../../src/tuning/Parameter.js";

interface Reference {
  readonly check: readonly { readonly x: ParameterValues; readonly f: number }[];
  readonly noise_check?: readonly { readonly seed: number; readonly trial: number; readonly z: number }[];
}

/** Values of the reference implementation at some points, and what its samplers reach. */
export const tunedGolden = JSON.parse(readFileSync(new URL("../golden/f_tuning.json", import.meta.url), "utf8")) as {
  readonly objectives: Readonly<Record<string, Reference>>;
  readonly results: Readonly<Record<string, Readonly<Record<string, { readonly mean: number; readonly sd: number }>>>>;
};
