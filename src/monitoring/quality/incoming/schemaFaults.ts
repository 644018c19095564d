import { isCategory } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";

/** Columns that are missing, further ones, those of another kind, and those whose field names another unit. */
export function schemaFaults({ incoming, reference }: Inspection): Checked {
  const { numbers, categories, columns, rowColumns } = reference;
  const known = { ...numbers, ...categories };
  const rowCount = incoming.numRows;
  const findings: QualityFinding[] = [];
  const absent = columns.filter(
    (name) => !rowColumns.rowNames?.includes(name) && !Object.hasOwn(incoming.columns, name),
  );
  const isRequired = (name: string): boolean =>
    Object.hasOwn(known, name) ? known[name].field.required === true : isRowColumn(name, rowColumns);
  for (const name of absent.filter(isRequired))
    findings.push(
      finding("schema", {
        column: name,
        rowCount,
        because: "it is missing, and required",
        mend: "ask for a file with it",
      }),
    );
  const optional = absent.filter((name) => !isRequired(name));
  if (optional.length > 0)
    findings.push(
      finding("schema", {
        rowCount,
        because: `without ${listOf(optional)}, which the reference has`,
        mend: "see whether they were left out on purpose",
        isHarmless: true,
      }),
    );
  const further = Object.keys(incoming.columns).filter((name) => !columns.includes(name));
  if (further.length > 0)
    findings.push(
      finding("schema", {
        rowCount,
        because: `with ${listOf(further)}, which the reference has not`,
        mend: "see whether a column was renamed",
        isHarmless: true,
      }),
    );
  for (const name of Object.keys(incoming.columns)) {
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
          because: isCategory(column)
            ? "holds texts, in the reference numbers"
            : "holds numbers, in the reference texts",
          mend: "see how the file was exported",
        }),
      );
    } else if (unit !== "" && incoming.schema[name].unit !== "" && incoming.schema[name].unit !== unit)
      findings.push(
        finding("schema", {
          column: name,
          unit: incoming.schema[name].unit,
          rowCount,
          because: `is said to be in ${incoming.schema[name].unit}, in the reference in ${unit}`,
          mend: `convert it to ${unit}`,
        }),
      );
  }
  return { findings, unknown: [] };
}

function isRowColumn(name: string, { groups, time, lot }: Inspection["reference"]["rowColumns"]): boolean {
  return [groups, time, lot].includes(name);
}

function listOf(names: readonly string[]): string {
  return names.slice(0, 8).join(", ") + (names.length > 8 ? ` and ${names.length - 8} more` : "");
}

/** Rows whose text is no number. */
function textRows(levels: readonly string[], codes: ArrayLike<number>): number[] {
  const isText = levels.map((text) => text !== "" && !Number.isFinite(Number(text)));
  return Array.from({ length: codes.length }, (_, row) => row).filter((row) => isText[codes[row]]);
}
