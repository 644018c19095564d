import { InputError } from "../../core/InputError.js";
import { markerLike, parseMarker, printMarker, quotedLine } from "./cellMarker.js";
import type { Metadata } from "./markedMetadata.js";
import { unixLines, type Cell } from "./Notebook.js";
import { unterminatedToken } from "./unterminatedToken.js";

/** What a .nb.ts file holds of a cell. */
export interface PercentCell {
  readonly kind: Cell["cell_type"];
  readonly source: string;
  /** What its marker says of it, title and tags among it; absent where that is nothing. */
  readonly metadata?: Metadata;
}

/** What jupytext writes above the first cell of a notebook that holds other than ASCII characters. */
const codingLine = "// -*- coding: utf-8 -*-";

/**
 * Reads jupytext's percent format: a cell begins at `// %%`, `// %% [markdown]` or `// %% [raw]`, with a title, tags
 * and other metadata where it has some (parseMarker). Lines of Markdown and of raw cells are commented with `// `, and
 * one blank line stands between cells. Carriage returns are dropped, and so is the line about the coding that jupytext
 * puts on top.
 *
 * A marker line inside a template string or block comment would cut the code in two and is refused.
 *
 * @param where  file name for messages
 * @throws InputError naming the line
 */
export function parsePercent(text: string, where: string): PercentCell[] {
  const lines = unixLines(text).replace(/\n$/, "").split("\n");
  const starts = lines.flatMap((line, index) => (markerLike.test(line) ? [index] : []));
  const before = lines
    .slice(0, starts[0] ?? lines.length)
    .findIndex((line, index) => line.trim() !== "" && !(index === 0 && line === codingLine));
  if (before !== -1) {
    const must = "a notebook must begin with a cell marker, `// %%` or `// %% [markdown]`";
    throw new InputError({
      where: lineOf(where, before),
      must,
      got: quotedLine(lines[before]),
      mend: "put the text into a cell",
    });
  }
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const { kind, metadata, isCommented } = parseMarker(lines[start], lineOf(where, start));
    const noted = Object.keys(metadata).length === 0 ? {} : { metadata };
    const body = lines.slice(start + 1, next);
    if (next !== undefined && body.at(-1) === "") body.pop();
    if (isCommented) return { kind, source: uncommented(body, start + 1, where), ...noted };
    const source = body.join("\n");
    if (next !== undefined)
      requireClosed(source, (line) => lineOf(where, start + 1 + line), `before the cell marker in line ${next + 1}`);
    return { kind, source, ...noted };
  });
}

/**
 * The text of a .nb.ts file, such that parsePercent gives the same cells again.
 *
 * @param where  file name for messages
 * @throws InputError if a cell holds what the format cannot: a line that reads as a marker, or a template
 *   string or block comment that would swallow the cells below
 */
export function printPercent(cells: readonly PercentCell[], where: string): string {
  const printed = cells.map(({ kind, source, metadata = {} }, index) => {
    const marker = printMarker(kind, metadata, `${where}, cell ${index + 1}`);
    const place = (line: number): string => `${where}, cell ${index + 1}, line ${line + 1}`;
    const body =
      source === "" && !marker.isCommented
        ? []
        : unixLines(source)
            .split("\n")
            .map(marker.isCommented ? commented : String);
    const reserved = body.findIndex((line) => markerLike.test(line));
    if (reserved !== -1) {
      const must = marker.isCommented
        ? "no line of a commented cell, as of Markdown, may begin with `%%`"
        : "no line of a code cell may begin with `// %%`, which marks cells";
      throw new InputError({
        where: place(reserved),
        must,
        got: quotedLine(body[reserved]),
        mend: "reword the line or split the cell there",
      });
    }
    if (!marker.isCommented && index < cells.length - 1) requireClosed(source, place, "in its cell");
    return [marker.line, ...body].join("\n");
  });
  return printed.map((cell) => `${cell}\n`).join("\n");
}

function requireClosed(code: string, where: (line: number) => string, limit: string): void {
  const open = unterminatedToken(code);
  if (open === null) return;
  const mend = "close it, or build a text that holds `// %%` in parts";
  throw new InputError({ where: where(open.line), must: `a ${open.kind} must end ${limit}`, got: "no end", mend });
}

function commented(line: string): string {
  return line === "" ? "//" : `// ${line}`;
}

function uncommented(body: readonly string[], first: number, where: string): string {
  const end = body.findLastIndex((line) => line.trim() !== "") + 1;
  return body
    .slice(0, end)
    .map((line, index) => {
      if (line.trim() === "") return "";
      if (line.startsWith("//")) return line.replace(/^\/\/ ?/, "");
      const mend = "comment the line, or begin a code cell with `// %%`";
      throw new InputError({
        where: lineOf(where, first + index),
        must: "lines of a Markdown or raw cell must begin with `// `",
        got: quotedLine(line),
        mend,
      });
    })
    .join("\n");
}

function lineOf(where: string, index: number): string {
  return `${where}, line ${index + 1}`;
}
