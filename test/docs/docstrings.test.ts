import ts from "typescript";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../src/io/projectPath.js";

/** A public name and what its docstring says, links taken as their text. */
interface PublicName {
  readonly name: string;
  readonly documentation: string;
}

/** What the module at a path exports, through all that it exports again. */
function publicNames(path: string): PublicName[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    resolveJsonModule: true,
    skipLibCheck: true,
    types: ["node"],
  };
  const program = ts.createProgram([path], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(path)!)!;
  return checker.getExportsOfModule(module).map((symbol) => {
    const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return { name: symbol.name, documentation: ts.displayPartsToString(own.getDocumentationComment(checker)) };
  });
}

const longest = 160;

/** What keeps a first sentence from standing alone, as far as a program can tell; null if nothing does. */
function fault({ name, documentation }: PublicName): string | null {
  if (documentation.trim() === "") return `${name} has no docstring`;
  const text = documentation.replaceAll(/\s+/g, " ");
  const sentence = /^.*?[^.]\.(?= [A-Z"`0-9]|$)/.exec(text)?.[0];
  if (sentence === undefined) return `${name}: the first sentence must end with a full stop; got "${text}"`;
  if (sentence.length > longest)
    return `${name}: the first sentence must have at most ${longest} characters; got ${sentence.length}: "${sentence}"`;
  if (/^(?:[a-z@]|See\b|As\b|The same\b)/.test(sentence))
    return `${name}: the first sentence must say what it is without another; got "${sentence}"`;
  return null;
}

describe("docstrings of public names", () => {
  it("open with a short sentence that stands alone, whatever the name is", () => {
    const all = publicNames(projectPath("src", "index.ts"));
    expect(all.length).toBeGreaterThan(500);
    expect(all.map(fault).filter((found) => found !== null)).toEqual([]);
  }, 120_000);

  it("are caught where they are missing, lean on another sentence, or run on (planted)", () => {
    const one = (documentation: string): string | null => fault({ name: "f", documentation });
    expect(one("Share of rows, e.g. of a table.")).toBeNull();
    expect(one("")).toContain("no docstring");
    expect(one("as above.")).toContain("without another");
    expect(one("The same rows in order.")).toContain("without another");
    expect(one("No stop")).toContain("full stop");
    expect(one(`${"Long ".repeat(40)}end.`)).toContain("at most 160");
  });
});
