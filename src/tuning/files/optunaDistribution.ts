import { z } from "zod";
import type { Parameter } from "../Parameter.js";
import { choiceShape } from "./trialShape.js";

/** A parameter as Optuna writes its distribution: JSON in a text. */
export function optunaDistribution(parameter: Parameter): string {
  if (parameter.kind === "categorical")
    return JSON.stringify({ name: "CategoricalDistribution", attributes: { choices: parameter.choices } });
  const { kind, low, high, log = false, step } = parameter;
  return JSON.stringify({
    name: kind === "float" ? "FloatDistribution" : "IntDistribution",
    // Whole numbers always have a step there.
    attributes: { log, step: step ?? (kind === "float" ? null : 1), low, high },
  });
}

const shape = z.object({
  name: z.string(),
  attributes: z.object({
    low: z.number().optional(),
    high: z.number().optional(),
    log: z.boolean().optional(),
    step: z.number().nullish(),
    choices: z.array(choiceShape).optional(),
  }),
});

/** The parameter of a distribution; null where it is of another kind, or of choices that are no plain values. */
export function parameterOfOptuna(distribution: string): Parameter | null {
  let value: unknown;
  try {
    value = JSON.parse(distribution);
  } catch {
    return null;
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) return null;
  const { name, attributes } = parsed.data;
  const { low, high, log = false, step, choices } = attributes;
  if (name === "CategoricalDistribution") return choices === undefined ? null : { kind: "categorical", choices };
  if (low === undefined || high === undefined || !/^(Float|Int)Distribution$/.test(name)) return null;
  const kind = name === "FloatDistribution" ? "float" : "integer";
  const hasStep = step != null && !(kind === "integer" && step === 1);
  return { kind, low, high, ...(log ? { log } : {}), ...(hasStep ? { step } : {}) };
}
