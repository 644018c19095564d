import { readFileSync } from "node:fs";

/** Importances of some studies by Optuna, and a journal as it writes one (bench/peers/importance_optuna.py). */
export const importanceGolden = JSON.parse(
  readFileSync(new URL("../golden/f_importance.json", import.meta.url), "utf8"),
) as { readonly optuna: string; readonly journal: readonly string[] } & Readonly<Record<string, unknown>>;

/** A study of the reference, with its distributions as Optuna writes them. */
export interface ReferenceStudy {
  readonly directions: readonly ("minimize" | "maximize")[];
  readonly importances: Readonly<Record<string, number>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly trials: readonly {
    readonly state: "complete" | "pruned" | "fail";
    readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
    readonly values: readonly number[];
  }[];
}

/** By name. */
export const referenceStudies = Object.fromEntries(
  Object.entries(importanceGolden).filter(([name]) => name !== "optuna" && name !== "journal"),
) as Readonly<Record<string, ReferenceStudy>>;
