import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import {
  cellIds,
  NotebookDamage,
  notebookJson,
  parseNotebook,
  type Cell,
  type CodeCell,
  type Output,
} from "../../../src/workspace/notebooks/Notebook.js";
import { jsonElements, jsonMembers, jsonValue } from "../../../src/workspace/notebooks/jsonParts.js";

const code = (source: string, outputs: readonly unknown[] = []): object => ({
  cell_type: "code",
  source,
  outputs,
  execution_count: null,
  metadata: {},
});
const file = (...cells: readonly object[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const outputsOf = (json: string): readonly Output[] =>
  parseNotebook(json, "x.ipynb").cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []));

const text = fc
  .array(fc.constantFrom("a", " ", "\n", "\r\n", "\t", "°", "😀", "\u2028", '"', "\\"), { maxLength: 12 })
  .map((pieces) => pieces.join(""));
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>;
const anyOutput: fc.Arbitrary<Output> = fc.oneof(
  fc.record({
    output_type: fc.constant("stream" as const),
    name: fc.constantFrom("stdout" as const, "stderr" as const),
    text,
  }),
  fc.record({
    output_type: fc.constant("display_data" as const),
    data: fc.record(
      {
        "text/plain": text,
        "image/svg+xml": text,
        "image/png": fc.base64String(),
        "application/json": json,
        "application/vnd.plotly.v1+json": json,
      },
      { requiredKeys: [] },
    ),
    metadata: fc.constant({}),
  }),
  fc.record({
    output_type: fc.constant("execute_result" as const),
    execution_count: fc.option(fc.nat()),
    data: fc.record({ "text/plain": text }),
    metadata: fc.constant({}),
  }),
  fc.record({
    output_type: fc.constant("error" as const),
    ename: text,
    evalue: text,
    traceback: fc.array(text, { maxLength: 3 }),
  }),
);
const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.record({ cell_type: fc.constantFrom("markdown" as const, "raw"), id: fc.constantFrom("a", "b-1"), source: text }),
  fc.record({
    cell_type: fc.constant("code" as const),
    id: fc.constantFrom("c", "d"),
    source: text,
    execution_count: fc.option(fc.nat()),
    outputs: fc.array(anyOutput, { maxLength: 3 }),
  }),
);

/** JSON text of a value as no printer of ours writes it: any space, spelling of letters and numbers, members twice. */
function anyTextOf(value: fc.JsonValue): fc.Arbitrary<string> {
  const gap = fc.constantFrom("", "", " ", "\n ", "\r\n\t");
  const joined = (open: string, items: fc.Arbitrary<string>[], close: string): fc.Arbitrary<string> =>
    fc
      .tuple(fc.tuple(...items), gap, gap)
      .map(([texts, before, after]) => `${open}${before}${texts.join(`${after},${before}`)}${after}${close}`);
  if (typeof value === "string")
    return fc
      .infiniteStream(fc.boolean())
      .map((escapes) =>
        Array.from(
          JSON.stringify(value)
            .slice(1, -1)
            .split(/(\\u....|\\.|[^])/),
          (piece) =>
            piece.length === 1 && escapes.next().value === true
              ? `\\u${piece.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`
              : piece,
        ).join(""),
      )
      .map((inner) => `"${inner}"`);
  if (typeof value === "number")
    return Number.isInteger(value) && Math.abs(value) < 1e6
      ? fc.constantFrom(`${value}`, `${value}.0`, `${value}e0`, `${value}.00E+0`)
      : fc.constant(JSON.stringify(value));
  if (typeof value !== "object" || value === null) return fc.constant(JSON.stringify(value));
  if (Array.isArray(value)) return joined("[", value.map(anyTextOf), "]");
  const members = Object.entries(value).flatMap(([key, one]) => {
    const member = fc
      .tuple(anyTextOf(key), gap, anyTextOf(one!))
      .map(([name, space, text]) => `${name}${space}:${text}`);
    return key === "custom" ? [fc.constant('"custom":[0.10]'), member] : [member];
  });
  return joined("{", members, "}");
}

