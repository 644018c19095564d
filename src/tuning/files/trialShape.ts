import { z } from "zod";
import type { Choice, Parameter } from "../Parameter.js";
import type { SearchSpace } from "../SearchSpace.js";
import type { Direction, Trial, TrialStep } from "../Trial.js";

/** Numbers that JSON has no word for. */
const words: Readonly<Record<string, number>> = { NaN, Infinity, "-Infinity": -Infinity };

/** A choice, as JSON has it. */
export const choiceShape: z.ZodType<Choice> = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const numbers = { low: z.number(), high: z.number(), log: z.boolean().optional(), step: z.number().optional() };
const when = z.strictObject({ parameter: z.string(), is: z.array(choiceShape) }).optional();

export const directionShape: z.ZodType<Direction> = z.enum(["minimize", "maximize"]);

/** A parameter, as JSON has it. */
export const parameterShape: z.ZodType<Parameter> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("float"), ...numbers }),
  z.strictObject({ kind: z.literal("integer"), ...numbers }),
  z.strictObject({ kind: z.literal("categorical"), choices: z.array(choiceShape) }),
]);

/** A search space, as JSON has it. */
export const spaceShape: z.ZodType<SearchSpace> = z.record(
  z.string(),
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("float"), ...numbers, when }),
    z.strictObject({ kind: z.literal("integer"), ...numbers, when }),
    z.strictObject({ kind: z.literal("categorical"), choices: z.array(choiceShape), when }),
  ]),
);

const number = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform((word): number => words[word])]);

/** What a trial reported, as JSON has it. */
export const stepsShape: z.ZodType<readonly TrialStep[]> = z.array(
  z.strictObject({ step: z.number().int().min(0), value: number }),
);

/** A trial that has ended, as JSON has it. */
export const trialShape: z.ZodType<Trial> = z.strictObject({
  number: z.number().int().min(0),
  parameters: z.record(z.string(), choiceShape),
  outcome: z
    .strictObject({
      state: z.enum(["complete", "pruned", "failed"]),
      values: z.array(z.number()),
      steps: stepsShape,
      constraints: z.record(z.string(), z.number()),
      reason: z.string().nullable(),
    })
    .refine(({ state, values, reason }) => (state === "complete") === (values.length > 0 && reason === null), {
      message: "a complete trial has values, another one a reason",
    }),
});

/** Steps with words for numbers that JSON has none for. */
export function plainSteps(steps: readonly TrialStep[]): readonly object[] {
  return steps.map(({ step, value }) => ({ step, value: Number.isFinite(value) ? value : String(value) }));
}

/** A trial that has ended as JSON, its fields always in the same order; read back by trialShape. */
export function plainTrial({ number: at, parameters, outcome }: Trial): object {
  if (outcome === null) throw new RangeError(`plainTrial: trial ${at} must have ended`);
  const { state, values, steps, constraints, reason } = outcome;
  return { number: at, parameters, outcome: { state, values, steps: plainSteps(steps), constraints, reason } };
}
