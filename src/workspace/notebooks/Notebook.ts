import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { markedMetadata, type Metadata } from "./markedMetadata.js";
import { printJson, spliceJson } from "./spliceJson.js";

/** MIME type -> content, as Jupyter's display_data carries it: text, or an object for JSON types. */
export type MimeBundle = Readonly<Record<string, unknown>>;

export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "display_data";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: "execute_result";
      readonly data: MimeBundle;
      readonly execution_count: number | null;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

interface AnyCell {
  readonly id: string;
  readonly source: string;
  /** Absent where there is none. */
  readonly metadata?: Metadata;
  /** The cell of the notebook's `text` that this one was made from, counted from 0; absent for a new one. */
  readonly origin?: number;
}

export interface MarkdownCell extends AnyCell {
  readonly cell_type: "markdown";
}

/** Text for converters, neither run nor rendered. */
export interface RawCell extends AnyCell {
  readonly cell_type: "raw";
}

export interface CodeCell extends AnyCell {
  readonly cell_type: "code";
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

export type Cell = MarkdownCell | RawCell | CodeCell;

/**
 * The parts of an nbformat 4 notebook that this project works on; texts are whole strings here, lists of lines in the
 * file. All else (attachments, widget state, fields of other programs) stays in `text`, from which notebookJson takes
 * it.
 */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata?: Metadata;
  /** The file that it was read from, as it stood; absent for a notebook that was made from a .nb.ts alone. */
  readonly text?: string;
}

/** Name of the project's kernel, as its kernelspec folder is called. */
export const kernelName = "cspbbr3-twin";

const text = z
  .union([z.string(), z.array(z.string())])
  .transform((lines) => (typeof lines === "string" ? lines : lines.join("")));
const bundle = z
  .record(z.string(), z.unknown())
  .transform((data) =>
    Object.fromEntries(
      Object.entries(data).map(([type, content]) => [
        type,
        !isJsonType(type) && isLines(content) ? content.join("") : content,
      ]),
    ),
  );
const rich = { data: bundle, metadata: z.record(z.string(), z.unknown()).default({}) };
const output = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.enum(["stdout", "stderr"]), text }),
  z.object({ output_type: z.literal("display_data"), ...rich }),
  z.object({
    output_type: z.literal("execute_result"),
    execution_count: z.number().nullable().default(null),
    ...rich,
  }),
  z.object({ output_type: z.literal("error"), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
]);
const metadata = z.record(z.string(), z.unknown());
const anyCell = { id: z.string().optional(), source: text, metadata: metadata.default({}) };
const cell = z.discriminatedUnion("cell_type", [
  z.object({ cell_type: z.literal("markdown"), ...anyCell }),
  z.object({ cell_type: z.literal("raw"), ...anyCell }),
  z.object({
    cell_type: z.literal("code"),
    ...anyCell,
    execution_count: z.number().nullable().default(null),
    outputs: z.array(output).default([]),
  }),
]);
const file = z.object({ nbformat: z.literal(4), metadata: metadata.default({}), cells: z.array(cell) });

/** A file that is no notebook, or no longer: what is in it cannot be told, so that it may be rebuilt. */
export class NotebookDamage extends InputError {}

function isLines(content: unknown): content is string[] {
  return Array.isArray(content) && content.every((line) => typeof line === "string");
}

/**
 * Reads the text of an .ipynb, of nbformat 4.0 to 4.5. Cells without an id get one by their place. Of members
 * that share a key the last one counts, as for other readers of JSON; the text of all is kept.
 *
 * @param where  file name for messages
 * @throws NotebookDamage if it is not JSON or not a notebook (the place inside is named)
 * @throws InputError if it is a notebook of another nbformat
 */
export function parseNotebook(json: string, where: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw damage(where, "a notebook must be JSON", (error as Error).message);
  }
  requireFormat4(value, where);
  const parsed = file.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw damage(where, "must be an nbformat 4 notebook", `${issue.path.join(".") || "the file"}: ${issue.message}`);
  }
  const cells = parsed.data.cells.map((one, origin) => ({ ...one, id: one.id ?? `cell-${origin + 1}`, origin }));
  return { cells, metadata: parsed.data.metadata, text: json };
}

/**
 * Content-hash cell ids, so that a cell keeps its id while others move; equal cells are numbered. Content is what a
 * .nb.ts holds of a cell.
 */
export function cellIds(): (kind: Cell["cell_type"], source: string, metadata?: Metadata) => string {
  const seen = new Map<string, number>();
  return (kind, source, metadata = {}) => {
    const marked = markedMetadata(metadata);
    const content = `${kind}\n${unixLines(source)}${Object.keys(marked).length === 0 ? "" : sortedJson(marked)}`;
    const id = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const before = seen.get(id) ?? 0;
    seen.set(id, before + 1);
    return before === 0 ? id : `${id}-${before}`;
  };
}

/** Tags of a cell, such as `raises-exception`. */
export function tagsOf({ metadata = {} }: Cell): readonly string[] {
  return isLines(metadata["tags"]) ? metadata["tags"] : [];
}

