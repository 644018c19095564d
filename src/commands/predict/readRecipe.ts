import { checkColumnNames } from "../../core/checkColumnNames.js";
import { InputError } from "../../core/InputError.js";
import type { Table } from "../../core/Table.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import { tidyText } from "../../core/tidyText.js";
import { projectName } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";

/** Whether a JSON file holds anything but a table of recipes: a list of objects, or an object of columns. */
export async function holdsOneRecipe(file: string): Promise<boolean> {
  const value: unknown = await readJson(file);
  const inside: readonly unknown[] = typeof value === "object" && value !== null ? Object.values(value) : [];
  return inside.length === 0 || !inside.every((one) => typeof one === "object" && one !== null);
}

/**
 * One recipe of a JSON file: an object of recipe columns, null or left out where a value is not known.
 *
 * @returns a table of one row
 * @throws InputError if the file holds anything else (column, value and unit named)
 */
export async function readRecipe(file: string): Promise<Table> {
  return recipeTable(await readJson(file), projectName(file));
}

/** The same of what such a file holds. */
export function recipeTable(value: unknown, where: string): Table {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InputError({
      where,
      must: "must hold one recipe, an object of recipe columns",
      got: Array.isArray(value) ? "a list" : JSON.stringify(value),
      mend: 'write for example {"route": "LARP", "temperatureCelsius": 25, ...}; several recipes make a table',
    });
  checkColumnNames(Object.keys(value), recipeColumns, { where });
  for (const [name, one] of Object.entries(value)) {
    const { kind, unit } = recipeColumns[name];
    if (one !== null && (kind === "number" ? !Number.isFinite(one) : typeof one !== "string")) {
      throw new InputError({
        where: `${where}, column ${name}`,
        must: kind === "number" ? "must be a finite number" : "must be a text",
        got: JSON.stringify(one),
        mend:
          kind === "number"
            ? `write the value${unit === "1" ? "" : ` in ${unit}, without the unit`}, or null where it is not known`
            : "write the name in quotes",
      });
    }
  }
  const known = Object.entries(value as Readonly<Record<string, number | string | null>>)
    .filter(([, one]) => one !== null)
    .map(([name, one]) => [name, typeof one === "string" ? tidyText(one) : one]);
  return tableFromRows(recipeColumns, [Object.fromEntries(known) as Record<string, number | string>]);
}
