import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { parsePercent, printPercent, type PercentCell } from "../../../src/workspace/notebooks/percentFormat.js";
import type { Metadata } from "../../../src/workspace/notebooks/markedMetadata.js";
import { unterminatedToken } from "../../../src/workspace/notebooks/unterminatedToken.js";

const canonical = `// %% [markdown]
// # Title
//
// Two  spaces at the end:${"  "}
// - // a comment in markdown

// %%
import { x } from "cspbbr3-twin";

const text = \`a \${[1, 2].map((n) => \`\${n}\`).join()} b\`;
// an ordinary comment, at the beginning of a line

// %%

// %%
x;
`;

describe("parsePercent and printPercent", () => {
  it("give a canonical file back byte for byte", () => {
    expect(printPercent(parsePercent(canonical, "a.nb.ts"), "a.nb.ts")).toBe(canonical);
  });

  it("read what a person expects", () => {
    expect(parsePercent(canonical, "a.nb.ts").map(({ kind }) => kind)).toEqual(["markdown", "code", "code", "code"]);
    expect(parsePercent(canonical, "a.nb.ts")[0].source).toBe(
      "# Title\n\nTwo  spaces at the end:  \n- // a comment in markdown",
    );
    expect(parsePercent(canonical, "a.nb.ts")[2].source).toBe("");
  });

  it("read the same cells with carriage returns", () => {
    expect(parsePercent(canonical.replaceAll("\n", "\r\n"), "a.nb.ts")).toEqual(parsePercent(canonical, "a.nb.ts"));
  });

  it("tolerate blank lines before the first marker and a missing blank line between cells", () => {
    expect(parsePercent("\n\n// %%\na;\n// %%\nb;", "a.nb.ts")).toEqual([code("a;"), code("b;")]);
  });

  it("drop exactly the line that jupytext writes on top, and count it in messages", () => {
    expect(parsePercent("// -*- coding: utf-8 -*-\n// %%\n°;", "a.nb.ts")).toEqual([code("°;")]);
    expect(parsePercent("// -*- coding: utf-8 -*-\r\n\r\n// %%\r\n°;", "a.nb.ts")).toEqual([code("°;")]);
    expect(() => parsePercent("// -*- coding: latin-1 -*-\n// %%\n", "a.nb.ts")).toThrow("a.nb.ts, line 1");
    expect(() => parsePercent("\n// -*- coding: utf-8 -*-\n// %%\n", "a.nb.ts")).toThrow("a.nb.ts, line 2");
    expect(() => parsePercent("// -*- coding: utf-8 -*-\nloose;\n// %%\n", "a.nb.ts")).toThrow("a.nb.ts, line 2");
    expect(parsePercent("// %%\n// -*- coding: utf-8 -*-", "a.nb.ts")).toEqual([code("// -*- coding: utf-8 -*-")]);
  });

  it("hold no cells in an empty file", () => {
    expect(parsePercent("", "a.nb.ts")).toEqual([]);
    expect(printPercent([], "a.nb.ts")).toBe("");
  });

  it("give the same cells again for every content that the format holds", () => {
    const line = fc.oneof(
      fc.constantFrom(
        "",
        " ",
        "  ",
        "//",
        "// x",
        "//x",
        "// ",
        "\t",
        "a  ",
        "# %%",
        "const s = '// %%';",
        "x; // %% trailing",
        "/%%",
        "`a`",
        ";/[`]/.test(s);",
        "é 漢 🧪",
        "\u2028",
        "'",
        '"',
      ),
      fc
        .string({ unit: "binary", maxLength: 12 })
        .map((text) => text.replace(/[\r\n`{}]|\/\*/g, "").replace(/^\s*(\/\/\s*)?%%/, "")),
    );
    const word = fc.constantFrom("a", "Sizes", "[raw]", "[md]", "x=1", "{", "%", ".b", "é", "\u2028", "...", " ", '"');
    const key = fc.constantFrom("tags", "title", "a.b", "x/y@z-1", "active", "cell_depth", "toString", "raw_mimetype");
    const metadata = fc.oneof(
      fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 4 }),
      fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => ({ title: words.join(" ") })),
      fc.constantFrom({ tags: ["active-ipynb"] }, { tags: ["active-ts"] }, { run_control: { frozen: true } }),
    ) as fc.Arbitrary<Metadata>;
    const cell: fc.Arbitrary<PercentCell> = fc
      .record(
        {
          kind: fc.constantFrom("markdown" as const, "code" as const, "raw" as const),
          source: fc.array(line, { maxLength: 5 }).map((lines) => lines.join("\n")),
          metadata,
        },
        { requiredKeys: ["kind", "source"] },
      )
      .map((one) => JSON.parse(JSON.stringify(one)) as PercentCell)
      .filter(({ metadata = {} }) => !(Array.isArray(metadata.tags) && metadata.tags.length === 0))
      // Says of itself that it is no code: refused below.
      .filter(({ kind, metadata = {} }) => kind !== "code" || !/"active"|"active-ts"/.test(JSON.stringify(metadata)));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 6 }), (cells) => {
        const printed = printPercent(cells, "a.nb.ts");
        expect(parsePercent(printed, "a.nb.ts")).toEqual(cells);
        expect(printPercent(parsePercent(printed, "a.nb.ts"), "a.nb.ts")).toBe(printed);
      }),
      { numRuns: 1000 },
    );
  });

  it("lose nothing silently: any text parses to cells that print and parse alike, or is refused", () => {
    const piece = fc.constantFrom(
      "// %%",
      "// %% [markdown]",
      "// %% Title",
      '// %% T [raw] a="b"',
      "// %% a=[1, 2] b {}",
      "// text",
      "//",
      "",
      "  ",
      "code;",
      "`",
      "/*",
      "*/",
      "//%%",
      "  // %%",
      "// a `",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (lines) => {
        const cells = parsedOrRefused(lines.join("\n"));
        if (cells !== null) expect(parsePercent(printPercent(cells, "a.nb.ts"), "a.nb.ts")).toEqual(cells);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["text before the first marker", "import x;\n// %%\n", "a.nb.ts, line 1", "put the text into a cell"],
    ["metadata that are no JSON", "// %%\n\n// %% Sizes tags=[a]\n", "a.nb.ts, line 3", "with JSON values"],
    ["a title with =, which reads as metadata", "// %% a = b\n", "a.nb.ts, line 1", "`title="],
    ["a marker without its space", "// %%\n\n//%%\n", "a.nb.ts, line 3", "must begin with `// %%` and"],
    ["a marker that goes on at once", "// %%x\n", "a.nb.ts, line 1", "must begin with `// %%` and"],
    ["a marker in a template string", "// %%\nconst s = `a\n// %%\n`;\n", "a.nb.ts, line 2", "template string"],
    ["a marker in a nested template string", "// %%\nf(`${g(`x\n// %%\n`)}`);\n", "a.nb.ts, line 2", "template string"],
    ["a marker in a block comment", "// %%\n\n/* x\n// %%\n*/\n", "a.nb.ts, line 3", "block comment"],
    ["code in a markdown cell", "// %% [markdown]\n// a\nb;\n", "a.nb.ts, line 3", "comment the line"],
  ])("refuse %s, naming the line", (_, text, where, words) => {
    expect(() => parsePercent(text, "a.nb.ts")).toThrow(InputError);
    expect(() => parsePercent(text, "a.nb.ts")).toThrow(`${where}:`);
    expect(() => parsePercent(text, "a.nb.ts")).toThrow(words);
  });

  it.each([
    ["a code line that reads as a marker", [code("x;\n// %%\ny;")], "cell 1, line 2"],
    [
      "a markdown line that would read as a marker",
      [code("x;"), { kind: "markdown" as const, source: "%% a comment" }],
      "cell 2, line 1",
    ],
    [
      "a code cell that its metadata take for none",
      [{ kind: "code" as const, source: "1;", metadata: { active: "py" } }],
      "cell 1",
    ],
    ["an open template string above other cells", [code("x;\ny = `"), code("z;")], "cell 1, line 2"],
  ])("refuse to print %s, naming the cell", (_, cells, where) => {
    expect(() => printPercent(cells, "a.ipynb")).toThrow(`a.ipynb, ${where}:`);
  });

  it("print an open template string in the last cell, where nothing follows that it could swallow", () => {
    expect(parsePercent(printPercent([code("y = `")], "a.ipynb"), "a.nb.ts")).toEqual([code("y = `")]);
  });
});

describe("markers", () => {
  it.each([
    ["// %%", "code", {}],
    ["// %% Sizes of all", "code", { title: "Sizes of all" }],
    ['// %% tags=["parameters", "a"]', "code", { tags: ["parameters", "a"] }],
    ['// %% Sizes [markdown] tags=["a"] key="x = y"', "markdown", { title: "Sizes", tags: ["a"], key: "x = y" }],
    ['// %% [raw] raw_mimetype="text/latex"', "raw", { raw_mimetype: "text/latex" }],
    ['// %% {"tags": ["a b"], "n": 1}', "code", { tags: ["a b"], n: 1 }],
    ["// %% [md]", "markdown", {}],
    ["// %% Part a = 1.5 b=null c", "code", { title: "Part", a: 1.5, b: null, c: null }],
    ["// %%%% Deep", "code", { cell_depth: 2, title: "Deep" }],
    ['// %% active="py"', "raw", { active: "py" }],
  ] as const)("say kind, title and metadata: %s", (line, kind, metadata) => {
    const [cell] = parsePercent(`${line}\n`, "a.nb.ts");
    expect(cell).toEqual({ kind, source: "", ...(Object.keys(metadata).length === 0 ? {} : { metadata }) });
  });

  it("are written as jupytext writes them, in ASCII; what editors note stays out", () => {
    const metadata = { collapsed: true, title: "Größe", slideshow: { slide_type: "slide" }, tags: ["é", "\u2028"] };
    expect(printPercent([{ kind: "markdown", source: "", metadata }], "a.ipynb")).toBe(
      '// %% Größe [markdown] slideshow={"slide_type": "slide"} tags=["\\u00e9", "\\u2028"]\n//\n',
    );
    expect(printPercent([code("1;", { title: "a = b" })], "a.ipynb")).toBe('// %% title="a = b"\n1;\n');
    expect(printPercent([code("1;", { tags: [] })], "a.ipynb")).toBe("// %%\n1;\n");
  });
});

describe("unterminatedToken", () => {
  // Was: taken for an open template string, and a valid notebook refused.
  it.each([
    "if (text) /`/.exec(text);",
    "function f() {}\n/`/.test(text);",
    "const n = i++ / 2; const s = `a / b`;",
    "if (text) /[/*]/.exec(text);",
  ])("takes no regular expression for an open token: %s", (text) => {
    expect(unterminatedToken(text)).toBeNull();
  });

  it.each([
    "const a = `x`; // ` in a comment",
    "const a = '`'; const b = \"/*\";",
    "/[`'\"/]/.test(x) && y.replace(/`/g, '')",
    "const half = a / b; const c = `${a / 2}`;",
    "`${{ a: `${1}` }.a}` /* ` */",
    String.raw`"\"" + '\'' + ${"`"}\${x} \${"{"}${"`"}`,
    "return /`/;",
  ])("finds nothing open in %s", (text) => {
    expect(unterminatedToken(text)).toBeNull();
  });

  it.each([
    ["a;\nconst s = `x ${y}", "template string", 1],
    ["`${`", "template string", 0],
    ["a;\n\n/* x", "block comment", 2],
    ["a / `b", "template string", 0],
  ])("finds what is open in %j", (text, kind, line) => {
    expect(unterminatedToken(text)).toEqual({ kind, line });
  });

  it("comes to an end on any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("`", "$", "{", "}", "/", "*", "\\", "'", '"', "\n", "a", "[", "]") }),
        (text) => {
          unterminatedToken(text);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function code(source: string, metadata?: Metadata): PercentCell {
  return { kind: "code", source, ...(metadata && { metadata }) };
}

function parsedOrRefused(text: string): PercentCell[] | null {
  try {
    return parsePercent(text, "a.nb.ts");
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return null;
  }
}
