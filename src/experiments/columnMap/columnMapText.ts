import type { ColumnMap } from "./ColumnMap.js";

/** The text of the file of a map: one line for each header, to be edited by hand. */
export function columnMapText({ format, columns, constants }: ColumnMap): string {
  const lines = (entries: readonly object[]): string =>
    entries.length === 0 ? "[]" : `[\n${entries.map((one) => `    ${JSON.stringify(one)}`).join(",\n")}\n  ]`;
  const parts = [
    `"format": ${JSON.stringify(format)}`,
    `"columns": ${lines(columns)}`,
    `"constants": ${lines(constants)}`,
  ];
  return `{\n${parts.map((part) => `  ${part}`).join(",\n")}\n}\n`;
}
