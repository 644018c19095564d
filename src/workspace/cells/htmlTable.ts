import type { CellValue, ShownTable } from "../../core/ShownTable.js";
import { visibleText } from "../../core/visibleText.js";
import { escapeHtml } from "../site/escapeHtml.js";

/** A table for `display`: HTML for a notebook, and the same as aligned plain text. */
export interface HtmlTable {
  readonly html: string;
  readonly text: string;
}

const missing = "–";

/**
 * Shows a few rows in a notebook. Texts are escaped; numbers are written with at most three significant digits,
 * their whole part in full and its thousands apart, alike on every machine.
 * Texts in the first column head their rows, as a screen reader needs it. What could not be seen stands as its escape.
 *
 * @throws RangeError if there is no column, or a row has not one value per column
 */
export function htmlTable({ caption, columns, rows }: ShownTable): HtmlTable {
  if (columns.length === 0) throw new RangeError("htmlTable: a table needs at least one column; got none");
  rows.forEach((row, index) => {
    if (row.length !== columns.length)
      throw new RangeError(
        `htmlTable: every row needs ${columns.length} values, one per column; row ${index} has ${row.length}`,
      );
  });
  const heads = columns.map(({ name, unit }) => (unit === undefined ? name : `${name} (${unit})`));
  const cells = rows.map((row) => row.map(shown));
  const right = columns.map(({ align }, column) =>
    align === undefined ? rows.length > 0 && rows.every((row) => typeof row[column] !== "string") : align === "right",
  );
  return { html: markup(caption, heads, cells, rows, right), text: plain(caption, heads, cells, right) };
}

/** A number as tables show it: "12", "0.123", "239,828", "1.23e-7". */
function shown(value: CellValue): string {
  if (typeof value === "string") return value;
  if (value === null || Number.isNaN(value)) return missing;
  const size = Math.abs(value);
  if (size >= 100 && size < 1e15) return Math.round(value).toLocaleString("en-US");
  // Number drops the zeros that toPrecision pads with.
  return String(Number(value.toPrecision(3)));
}

function markup(
  caption: string,
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  rows: ShownTable["rows"],
  right: readonly boolean[],
): string {
  const style = (column: number): string => ` style="text-align:${right[column] ? "right" : "left"}"`;
  const head = heads.map((text, column) => `<th scope="col"${style(column)}>${escapeHtml(text)}</th>`).join("");
  const body = cells.map((row, index) => {
    const inner = row.map((text, column) => {
      const heading = column === 0 && typeof rows[index][0] === "string";
      return heading
        ? `<th scope="row"${style(column)}>${escapeHtml(text)}</th>`
        : `<td${style(column)}>${escapeHtml(text)}</td>`;
    });
    return `<tr>${inner.join("")}</tr>\n`;
  });
  return `<table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("")}</tbody>
</table>`;
}

function plain(
  caption: string,
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  right: readonly boolean[],
): string {
  const oneLine = [heads, ...cells].map((row) => row.map((text) => visibleText(text.replace(/\s+/g, " "))));
  const widths = heads.map((_, column) => Math.max(...oneLine.map((row) => [...row[column]].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => pad(text, widths[column], right[column]))
      .join("  ")
      .trimEnd();
  const [first, ...rest] = oneLine.map(line);
  return [
    visibleText(caption, { layout: true }),
    first,
    widths.map((width) => "-".repeat(width)).join("  "),
    ...rest,
  ].join("\n");
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(width - [...text].length);
  return right ? space + text : text + space;
}