const custom = fc.dictionary(
  fc.constantFrom("custom", "tags", 'a"b', "é", "__x", "10", "1", "toString"),
  fc.jsonValue({ maxDepth: 1 }),
  { maxKeys: 4 },
);
const anyNotebookText = fc
  .record({
    cells: fc.array(
      fc
        .tuple(
          custom,
          fc.oneof(text, fc.array(text, { maxLength: 3 })),
          custom,
          fc.option(fc.array(anyOutput, { maxLength: 2 }), { nil: undefined }),
          fc.constantFrom("code", "markdown", "raw"),
        )
        .map(([more, source, metadata, outputs, cell_type]) => ({
          ...more,
          cell_type,
          metadata,
          source,
          ...(cell_type === "code" && outputs !== undefined ? { outputs, execution_count: 3 } : {}),
        })),
      { maxLength: 4 },
    ),
    metadata: custom,
    nbformat_minor: fc.constantFrom(0, 4, 5),
    more: custom,
  })
  .map(({ more, ...known }) => JSON.parse(JSON.stringify({ nbformat: 4, ...more, ...known })) as fc.JsonValue)
  .chain((value) => fc.tuple(anyTextOf(value), fc.constantFrom("", "\n", "\r\n\n"), fc.constantFrom("", "\uFEFF")))
  .map(([json, end, mark]) => mark + json + end);

describe("notebookJson and parseNotebook", () => {
  it("give back every cell and output as it was, and the same bytes again", () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 4 }), (cells) => {
        const written = notebookJson({ cells });
        const back = parseNotebook(written, "x.ipynb");
        expect(back.cells).toEqual(
          (JSON.parse(JSON.stringify(cells)) as Cell[]).map((cell, origin) => ({ metadata: {}, ...cell, origin })),
        );
        expect(notebookJson(back)).toBe(written);
      }),
    );
  });

  it("write an nbformat 4.5 file: texts as lists of lines, pictures in one piece, JSON as it is", () => {
    const data = { "image/png": "aGk=", "image/svg+xml": "<svg>\n</svg>", "application/json": ["one", "two"] };
    const cells: Cell[] = [
      {
        cell_type: "code",
        id: "c1",
        source: "1\n2",
        execution_count: 3,
        outputs: [{ output_type: "display_data", data, metadata: {} }],
      },
    ];
    expect(JSON.parse(notebookJson({ cells }))).toEqual({
      cells: [
        {
          cell_type: "code",
          execution_count: 3,
          id: "c1",
          metadata: {},
          outputs: [
            { output_type: "display_data", data: { ...data, "image/svg+xml": ["<svg>\n", "</svg>"] }, metadata: {} },
          ],
          source: ["1\n", "2"],
        },
      ],
      metadata: {
        kernelspec: { display_name: "TypeScript (cspbbr3-twin)", language: "typescript", name: "cspbbr3-twin" },
        language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
      },
      nbformat: 4,
      nbformat_minor: 5,
    });
  });
});

