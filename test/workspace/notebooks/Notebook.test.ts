import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import {
  cellIds,
  notebookJson,
  parseNotebook,
  type Cell,
  type Output,
} from "../../../src/workspace/notebooks/Notebook.js";

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
    output_type: fc.constant("error" as const),
    ename: text,
    evalue: text,
    traceback: fc.array(text, { maxLength: 3 }),
  }),
);
const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.record({ cell_type: fc.constant("markdown" as const), id: fc.constantFrom("a", "b-1"), source: text }),
  fc.record({
    cell_type: fc.constant("code" as const),
    id: fc.constantFrom("c", "d"),
    source: text,
    execution_count: fc.option(fc.nat()),
    outputs: fc.array(anyOutput, { maxLength: 3 }),
  }),
);

describe("notebookJson and parseNotebook", () => {
  it("give back every cell and output as it was, and the same bytes again", () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 4 }), (cells) => {
        const written = notebookJson({ cells });
        const back = parseNotebook(written, "x.ipynb");
        expect(back).toEqual({ cells: JSON.parse(JSON.stringify(cells)) as Cell[] });
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

describe("parseNotebook", () => {
  it("takes what other editors write: texts in one piece, results, raw cells, no outputs or count", () => {
    const { cells } = parseNotebook(
      file({ cell_type: "raw", source: "as it is" }, { cell_type: "code", source: ["1\n", "2"] }),
      "x.ipynb",
    );
    expect(cells).toMatchObject([
      { cell_type: "markdown", source: "as it is" },
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

  it("gives cells without an id one that their content makes, and keeps the ids of others", () => {
    const ids = (json: string): string[] => parseNotebook(json, "x.ipynb").cells.map(({ id }) => id);
    const [first, second, third] = ids(file(code("1"), code("1"), { cell_type: "markdown", source: "1" }));
    expect(second).toBe(`${first}-1`);
    expect(third).not.toBe(first);
    expect(ids(file(code("0"), code("1")))[1]).toBe(first);
    expect(ids(file({ ...code("1"), id: "mine" }))).toEqual(["mine"]);
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
      "of another format",
      JSON.stringify({ nbformat: 3, worksheets: [] }),
      "must be an nbformat 4 notebook; got nbformat: ",
    ],
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
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(`notebooks/x.ipynb: ${words}`);
    expect(refused).toThrow(/; restore the file, or rebuild it with `twin notebooks sync`$/);
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