/** Text whose lines end as on Unix: front ends change line ends without asking. */
export function unixLines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/**
 * The .ipynb text of a notebook: equal notebooks give equal bytes, without timestamps or display ids.
 *
 * A notebook that was read from a file keeps the bytes of all that did not change, known or not: an unchanged notebook
 * is that file. Its nbformat stays, and cells get ids only where that has them (4.5).
 */
export function notebookJson({ cells, metadata, text }: Notebook): string {
  if (text === undefined) {
    const fresh = {
      cells: cells.map((one) => writtenCell(one)),
      metadata: metadata ?? {
        kernelspec: { display_name: "TypeScript (cspbbr3-twin)", language: "typescript", name: kernelName },
        language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
      },
      nbformat: 4,
      nbformat_minor: 5,
    };
    return `${printJson(fresh)}\n`;
  }
  const old = JSON.parse(text.replace(/^\uFEFF/, "")) as Record<string, unknown> & { readonly cells: Json[] };
  const hasIds = typeof old.nbformat_minor === "number" && old.nbformat_minor >= 5;
  const origins = new Map<unknown, unknown>();
  const written = cells.map((one) => {
    if (one.origin === undefined) return { ...writtenCell(one), ...(hasIds ? {} : { id: undefined }) };
    const changed = changedCell(old.cells[one.origin], one);
    origins.set(changed, old.cells[one.origin]);
    return changed;
  });
  const value: Json = { ...old, cells: written };
  if (metadata !== undefined && !isDeepStrictEqual(metadata, old.metadata ?? {})) value.metadata = metadata;
  return spliceJson(text, old, value, { origins });
}

type Json = Record<string, unknown>;

/** A cell of a file with the fields that changed; the very same where none did. */
function changedCell(old: Json, one: Cell): Json {
  const known = cell.parse(old);
  const changes: Json = {};
  if (unixLines(known.source) !== unixLines(one.source))
    changes.source = typeof old.source === "string" ? one.source : lines(one.source);
  if (known.id !== undefined && known.id !== one.id) changes.id = one.id;
  if (!isDeepStrictEqual(known.metadata, one.metadata ?? {})) changes.metadata = one.metadata ?? {};
  if (known.cell_type === "code" && one.cell_type === "code") {
    if (known.execution_count !== one.execution_count) changes.execution_count = one.execution_count;
    if (!isDeepStrictEqual(known.outputs, one.outputs))
      changes.outputs = keptOutputs(one.outputs, known.outputs, (old.outputs ?? []) as readonly unknown[]);
  }
  return Object.keys(changes).length === 0 ? old : { ...old, ...changes };
}

/** Outputs as they are written, those that stand at their place already as they stand there. */
function keptOutputs(outputs: readonly Output[], known: readonly Output[], standing: readonly unknown[]): unknown[] {
  return outputs.map((one, at) => (isDeepStrictEqual(one, known[at]) ? standing[at] : writtenOutput(one)));
}

function writtenCell(one: Cell): Json {
  const { cell_type, id, metadata = {} } = one;
  const source = lines(one.source);
  if (one.cell_type !== "code") return { cell_type, id, metadata, source };
  const outputs = one.outputs.map(writtenOutput);
  return { cell_type, execution_count: one.execution_count, id, metadata, outputs, source };
}

function writtenOutput(one: Output): unknown {
  if (one.output_type === "stream") return { ...one, text: lines(one.text) };
  if (one.output_type === "error") return one;
  const data = Object.fromEntries(
    Object.entries(one.data).map(([type, content]) => [
      type,
      typeof content === "string" && !isJsonType(type) && !isBase64(type) ? lines(content) : content,
    ]),
  );
  if (one.output_type === "display_data") return { output_type: one.output_type, data, metadata: one.metadata };
  const { output_type, execution_count, metadata } = one;
  return { data, execution_count, metadata, output_type };
}

function requireFormat4(value: unknown, where: string): void {
  const format = (value as { readonly nbformat?: unknown } | null)?.nbformat;
  if (typeof format !== "number" || Math.trunc(format) === 4) return;
  throw new InputError({
    where,
    must: "must be an nbformat 4 notebook",
    got: `nbformat ${format}`,
    mend:
      format < 4
        ? `convert it with \`jupyter nbconvert --to notebook --nbformat 4 --inplace ${where}\``
        : "save it as nbformat 4 with the program that wrote it",
  });
}

function damage(where: string, must: string, got: string): NotebookDamage {
  const mend = "restore the file, or rebuild it from a .nb.ts beside it with `twin notebooks sync`";
  return new NotebookDamage({ where, must, got, mend });
}

/** Front ends sort keys when they save. */
function sortedJson(value: Metadata): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** Whether content of this type stands in the file as it is, also where it is a text or a list of texts. */
export function isJsonType(mimeType: string): boolean {
  return /^application\/(?:.+\+)?json$/.test(mimeType);
}

function isBase64(mimeType: string): boolean {
  return /^image\/(?!svg)|^application\/pdf$/.test(mimeType);
}

function lines(whole: string): string[] {
  return whole === "" ? [] : whole.split(/(?<=\n)/);
}