describe("notebookJson of a notebook that was read from a file", () => {
  // Was: metadata, attachments, widget state, key order, indentation were lost by every run and sync.
  it("gives back any notebook byte for byte: spelling, order, space and fields that nobody knows", () => {
    fc.assert(
      fc.property(anyNotebookText, (written) => {
        expect(notebookJson(parseNotebook(written, "x.ipynb"))).toBe(written);
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing outside of the cell that changed, and there only what did", () => {
    fc.assert(
      fc.property(anyNotebookText, fc.nat(), fc.array(anyOutput, { maxLength: 2 }), (written, pick, outputs) => {
        const notebook = parseNotebook(written, "x.ipynb");
        const codes = notebook.cells.flatMap((cell, at) => (cell.cell_type === "code" ? [at] : []));
        fc.pre(codes.length > 0);
        const at = codes[pick % codes.length];
        const cells = notebook.cells.map((cell, place) =>
          place === at && cell.cell_type === "code" ? { ...cell, outputs, execution_count: 77 } : cell,
        );
        const changed = notebookJson({ ...notebook, cells });
        const body = written.replace(/^\uFEFF/, "");
        const texts = (json: string): string[] => {
          const [list] = jsonMembers(json, jsonValue(json).start)
            .filter(({ key }) => key === "cells")
            .slice(-1);
          return [
            json.slice(0, list.start),
            ...jsonElements(json, list.start).map(({ start, end }) => json.slice(start, end)),
            json.slice(list.end),
          ];
        };
        expect(texts(changed).toSpliced(at + 1, 1)).toEqual(texts(written).toSpliced(at + 1, 1));
        const [before, after] = [body, changed.replace(/^\uFEFF/, "")].map(
          (json) => (JSON.parse(json) as { cells: Record<string, unknown>[] }).cells[at],
        );
        for (const key of Object.keys(before))
          if (!["outputs", "execution_count"].includes(key)) expect(after[key]).toEqual(before[key]);
        const [cell] = parseNotebook(changed, "x.ipynb").cells.slice(at, at + 1);
        expect(cell).toMatchObject(JSON.parse(JSON.stringify({ outputs, execution_count: 77 })) as object);
      }),
      { numRuns: 300 },
    );
  });

  const laidOut = (indent: number | string, newline = "\n"): string =>
    JSON.stringify(
      {
        cells: [
          { cell_type: "code", metadata: { deep: { a: [1] } }, execution_count: null, outputs: [], source: "1" },
          { cell_type: "markdown", metadata: {}, source: ["# A"], attachments: { "p.png": {} } },
        ],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 4,
      },
      null,
      indent,
    ).replaceAll("\n", newline);

  it.each([
    ["one blank", laidOut(1)],
    ["four blanks and carriage returns", laidOut(4, "\r\n")],
    ["tabs", laidOut("\t")],
    ["nothing, all on one line", laidOut(0)],
    [
      "Python's one line",
      '{"cells": [{"cell_type": "code", "outputs": [], "source": ""}], "nbformat": 4, "metadata": {}}',
    ],
  ])("lays out new parts as the file is: %s", (_, written) => {
    const notebook = parseNotebook(written, "x.ipynb");
    const outputs: Output[] = [{ output_type: "stream", name: "stdout", text: "a\nb" }];
    const [first, ...others] = notebook.cells;
    const added: Cell = { cell_type: "raw", id: "new", source: "x" };
    const changed = notebookJson({ ...notebook, cells: [{ ...(first as CodeCell), outputs }, added, ...others] });
    const expected = JSON.parse(written) as { cells: Record<string, unknown>[] };
    expected.cells[0].outputs = [{ output_type: "stream", name: "stdout", text: ["a\n", "b"] }];
    expected.cells.splice(1, 0, { cell_type: "raw", metadata: {}, source: ["x"] });
    const [, newline, unit] = /^\{(\r?\n)?([ \t]*)/.exec(written)!;
    const colon = written.includes('": ') ? ": " : ":";
    expect(changed).toBe(
      newline === undefined
        ? colon === ":"
          ? JSON.stringify(expected)
          : JSON.stringify(expected).replace(/(?<=[\]"}\d])([,:])/g, "$1 ")
        : JSON.stringify(expected, null, unit).replaceAll("\n", newline),
    );
  });

  it("keeps cells that move whole, and a byte order mark in front", () => {
    const written = `\uFEFF${laidOut(2)}`;
    const notebook = parseNotebook(written, "x.ipynb");
    const moved = notebookJson({ ...notebook, cells: notebook.cells.toReversed() });
    expect(moved.startsWith("\uFEFF{")).toBe(true);
    const value = JSON.parse(written.slice(1)) as { cells: unknown[] };
    expect(moved.slice(1)).toBe(JSON.stringify({ ...value, cells: value.cells.toReversed() }, null, 2));
  });

  it("keeps a source in its form, a text or a list, and its line ends while its words do not change", () => {
    const written = file({ ...code("a\r\nb"), source: "a\r\nb" }, { cell_type: "markdown", source: ["x\n", "y"] });
    const notebook = parseNotebook(written, "x.ipynb");
    const [one, other] = notebook.cells;
    expect(notebookJson({ ...notebook, cells: [{ ...one, source: "a\nb" }, other] })).toBe(written);
    const changed = notebookJson({
      ...notebook,
      cells: [
        { ...one, source: "c\nd" },
        { ...other, source: "z" },
      ],
    });
    expect(changed).toBe(written.replace('"a\\r\\nb"', '"c\\nd"').replace('["x\\n","y"]', '["z"]'));
  });

  it("reads and writes 100,000 cells, or 50 MB of outputs, in seconds", { timeout: 60_000 }, () => {
    const big = "x".repeat(1_000_000);
    const one = (at: number): object => ({ ...code(`${at}`), id: `c${at}`, metadata: { tags: ["a"] } });
    for (const written of [
      file(...Array.from({ length: 100_000 }, (_, at) => one(at))),
      file(...Array.from({ length: 50 }, () => code("1", [{ output_type: "stream", name: "stdout", text: big }]))),
    ]) {
      const started = performance.now();
      const notebook = parseNotebook(written, "x.ipynb");
      const cells = notebook.cells.map((cell) => (cell.cell_type === "code" ? { ...cell, execution_count: 1 } : cell));
      expect(notebookJson({ ...notebook, cells }).length).toBe(written.length - 3 * cells.length);
      expect(performance.now() - started).toBeLessThan(20_000);
    }
  });
});

describe("parseNotebook", () => {
  it("takes what other editors write: texts in one piece, results, raw cells, no outputs or count", () => {
    const { cells } = parseNotebook(
      file({ cell_type: "raw", source: "as it is" }, { cell_type: "code", source: ["1\n", "2"] }),
      "x.ipynb",
    );
    expect(cells).toMatchObject([
      { cell_type: "raw", source: "as it is" },
      { cell_type: "code", source: "1\n2", execution_count: null, outputs: [] },
    ]);
    expect(
      outputsOf(
        file(code("1", [{ output_type: "execute_result", execution_count: 1, data: { "text/plain": ["a\n", "b"] } }])),
      ),
    ).toEqual([{ output_type: "execute_result", execution_count: 1, data: { "text/plain": "a\nb" }, metadata: {} }]);
    expect(
      outputsOf(
        file(
          code("1", [
            { output_type: "display_data", data: { "image/png": ["aGk=\n"], "application/json": ["a", "b"] } },
          ]),
        ),
      ),
    ).toMatchObject([{ data: { "image/png": "aGk=\n", "application/json": ["a", "b"] } }]);
  });

  it("gives cells without an id one by their place, and keeps the ids of others", () => {
    const ids = (json: string): string[] => parseNotebook(json, "x.ipynb").cells.map(({ id }) => id);
    expect(ids(file(code("1"), { ...code("1"), id: "mine" }, code("1")))).toEqual(["cell-1", "mine", "cell-3"]);
  });

  it("of members that come twice takes the last one, and keeps the text of both", () => {
    const twice =
      '{"nbformat": 3, "nbformat": 4, "metadata": {}, "cells": [], "cells": [' +
      '{"cell_type": "raw", "metadata": {}, "source": "a", "source": "b"}]}';
    const notebook = parseNotebook(twice, "x.ipynb");
    expect(notebook.cells).toMatchObject([{ source: "b" }]);
    expect(notebookJson(notebook)).toBe(twice);
    const changed = notebookJson({ ...notebook, cells: [{ ...notebook.cells[0], source: "c" }] });
    expect(changed).toBe(twice.replace('"source": "b"', '"source": "c"'));
  });

  it.each([
    [
      "cut in half",
      notebookJson({ cells: [{ cell_type: "markdown", id: "a", source: "text" }] }).slice(0, 60),
      "a notebook must be JSON; got ",
    ],
    ["empty", "", "a notebook must be JSON; got "],
    ["no notebook", "[1]", "must be an nbformat 4 notebook; got the file: "],
    [
      "with a cell of no kind",
      file(code("1"), { cell_type: "heading", source: "x" }),
      "must be an nbformat 4 notebook; got cells.1.cell_type: ",
    ],
    [
      "with an output of no kind",
      file(code("1", [{ output_type: "pyout" }])),
      "must be an nbformat 4 notebook; got cells.0.outputs.0.output_type: ",
    ],
    [
      "with a number for a source",
      file({ cell_type: "markdown", source: 5 }),
      "must be an nbformat 4 notebook; got cells.0.source: ",
    ],
  ])("refuses a file that is %s, naming the place and the mend", (_, content, words) => {
    const refused = (): unknown => parseNotebook(content, "notebooks/x.ipynb");
    expect(refused).toThrow(NotebookDamage);
    expect(refused).toThrow(`notebooks/x.ipynb: ${words}`);
    expect(refused).toThrow(/; restore the file, or rebuild it from a .nb.ts beside it with `twin notebooks sync`$/);
  });

  // Was: "restore the file, or rebuild it with `twin notebooks sync`", which refused the file, too.
  it.each([
    [3, /got nbformat 3; convert it with `jupyter nbconvert --to notebook --nbformat 4 --inplace x.ipynb`/],
    [5, /got nbformat 5; save it as nbformat 4/],
  ])("refuses nbformat %i, not as damaged, with a mend that works", (nbformat, message) => {
    const refused = (): unknown => parseNotebook(JSON.stringify({ nbformat, worksheets: [] }), "x.ipynb");
    expect(refused).toThrow(InputError);
    expect(refused).not.toThrow(NotebookDamage);
    expect(refused).toThrow(message);
  });
});

describe("cellIds", () => {
  it("are the same for the same cells in any notebook, in letters that nbformat allows, and never come twice", () => {
    const [one, other] = [cellIds(), cellIds()];
    const cells = ["a", "b", "a", "a"].map((source) => [one("code", source), other("code", source)]);
    expect(cells.every(([here, there]) => here === there)).toBe(true);
    expect(new Set(cells.flat()).size).toBe(4);
    for (const [id] of cells) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  });
});
