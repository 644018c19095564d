import { z } from "zod";
import type { Field } from "../../core/Schema.js";

/**
 * A column as Table Schema describes it. The standard has no words for units, for the source of a range and for what
 * the simulator alone knows: they stand under names of their own, as it allows.
 */
export interface FrictionlessField {
  readonly name: string;
  readonly type: "number" | "string";
  readonly description?: string;
  readonly unit?: string;
  readonly constraints?: {
    readonly required?: boolean;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly enum?: readonly string[];
  };
  readonly rangeSource?: string;
  readonly latent?: boolean;
}

/** What a description must hold of a column to be read. */
export const frictionlessFieldShape: z.ZodType<FrictionlessField> = z.object({
  name: z.string(),
  type: z.enum(["number", "string"]),
  description: z.string().optional(),
  unit: z.string().optional(),
  constraints: z
    .object({
      required: z.boolean().optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      enum: z.array(z.string()).optional(),
    })
    .optional(),
  rangeSource: z.string().optional(),
  latent: z.boolean().optional(),
});

/** The description of a column; what its field leaves out is left out. */
export function frictionlessField(name: string, field: Field): FrictionlessField {
  const { kind, unit, meaning, min, max, levels, required, latent, source } = field;
  const constraints = { required, minimum: min, maximum: max, enum: levels === undefined ? undefined : [...levels] };
  return {
    name,
    type: kind === "number" ? "number" : "string",
    description: meaning,
    unit,
    constraints: Object.values(constraints).some((one) => one !== undefined) ? constraints : undefined,
    rangeSource: source,
    latent,
  };
}

/** The field of a description: the other way round. */
export function fieldOfFrictionless(described: FrictionlessField): Field {
  const { type, description = "", unit = "", constraints = {}, rangeSource, latent } = described;
  const { required, minimum, maximum, enum: levels } = constraints;
  const told = { min: minimum, max: maximum, levels, required, latent, source: rangeSource };
  return {
    kind: type === "number" ? "number" : "category",
    unit,
    meaning: description,
    ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
  };
}
