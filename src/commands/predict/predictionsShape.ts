import * as z from "zod";
import { phaseNames } from "../../chemistry/phases.js";
import { predictionLabel } from "../../predictor/answerRecipes.js";
import { recommendedFrom } from "../../predictor/recipeAdvice.js";
import type { PhasePredictions } from "./phasePredictions.js";

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const text = z.string();
const phase = z.enum(phaseNames);

const byPhase = z.strictObject(Object.fromEntries(phaseNames.map((name) => [name, share])));
const trackRecord = z.strictObject({ decided: count, right: count, bound: share.nullable() });

const advice = z.strictObject({
  recommended: z
    .boolean()
    .describe(`whether the likeliest phase is: probability ${recommendedFrom} or more, and inside`),
  rule: z
    .strictObject({
      rule: text,
      says: phase,
      because: text,
      dois: z.array(text),
      record: trackRecord.describe("on training rows; bound: of the share right in others"),
      speaks: z.boolean().describe("whether the record is good enough for it to count"),
      agrees: z.boolean(),
      inSet: z.boolean(),
    })
    .nullable()
    .describe("the chemist's rule that decides"),
  supersaturations: z
    .array(z.strictObject({ phase, lnSupersaturation: z.number().nullable(), isAbove: z.boolean().nullable() }))
    .nullable()
    .describe("behind the answer, of a single recipe"),
  nearest: z
    .array(z.strictObject({ paper: text, distance: z.number().min(0), shared: count }))
    .nullable()
    .describe("papers with the nearest experiments; null where none were looked for"),
  changes: z
    .array(
      z.strictObject({
        phase,
        changes: z
          .array(
            z.strictObject({
              column: text,
              unit: text,
              from: z.number(),
              to: z.number(),
              deviations: z.number(),
            }),
          )
          .nullable(),
        size: z.number().nullable(),
        probability: share.nullable(),
      }),
    )
    .nullable()
    .describe("what would have to change for other phases; null without --explain"),
  secondOpinion: z
    .strictObject({ phase, probabilities: byPhase, standardErrors: byPhase, agrees: z.boolean() })
    .nullable()
    .describe("the simulator's, over unknown laboratories; null without --second-opinion"),
});

const answer = z.strictObject({
  row: z.int().positive().describe("row of the recipe in its file, counted from 1"),
  phase: phase.describe("the likeliest one"),
  probabilities: byPhase.describe("calibrated"),
  set: z.array(phase).describe("promises to hold the phase; empty where none fits"),
  inDomain: z.boolean().describe("whether it lies outside in no way"),
  outside: z.array(text).describe("in which ways it lies outside of what training rows hold"),
  distance: z.number().min(0).nullable().describe("from training rows, in their own spread; null: not checked"),
  missing: z
    .strictObject({
      columns: z.array(text),
      setSize: z.number().nullable().describe("phases in a set of recipes told as little, on average"),
      setSizeOfWhole: z.number().nullable().describe("the same of recipes told all"),
    })
    .describe("what the recipe does not tell, and what that costs"),
  quantities: z
    .record(
      text,
      z.strictObject({
        unit: text,
        value: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        reason: text.nullable().describe("why it is not answered; null where it is"),
      }),
    )
    .describe("numbers of the product, by column, with the interval that is promised"),
  label: z.literal(predictionLabel),
  advice: advice
    .nullable()
    .describe("beside the answer, of a single recipe, or with --explain or --second-opinion; else null"),
});

const rowNote = z.strictObject({ row: z.int(), column: text, came: text, made: text, why: text });

/** What `twin predict --json` prints. */
export const predictionsShape: z.ZodType<PhasePredictions> = z
  .strictObject({
    version: z.literal(1),
    rows: z.array(answer).describe("answers, in the order of the file"),
    file: text.nullable().describe("null where flags gave the recipe"),
    model: text.regex(/^[0-9a-f]{64}$/),
    leakage: z
      .strictObject({ clean: z.boolean(), verdict: text, counts: z.record(text, z.number().nullable()) })
      .nullable()
      .describe("what the audit of the model's training found; null where it is not known"),
    label: z.literal(predictionLabel),
    promise: z
      .strictObject({
        share,
        eachPhase: z.boolean().describe("of each phase on its own; else of all together"),
        proved: share.nullable().describe("by a cross-validation, which mostly keeps the share; null: the share is"),
        of: z.enum(["new rows", "new batches", "new recipes"]),
        phases: z.array(
          z.strictObject({ phase: text, rows: count, batches: count.nullable(), reason: text.nullable() }),
        ),
      })
      .describe("what the sets promise, and of which phases"),
    distance: z
      .strictObject({ threshold: z.number(), falseAlarm: share, rows: count })
      .or(z.strictObject({ reason: text }))
      .describe("beyond which a recipe is an unusual combination, or why that is not checked"),
    noNearest: text.nullable().describe("why near experiments of a single recipe were not looked for"),
    answered: count,
    unanswered: count,
    refused: z
      .array(
        z.strictObject({
          row: z.int().positive().nullable(),
          column: text.nullable(),
          at: text,
          must: text,
          got: text,
          mend: text,
        }),
      )
      .describe("why recipes are not answered: at most the first 10,000, all in the table of --out"),
    out: text.nullable(),
    notes: z.array(text),
    mapping: z
      .strictObject({
        columns: text,
        rows: count,
        dropped: z.array(rowNote),
        repaired: z.array(rowNote),
        assumptions: z.array(text),
        unsure: z.array(text),
        refused: count,
        undecided: z.array(text),
      })
      .nullable()
      .describe("what became of a table that was read by a column map"),
    registered: z
      .strictObject({
        name: text,
        lines: count,
        isNew: z.boolean().describe("false where the same predictions were registered before"),
        known: count.describe("predictions of recipes whose outcome stood in the file, as their notes say"),
        day: text,
        head: text.regex(/^[0-9a-f]{64}$/).describe("hash of the ledger's last line"),
        ledger: text,
        model: text.describe("folder in which the model is kept"),
      })
      .nullable()
      .describe("what was registered of the answers: all of rows, nothing of those refused; null without --register"),
  })
  .describe("Answers of `twin predict --json`");

/** The same as JSON Schema, for programs in other languages. */
export function predictionsSchema(): object {
  return z.toJSONSchema(predictionsShape);
}
