import { createHash } from "node:crypto";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";

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

export interface MarkdownCell {
  readonly cell_type: "markdown";
  readonly id: string;
  readonly source: string;
}

export interface CodeCell {
  readonly cell_type: "code";
  readonly id: string;
  readonly source: string;
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

export type Cell = MarkdownCell | CodeCell;

/**
 * The parts of an nbformat 4.5 notebook that this project keeps; texts are
 * whole strings here, lists of lines in the file.
 */
export interface Notebook {
  readonly cells: readonly Cell[];
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
        !isJson(type) && isLines(content) ? content.join("") : content,
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
const cell = z.discriminatedUnion("cell_type", [
  z.object({ cell_type: z.literal("markdown"), id: z.string().optional(), source: text }),
  z
    .object({ cell_type: z.literal("raw"), id: z.string().optional(), source: text })
    .transform(({ id, source }) => ({ cell_type: "markdown" as const, id, source })),
  z.object({
    cell_type: z.literal("code"),
    id: z.string().optional(),
    source: text,
    execution_count: z.number().nullable().default(null),
    outputs: z.array(output).default([]),
  }),
]);
const file = z.object({ nbformat: z.literal(4), cells: z.array(cell) });

function isLines(content: unknown): content is string[] {
  return Array.isArray(content) && content.every((line) => typeof line === "string");
}

/**
 * Reads the text of an .ipynb. Cells without an id get the one their content gives them.
 *
 * @param where  file name for messages
 * @throws InputError if it is not JSON or not an nbformat 4 notebook (the place inside is named)
 */
export function parseNotebook(json: string, where: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new InputError({
      where,
      must: "a notebook must be JSON",
      got: (error as Error).message,
      mend: "restore the file, or rebuild it with `twin notebooks sync`",
    });
  }
  const parsed = file.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError({
      where,
      must: "must be an nbformat 4 notebook",
      got: `${issue.path.join(".") || "the file"}: ${issue.message}`,
      mend: "restore the file, or rebuild it with `twin notebooks sync`",
    });
  }
  const nextId = cellIds();
  return { cells: parsed.data.cells.map((one) => ({ ...one, id: one.id ?? nextId(one.cell_type, one.source) })) };
}

/** Content-hash cell ids, so that a cell keeps its id while others move; equal cells are numbered. */
export function cellIds(): (kind: Cell["cell_type"], source: string) => string {
  const seen = new Map<string, number>();
  return (kind, source) => {
    const id = createHash("sha256").update(`${kind}\n${source}`).digest("hex").slice(0, 8);
    const before = seen.get(id) ?? 0;
    seen.set(id, before + 1);
    return before === 0 ? id : `${id}-${before}`;
  };
}

/** The .ipynb text of a notebook: equal notebooks give equal bytes, without timestamps or display ids. */
export function notebookJson({ cells }: Notebook): string {
  const written = {
    cells: cells.map((one) =>
      one.cell_type === "markdown"
        ? { cell_type: one.cell_type, id: one.id, metadata: {}, source: lines(one.source) }
        : {
            cell_type: one.cell_type,
            execution_count: one.execution_count,
            id: one.id,
            metadata: {},
            outputs: one.outputs.map(writtenOutput),
            source: lines(one.source),
          },
    ),
    metadata: {
      kernelspec: { display_name: "TypeScript (cspbbr3-twin)", language: "typescript", name: kernelName },
      language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(written, null, 1)}\n`;
}

function writtenOutput(one: Output): unknown {
  if (one.output_type === "stream") return { ...one, text: lines(one.text) };
  if (one.output_type === "error") return one;
  const data = Object.fromEntries(
    Object.entries(one.data).map(([type, content]) => [
      type,
      typeof content === "string" && !isJson(type) && !isBase64(type) ? lines(content) : content,
    ]),
  );
  if (one.output_type === "display_data") return { output_type: one.output_type, data, metadata: one.metadata };
  const { output_type, execution_count, metadata } = one;
  return { data, execution_count, metadata, output_type };
}

/** Stands in the file as it is, also where it is a text or a list of texts. */
function isJson(mimeType: string): boolean {
  return /^application\/(?:.+\+)?json$/.test(mimeType);
}

function isBase64(mimeType: string): boolean {
  return /^image\/(?!svg)|^application\/pdf$/.test(mimeType);
}

function lines(whole: string): string[] {
  return whole === "" ? [] : whole.split(/(?<=\n)/);
}
