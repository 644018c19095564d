import { escapeHtml } from "./escapeHtml.js";

/** Cells are HTML, one per column; the first names the row. */
export interface StackedRow {
  readonly id?: string;
  readonly cells: readonly string[];
}

/** A table, its texts outside of cells in plain text. */
export interface StackedTable {
  /** Its class in the style sheet. */
  readonly kind: string;
  readonly caption: string;
  /** Where a heading above already says the caption; it is still read aloud. */
  readonly captionHidden?: boolean;
  /** Numeric ones are aligned right. */
  readonly columns: readonly { readonly name: string; readonly numeric?: boolean }[];
  readonly rows: readonly StackedRow[];
}

/** A table whose rows turn into blocks of labelled values on narrow screens, as HTML. */
export function stackedTable({ kind, caption, captionHidden = false, columns, rows }: StackedTable): string {
  const numberClass = (column: number): string => (columns[column].numeric === true ? ' class="number"' : "");
  const head = columns
    .map(({ name }, i) => `<th role="columnheader" scope="col"${numberClass(i)}>${escapeHtml(name)}</th>`)
    .join("");
  const body = rows.map(({ id, cells: [first, ...others] }) => {
    const cells = others.map(
      (html, i) =>
        `<td role="cell"${numberClass(i + 1)} data-name="${escapeHtml(columns[i + 1].name)}"><div>${html}</div></td>`,
    );
    const anchor = id === undefined ? "" : ` id="${escapeHtml(id)}"`;
    const heading = `<th role="rowheader" scope="row">${first}</th>`;
    return `<tr role="row"${anchor}>${heading}\n${cells.join("\n")}</tr>`;
  });
  // Explicit roles: where the style sheet stacks the cells, browsers drop the implied ones.
  return `<div class="table-box"><table class="stacked ${kind}" role="table">
<caption${captionHidden ? ' class="hidden"' : ""}>${escapeHtml(caption)}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${body.join("\n")}
</tbody>
</table></div>
`;
}
