import { describe, expect, it } from "vitest";
import { injectParameters } from "../../../src/workspace/notebooks/injectParameters.js";
import { notebookJson, parseNotebook, type Notebook } from "../../../src/workspace/notebooks/Notebook.js";

const notebook = (...cells: readonly (readonly [source: string, ...tags: string[]])[]): Notebook =>
  parseNotebook(
    JSON.stringify({
      cells: cells.map(([source, ...tags], at) => ({
        cell_type: "code",
        id: `c${at}`,
        metadata: { tags },
        execution_count: null,
        outputs: [],
        source,
      })),
      metadata: { title: "T" },
      nbformat: 4,
      nbformat_minor: 5,
    }),
    "x.ipynb",
  );
const sources = ({ cells }: Notebook): string[] => cells.map(({ source }) => source);

describe("injectParameters", () => {
  const usual = "const seed: number = 1;\nlet name = 'a', { depth } = { depth: 2 };";

  it("declares the values behind the tagged cell, by the word and type of their first declaration", () => {
    const given = notebook(["import 'x';"], [usual, "parameters"], ["seed + 1"]);
    const injected = injectParameters(given, { seed: 2, name: 'a "b"\n', depth: null }, "x.ipynb");
    expect(sources(injected)).toEqual([
      "import 'x';",
      usual,
      '// Parameters\nconst seed: number = 2;\nlet name = "a \\"b\\"\\n";\nlet depth = null;\n',
      "seed + 1",
    ]);
    const written = JSON.parse(notebookJson(injected)) as { cells: unknown[]; metadata: unknown };
    expect(written.cells[2]).toMatchObject({ id: "injected-parameters", metadata: { tags: ["injected-parameters"] } });
    expect(written.metadata).toEqual({
      title: "T",
      papermill: { parameters: { seed: 2, name: 'a "b"\n', depth: null } },
    });
  });

  it("replaces the cell of an earlier run, and writes the same file for the same values", () => {
    const given = notebook([usual, "parameters"], ["seed + 1"]);
    const once = notebookJson(injectParameters(given, { seed: 2 }, "x.ipynb"));
    expect(notebookJson(injectParameters(parseNotebook(once, "x.ipynb"), { seed: 2 }, "x.ipynb"))).toBe(once);
    const other = injectParameters(parseNotebook(once, "x.ipynb"), { name: "b" }, "x.ipynb");
    expect(sources(other)).toEqual([usual, '// Parameters\nlet name = "b";\n', "seed + 1"]);
  });

  it("puts the values first where no cell is tagged and none declares the name", () => {
    const injected = injectParameters(notebook(["seed + 1"]), { seed: -Infinity }, "x.ipynb");
    expect(sources(injected)).toEqual(["// Parameters\nconst seed = -Infinity;\n", "seed + 1"]);
  });

  it.each([
    [
      "a name that the tagged cell does not declare, with those that it does",
      notebook([usual, "parameters"]),
      { sed: 2 },
      'x.ipynb: a parameter must be one of seed, name, depth; got "sed"; declare it',
    ],
    [
      "a name that a cell without tag would declare over it",
      notebook([usual]),
      { seed: 2 },
      'x.ipynb: a parameter must be declared in a cell tagged `parameters`; got "seed", which another cell declares',
    ],
  ])("refuses %s", (_, given, parameters, message) => {
    expect(() => injectParameters(given, parameters, "x.ipynb")).toThrow(message);
  });
});
