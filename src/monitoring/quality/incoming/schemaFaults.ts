import { isCategory } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";

/** Columns that are missing, further ones, those of another kind, and those whose field names another unit. */
export function schemaFaults({ incoming, reference }: Inspection): Checked {
  const { numbers, categories, columns, rowColumns } = reference;
  const known = { ...numbers, ...categories };
  const rowCount = incoming.numRows;
  const findings: QualityFinding[] = [];
  for (const name of columns) {
    if (rowColumns.rowNames?.includes(name) || Object.hasOwn(incoming.columns, name)) continue;
    const isRequired = Object.hasOwn(known, name) ? known[name].field.required === true : isRowColumn(name, rowColumns);
    findings.push(
      finding("schema", {
        column: name,
        rowCount,
        because: `column ${name} is missing${isRequired ? ", which is required" : ""}`,
        mend: isRequired ? "ask for a file with it" : "leave it out on purpose, or ask for a file with it",
        isHarmless: !isRequired,
      }),
    );
  }
  for (const name of Object.keys(incoming.columns)) {
    if (!columns.includes(name)) {
      findings.push(
        finding("schema", {
          column: name,
          rowCount,
          because: `column ${name} is not in the reference`,
          mend: "see whether a column was renamed",
          isHarmless: true,
        }),
      );
      continue;
    }
    if (!Object.hasOwn(known, name)) continue;
    const column = incoming.columns[name];
    const { kind, unit } = known[name].field;
    if ((kind === "category") !== isCategory(column)) {
      const rows = isCategory(column) ? textRows(column.levels, column.codes) : [];
      findings.push(
        finding("schema", {
          column: name,
          unit,
          rows,
          rowCount: isCategory(column) ? rows.length : rowCount,
          shown: (row) => (isCategory(column) ? column.levels[column.codes[row]] : column[row]),
          because: `column ${name} holds ${isCategory(column) ? "texts" : "numbers"}, in the reference ${kind === "category" ? "texts" : "numbers"}`,
          mend: "see how the file was exported",
        }),
      );
    } else if (unit !== "" && incoming.schema[name].unit !== "" && incoming.schema[name].unit !== unit)
      findings.push(
        finding("schema", {
          column: name,
          unit: incoming.schema[name].unit,
          rowCount,
          because: `column ${name} is said to be in ${incoming.schema[name].unit}, in the reference in ${unit}`,
          mend: `convert it to ${unit}`,
        }),
      );
  }
  return { findings, unknown: [] };
}

function isRowColumn(name: string, { groups, time, lot }: Inspection["reference"]["rowColumns"]): boolean {
  return [groups, time, lot].includes(name);
}

/** Rows whose text is no number. */
function textRows(levels: readonly string[], codes: ArrayLike<number>): number[] {
  const isText = levels.map((text) => text !== "" && !Number.isFinite(Number(text)));
  return Array.from({ length: codes.length }, (_, row) => row).filter((row) => isText[codes[row]]);
}
