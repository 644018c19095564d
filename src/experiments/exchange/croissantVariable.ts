import { z } from "zod";
import type { Field } from "../../core/Schema.js";

/** A column as schema.org describes what was measured: Croissant's own fields have no words for units and ranges. */
export interface CroissantVariable {
  readonly "@type": "PropertyValue";
  readonly name: string;
  readonly description?: string;
  readonly unitText?: string;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly valueReference?: readonly string[];
  readonly valueRequired?: boolean;
  readonly additionalType?: "latent";
  readonly measurementTechnique?: string;
}

/** What a description must hold of a column to be read. */
export const croissantVariableShape: z.ZodType<CroissantVariable> = z.object({
  "@type": z.literal("PropertyValue"),
  name: z.string(),
  description: z.string().optional(),
  unitText: z.string().optional(),
  minValue: z.number().optional(),
  maxValue: z.number().optional(),
  valueReference: z.array(z.string()).optional(),
  valueRequired: z.boolean().optional(),
  additionalType: z.literal("latent").optional(),
  measurementTechnique: z.string().optional(),
});

/** The description of a column; what its field leaves out is left out. */
export function croissantVariable(name: string, field: Field): CroissantVariable {
  const { unit, meaning, min, max, levels, required, latent, source } = field;
  return {
    "@type": "PropertyValue",
    name,
    description: meaning,
    unitText: unit,
    minValue: min,
    maxValue: max,
    valueReference: levels === undefined ? undefined : [...levels],
    valueRequired: required,
    additionalType: latent === true ? "latent" : undefined,
    measurementTechnique: source,
  };
}

/** The field of a description: the other way round. @param dataType  of the column in its record set */
export function fieldOfCroissant(described: CroissantVariable, dataType: string): Field {
  const { description = "", unitText = "", minValue, maxValue, valueReference, valueRequired } = described;
  const told = {
    min: minValue,
    max: maxValue,
    levels: valueReference,
    required: valueRequired,
    latent: described.additionalType === "latent" ? true : undefined,
    source: described.measurementTechnique,
  };
  return {
    kind: dataType === "sc:Float" ? "number" : "category",
    unit: unitText,
    meaning: description,
    ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
  };
}
