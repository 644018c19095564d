import { InputError } from "../../core/InputError.js";
import type { Cell } from "./Notebook.js";
import { unterminatedToken } from "./unterminatedToken.js";

/** What a .nb.ts file holds of a cell. */
export interface PercentCell {
  readonly kind: Cell["cell_type"];
  readonly source: string;
}

const marker = /^\/\/ %%( \[markdown\])?\s*$/;
/** What jupytext writes above the first cell of a notebook that holds other than ASCII characters. */
const codingLine = "// -*- coding: utf-8 -*-";
/** What jupytext and VS Code take for a marker, in any spelling. */
const markerLike = /^\s*\/\/\s*%%/;

/**
 * Reads jupytext's percent format: a cell begins at `// %%` or `// %% [markdown]`, lines of a markdown
 * cell are commented with `// `, and one blank line stands between cells. Carriage returns are dropped,
 * and so is the line about the coding that jupytext puts on top.
 *
 * A marker line inside a template string or block comment would cut the code in two and is refused, as are
 * cell titles, tags and other kinds (`// %% Title`, `// %% [raw]`), which a notebook of ours cannot keep.
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
      got: quoted(lines[before]),
      mend: "put the text into a cell",
    });
  }
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const kind = kindOf(lines[start], lineOf(where, start));
    const body = lines.slice(start + 1, next);
    if (next !== undefined && body.at(-1) === "") body.pop();
    if (kind === "markdown") return { kind, source: uncommented(body, start + 1, where) };
    const source = body.join("\n");
    if (next !== undefined)
      requireClosed(source, (line) => lineOf(where, start + 1 + line), `before the cell marker in line ${next + 1}`);
    return { kind, source };
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
  const printed = cells.map(({ kind, source }, index) => {
    const place = (line: number): string => `${where}, cell ${index + 1}, line ${line + 1}`;
    const body =
      source === ""
        ? []
        : unixLines(source)
            .split("\n")
            .map(kind === "markdown" ? commented : String);
    const reserved = body.findIndex((line) => markerLike.test(line));
    if (reserved !== -1) {
      const must =
        kind === "markdown"
          ? "no line of a markdown cell may begin with `%%`"
          : "no line of a code cell may begin with `// %%`, which marks cells";
      throw new InputError({
        where: place(reserved),
        must,
        got: quoted(body[reserved]),
        mend: "reword the line or split the cell there",
      });
    }
    if (kind === "code" && index < cells.length - 1) requireClosed(source, place, "in its cell");
    return [kind === "markdown" ? "// %% [markdown]" : "// %%", ...body].join("\n");
  });
  return printed.map((cell) => `${cell}\n`).join("\n");
}

function kindOf(line: string, where: string): PercentCell["kind"] {
  const found = marker.exec(line);
  if (found !== null) return found[1] === undefined ? "code" : "markdown";
  throw new InputError({
    where,
    must: "a cell marker must be `// %%` or `// %% [markdown]`, nothing more",
    got: quoted(line),
    mend: "move a title into a markdown cell or a comment below the marker; build a string that holds it in parts",
  });
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
        must: "lines of a markdown cell must begin with `// `",
        got: quoted(line),
        mend,
      });
    })
    .join("\n");
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function lineOf(where: string, index: number): string {
  return `${where}, line ${index + 1}`;
}

function quoted(line: string): string {
  return `"${line.length > 60 ? `${line.slice(0, 60)}...` : line}"`;
}
