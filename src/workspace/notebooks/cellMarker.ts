import { InputError } from "../../core/InputError.js";
import { markedMetadata, type Metadata } from "./markedMetadata.js";
import type { Cell } from "./Notebook.js";

/** What a marker line says of the cell below it. */
export interface CellMarker {
  readonly kind: Cell["cell_type"];
  readonly metadata: Metadata;
  /** Whether the lines below are commented, as those of Markdown are. */
  readonly isCommented: boolean;
}

/** What jupytext and VS Code take for a marker, in any spelling. */
export const markerLike: RegExp = /^\s*\/\/\s*%%/;

const marker = /^\/\/ %%(?<depth>%*)(?:\s+(?<rest>.*))?$/;

/**
 * Reads a marker line as jupytext does: a title, the kind in brackets unless it is code, and metadata as `key=value`
 * with JSON values, or as one JSON object. Bare words behind those are keys without a value, more percent signs a
 * depth.
 *
 * ```ts
 * parseMarker('// %% Sizes [markdown] tags=["a"]', "x.nb.ts, line 1").metadata; // { title: "Sizes", tags: ["a"] }
 * ```
 *
 * @param where  file and line for messages
 * @throws InputError if it is no marker, or a value is no JSON
 */
export function parseMarker(line: string, where: string): CellMarker {
  const found = marker.exec(line.trimEnd())?.groups;
  if (found === undefined)
    throw new InputError({
      where,
      must: "a cell marker must begin with `// %%` and go on with a blank or not at all",
      got: quotedLine(line),
      mend: "write `// %%`, `// %% [markdown]` or `// %% Title`; build a string that holds it in parts",
    });
  const { depth, rest = "" } = found;
  const words = titleOf(rest);
  const bracket = /\[(markdown|md|raw)\]/.exec(words);
  const title = words.replace(bracket?.[0] ?? "", "").trim();
  const pairs = pairsOf(rest.slice(words.length), line, where);
  const metadata: Metadata = {
    ...(depth === "" ? {} : { cell_depth: depth.length }),
    ...(title === "" ? {} : { title }),
    ...pairs,
  };
  const named = bracket === null ? null : bracket[1] === "raw" ? "raw" : "markdown";
  const kind = named ?? (isActive("ipynb", metadata) ? "code" : "raw");
  return { kind, metadata, isCommented: named !== null || !isActive("ts", metadata) };
}

/**
 * The marker line of a cell, such that parseMarker gives the same again.
 *
 * @param where  file and cell for messages
 * @throws InputError if its metadata say that it is no code in an .ipynb, and it is
 */
export function printMarker(
  kind: Cell["cell_type"],
  metadata: Metadata,
  where: string,
): { readonly line: string; readonly isCommented: boolean } {
  if (kind === "code" && !isActive("ipynb", metadata))
    throw new InputError({
      where,
      must: "a code cell must not be marked as code of other files alone",
      got: `the tag or key "active" in ${JSON.stringify(metadata)}`,
      mend: "take it off, or make the cell a raw one",
    });
  const { title, cell_depth: depth, ...pairs } = markedMetadata(metadata);
  // A raw cell that is code for one of the two forms says so by its metadata.
  const isCode = kind === "code" || (kind === "raw" && !isActive("ipynb", metadata));
  const isDepth = typeof depth === "number" && Number.isInteger(depth) && depth > 0 && depth < 100;
  const isTitle = typeof title === "string" && canStandAlone(title);
  const others = {
    ...(isDepth || depth === undefined ? {} : { cell_depth: depth }),
    ...(isTitle || title === undefined ? {} : { title }),
    ...pairs,
  };
  const parts = [
    `// %%${isDepth ? "%".repeat(depth) : ""}`,
    ...(isTitle ? [title] : []),
    ...(isCode ? [] : [`[${kind}]`]),
    ...Object.entries(others).map(([key, value]) => `${key}=${pythonJson(value)}`),
  ];
  return { line: parts.join(" "), isCommented: !isCode || !isActive("ts", metadata) };
}

/** Everything before the first key or the JSON object. */
function titleOf(text: string): string {
  const brace = text.indexOf("{");
  const equals = text.indexOf("=");
  if (brace !== -1 && (equals === -1 || brace < equals)) return text.slice(0, brace);
  const words = (equals === -1 ? text : text.slice(0, equals)).split(" ");
  const dropEmpty = (): void => {
    while (words.at(-1)?.trim() === "") words.pop();
  };
  dropEmpty();
  if (equals !== -1) words.pop();
  dropEmpty();
  // Words that begin with a point are keys without a value.
  for (; words.at(-1)?.startsWith("."); dropEmpty()) words.pop();
  return words.join(" ");
}

function pairsOf(text: string, line: string, where: string): Metadata {
  const pairs: Record<string, unknown> = {};
  for (let rest = text.trim(); rest !== ""; rest = rest.trimStart()) {
    const [key = "", name, equals] = /^([\w.@/-]+)(\s*=\s*)?/.exec(rest) ?? [];
    const value = name !== undefined && equals === undefined ? noValue : leadingJson(rest.slice(key.length));
    if (value === null || (name === undefined && !rest.startsWith("{")))
      throw new InputError({
        where,
        must: "what follows the title of a cell marker must be `key=value` with JSON values",
        got: quotedLine(line),
        mend: 'write for example `// %% Title tags=["a"] name="b"`, and a title with = or { as `title="..."`',
      });
    Object.assign(pairs, name === undefined ? value.json : { [name]: value.json });
    rest = rest.slice(key.length + value.length);
  }
  return pairs;
}

const noValue = { json: null, length: 0 };

/** The shortest piece up to a blank, or to the end, that is JSON. */
function leadingJson(text: string): { readonly json: unknown; readonly length: number } | null {
  for (const { index } of text.matchAll(/(?=\s)|$/g)) {
    try {
      return { json: JSON.parse(text.slice(0, index)), length: index };
    } catch {
      // A blank inside of a text or a list.
    }
  }
  return null;
}

/**
 * Whether a cell is code in a file of this kind, as jupytext decides it: by `run_control.frozen`, a tag `active-...`
 * or the key `active`.
 */
function isActive(extension: "ipynb" | "ts", metadata: Metadata): boolean {
  const { run_control: control, tags, active } = metadata;
  if ((control as { readonly frozen?: unknown } | null | undefined)?.frozen === true) return extension === "ipynb";
  const [own] = Array.isArray(tags) ? tags.map(String).filter((tag) => tag.startsWith("active-")) : [];
  if (own !== undefined) return own.split("-").includes(extension);
  return typeof active !== "string" || active.split(/[.,]/).includes(extension);
}

/** As a title before the pairs, which is read back as it is. */
function canStandAlone(title: string): boolean {
  return (
    /^[^%\s.](?:.*\S)?$/.test(title) &&
    !/[{=\p{C}\u2028\u2029]|\s{2}|\[(?:markdown|md|raw)\]|(?:^|\s)\.\S*$/u.test(title)
  );
}

/** JSON as Python writes it, in ASCII: jupytext's own bytes. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, one]) => `${pythonJson(key)}: ${pythonJson(one)}`)
      .join(", ")}}`;
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A line as errors cite it: its first sixty characters. */
export function quotedLine(line: string): string {
  return `"${line.length > 60 ? `${line.slice(0, 60)}...` : line}"`;
}
