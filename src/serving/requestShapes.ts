import * as z from "zod";
import { phaseNames } from "../chemistry/phases.js";
import { provenanceFields } from "../chemistry/recipeSchema.js";
import { recipeColumns } from "../predictor/recipeColumns.js";

/** An id that a client gives: letters that can be seen. */
export const requestId: z.ZodString = z
  .string()
  .regex(/^[!-~]{1,200}$/, "must be 1 to 200 visible ASCII characters without a space");

const cell = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** Columns of a recipe as `twin predict` reads them; others are let through, unless one is written wrongly. */
const recipe = z
  .looseObject(
    Object.fromEntries(
      Object.entries({ ...recipeColumns, lab: provenanceFields.lab }).map(([name, { unit, meaning, kind }]) => [
        name,
        cell.optional().describe(kind === "number" && unit !== "1" ? `${meaning}, in ${unit}` : meaning),
      ]),
    ),
  )
  .describe("a recipe: null or left out where a value is not known");

const body = {
  id: requestId.optional().describe("of the request: the same one with the same body gets the first answer again"),
};

/** Body of POST /predict. */
export const predictShape: z.ZodType<
  { readonly id?: string } & (
    { readonly recipes: readonly object[] } | { readonly recipe: Readonly<Record<string, unknown>> }
  )
> = z
  .union([
    z.strictObject({ ...body, recipes: z.array(recipe).min(1).describe("as rows of a table") }),
    z.strictObject({ ...body, recipe: recipe.describe("one recipe, of which more is said") }),
  ])
  .meta({
    examples: [
      {
        id: "vial-17",
        recipes: [
          {
            route: "hot injection",
            temperatureCelsius: 170,
            timeSecond: 5,
            caesiumMolar: 0.008,
            leadMolar: 0.03,
            bromideMolar: 0.06,
            caesiumSource: "caesium oleate",
            bromideSource: "lead bromide",
          },
        ],
      },
    ],
  });

const flag = z.enum(["true", "false"]).optional();

/** Query of POST /predict. */
export const predictQuery: z.ZodType<{
  readonly explain?: "true" | "false";
  readonly secondOpinion?: "true" | "false";
}> = z.strictObject({
  explain: flag.describe("what would have to change for other phases; of one recipe the nearest published ones too"),
  secondOpinion: flag.describe("what the simulator says, over unknown laboratories"),
});

/** Body of POST /outcomes. */
export const outcomeShape: z.ZodType<OutcomeBody> = z
  .strictObject({
    id: requestId.describe("of the request"),
    row: z.int().min(1).describe("of the recipe in the request, counted from 1"),
    phase: z.enum(phaseNames).describe("what was made"),
    corrects: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .optional()
      .describe("the outcome that this one takes the place of"),
  })
  .meta({ examples: [{ id: "vial-17", row: 1, phase: "CsPbBr3" }] });

/** What became of a recipe. */
export interface OutcomeBody {
  readonly id: string;
  readonly row: number;
  readonly phase: (typeof phaseNames)[number];
  readonly corrects?: string;
}

/** Answer to POST /outcomes. */
export const outcomeAnswer: z.ZodType<{ readonly outcome: string; readonly isNew: boolean }> = z.strictObject({
  outcome: z.string().describe("its name, which a correction gives as `corrects`"),
  isNew: z.boolean().describe("false where it stood there"),
});

/** Answer of /healthz and /readyz. */
export const stateShape: z.ZodType<{ readonly status: "ok" | "not ready"; readonly reason?: string }> = z.strictObject({
  status: z.enum(["ok", "not ready"]),
  reason: z.string().optional(),
});

/** Body of what is no answer. */
export const problemShape: z.ZodType = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    faults: z
      .array(
        z.strictObject({
          row: z.int().nullable(),
          column: z.string().nullable(),
          at: z.string(),
          must: z.string(),
          got: z.string(),
          mend: z.string(),
        }),
      )
      .optional(),
  })
  .describe("as RFC 9457 has it");
