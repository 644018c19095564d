import { escapeHtml } from "./escapeHtml.js";

/** Cells are HTML, one per column; the first names the row. */
export interface StackedRow {
  readonly id?: string;
  readonly cells: readonly string[];
}

/**
 * A table whose rows turn into blocks of labelled values on narrow screens.
 *
 * @param columns  names in plain text; numeric ones are aligned right
 * @param caption  plain text; hidden where a heading above already says it, but read aloud
 */
export function stackedTable({
  kind,
  caption,
  captionHidden = false,
  columns,
  rows,
}: {
  readonly kind: string;
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly columns: readonly { readonly name: string; readonly numeric?: boolean }[];
  readonly rows: readonly StackedRow[];
}): string {
  const numberClass = (column: number): string => (columns[column].numeric === true ? ' class="number"' : "");
  const head = columns
    .map(({ name }, i) => `<th role="columnheader" scope="col"${numberClass(i)}>${escapeHtml(name)}</th>`)
    .join("");
  const body = rows.map(({ id, cells: [first, ...others] }) => {
    const cells = others.map(
      (html, i) =>
        `<td role="cell"${numberClass(i + 1)} data-name="${escapeHtml(columns[i + 1].name)}"><div>${html}</div></td>`,
    );
    return `<tr role="row"${id === undefined ? "" : ` id="${escapeHtml(id)}"`}><th role="rowheader" scope="row">${first}</th>\n${cells.join("\n")}</tr>`;
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
