import { outcomeFields, provenanceFields } from "../../chemistry/recipeSchema.js";
import type { Table } from "../../core/Table.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import { filledIn, mappedSchema } from "./ColumnMap.js";

/** A hot injection as it is written down: what goes in, how it is run, what came out, and where it stands. */
const worked: Readonly<Record<string, number | string>> = {
  route: "hot injection",
  temperatureCelsius: 160,
  timeSecond: 10,
  caesiumMolar: 0.01,
  leadMolar: 0.02,
  bromideMolar: 0.04,
  caesiumLeadRatio: 0.5,
  bromideLeadRatio: 2,
  oleicAcidMolar: 0.4,
  oleylamineMolar: 0.4,
  otherAcidMolar: 0,
  otherAmineMolar: 0,
  polarSolventFraction: 0,
  waterFraction: 0,
  antisolventRatio: 0,
  mixingSecond: 0.5,
  volumeMillilitre: 10,
  caesiumSource: "caesium oleate",
  bromideSource: "lead bromide",
  phase: "CsPbBr3",
  sizeNanometre: 8.5,
  sizeDispersionPercent: 12,
  shape: "cube",
  photoluminescencePeakNanometre: 510,
  photoluminescenceWidthNanometre: 20,
  quantumYield: 0.8,
  leadYield: 0.6,
  experiment: "example 1",
  lab: "my laboratory",
  operator: "initials",
  batch: "stocks of 2026-01-31",
  date: "2026-01-31",
};

/** A table to fill in: the columns of a recipe, of its outcome and of where it comes from, with one worked row. */
export function templateTable(): Table {
  const names = Object.keys(mappedSchema).filter((name) => !filledIn.has(name));
  // Columns that name a recipe's place stand first, as in a notebook of the laboratory.
  const order = [
    ...Object.keys(provenanceFields),
    ...names.filter((name) => !Object.hasOwn(provenanceFields, name) && !Object.hasOwn(outcomeFields, name)),
    ...Object.keys(outcomeFields),
  ].filter((name) => names.includes(name));
  return tableFromRows(Object.fromEntries(order.map((name) => [name, mappedSchema[name]])), [worked]);
}
