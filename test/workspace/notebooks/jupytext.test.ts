import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import type { Metadata } from "../../../src/workspace/notebooks/markedMetadata.js";
import { parsePercent, printPercent, type PercentCell } from "../../../src/workspace/notebooks/percentFormat.js";

const python = pythonWithJupytext();
if (python === null)
  console.warn(
    "jupytext: comparisons with it are skipped: no Python with jupytext; " +
      "`npm run lab -- --version` makes one in .venv, or set PEER_PYTHON",
  );

describe.skipIf(python === null)("jupytext (skipped where no Python has it)", { timeout: 60_000 }, () => {
  const metadata = fc.oneof(
    fc.constant({}),
    fc.record(
      {
        title: fc.constantFrom("Sizes", "Sizes of all, and a (half)", "Größe 3", "a-b: c/d"),
        tags: fc.uniqueArray(fc.constantFrom("parameters", "hide-input", "a b", 'q"', "é", "=", "[raw]"), {
          minLength: 1,
        }),
        "slideshow.x": fc.constantFrom({ slide_type: "slide" }, { a: [1, { b: true }], c: null }),
        editable: fc.boolean(),
        raw_mimetype: fc.constantFrom("text/latex", "x=1 y", "{", "a  b"),
        n: fc.oneof(fc.integer(), fc.constantFrom(0.5, -12.25)),
      },
      { requiredKeys: [] },
    ),
    fc.constantFrom({ tags: ["active-ipynb"] }, { cell_depth: 2, title: "Deep" }),
  ) as fc.Arbitrary<Metadata>;
  const line = fc.constantFrom("a;", "  b; // c", "// c", "°", "", "'x'; // %% d", "- e", "/* f */", "//", "a  ");
  const source = fc
    .array(line, { maxLength: 5 })
    // jupytext takes blank lines at an end for space between cells, and a first one that is indented for the margin.
    .map((lines) => lines.join("\n").replace(/^\s+|\s+$/g, ""));
  const cell: fc.Arbitrary<PercentCell> = fc
    .record({ kind: fc.constantFrom("code" as const, "markdown" as const, "raw" as const), source, metadata })
    // A tag active-... makes code of any cell in jupytext, which then reads back as another.
    .filter((one) => one.kind === "code" || !JSON.stringify(one.metadata).includes("active-"));
  const notebooks = fc.sample(fc.array(cell, { minLength: 1, maxLength: 5 }), { numRuns: 300, seed: 1 });
  const answers = python === null ? [] : askJupytext(python, notebooks);

  it("reads our .nb.ts with the same cells, titles, tags and metadata", () => {
    expect(answers.map(({ cells }) => cells)).toEqual(notebooks);
  });

  it("writes what we write, and we read it back the same", () => {
    for (const [at, { text }] of answers.entries()) {
      const ours = printPercent(notebooks[at], "x.ipynb");
      expect(text.replace("// -*- coding: utf-8 -*-\n", "")).toBe(ours);
      expect(parsePercent(text, "x.nb.ts").map((one) => ({ metadata: {}, ...one }))).toEqual(notebooks[at]);
    }
  });
});

interface Answer {
  readonly text: string;
  readonly cells: readonly unknown[];
}

function askJupytext(command: string, notebooks: readonly (readonly PercentCell[])[]): Answer[] {
  const input = JSON.stringify(notebooks.map((cells) => ({ cells, text: printPercent(cells, "x.ipynb") })));
  const program = projectPath("test", "workspace", "notebooks", "askJupytext.py");
  return JSON.parse(execFileSync(command, [program], { input, encoding: "utf8", maxBuffer: 1 << 28 })) as Answer[];
}

function pythonWithJupytext(): string | null {
  const folder = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const candidates = [
    process.env.PEER_PYTHON,
    projectPath(".venv", ...folder),
    projectPath(".twin", "peers", ...folder),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || candidate === "") continue;
    try {
      execFileSync(candidate, ["-c", "import jupytext"], { stdio: "ignore" });
      return candidate;
    } catch {
      // None there, or one without it.
    }
  }
  return null;
}
