import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));
const parse = (name: string, code: string): ts.SourceFile =>
  ts.createSourceFile(name, code, ts.ScriptTarget.ES2023, true);
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.split(sep).includes("assembly"))
  .map((file) => parse(file, readFileSync(join(src, file), "utf8")));
const isIndex = ({ fileName }: ts.SourceFile): boolean => /(?:^|[\\/])index\.ts$/.test(fileName);

/** Words that are also names of ours. */
const words: ReadonlySet<string> = new Set(["balanced", "TensorFlow", "objective", "space"]);

interface Declared {
  readonly names: readonly string[];
  /** Comments of the declaration and of its members. */
  readonly comments: readonly string[];
}

function declaredIn(file: ts.SourceFile): Declared[] {
  const commentsOf = (node: ts.Node): string[] =>
    (ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? [])
      .map(({ pos, end }) => file.text.slice(pos, end))
      .filter((text) => text.startsWith("/**"));
  return file.statements.flatMap((one): Declared[] => {
    const modifiers = ts.canHaveModifiers(one) ? (ts.getModifiers(one) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const members = ts.isInterfaceDeclaration(one) ? one.members.flatMap(commentsOf) : [];
    const nodes = ts.isVariableStatement(one) ? one.declarationList.declarations : [one as ts.DeclarationStatement];
    return [{ names: nodes.map(({ name }) => name!.getText()), comments: [...commentsOf(one), ...members] }];
  });
}

const declared = new Map(files.map((file) => [file.fileName, declaredIn(file)]));
const all = new Set([...declared.values()].flat().flatMap(({ names }) => names));

/** What the indexes of the folders hand on. */
const exported = new Set(
  files.filter(isIndex).flatMap((file) =>
    file.statements.filter(ts.isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) => {
      if (exportClause !== undefined && ts.isNamedExports(exportClause))
        return exportClause.elements.map(({ name }) => name.text);
      const from = relative(src, join(src, dirname(file.fileName), (moduleSpecifier as ts.StringLiteral).text));
      return (declared.get(from.replace(/\.js$/, ".ts")) ?? []).flatMap(({ names }) => names);
    }),
  ),
);

/**
 * Names that a comment sends its reader to: in backticks, in camelCase, or behind "as" and "see"; parameters are not.
 */
function namesIn(comment: string): string[] {
  const parameters = new Set(Array.from(comment.matchAll(/@param (?:\w+\.)?(\w+)/g), ([, name]) => name));
  const pattern = /`(\w+)(?:\([^`]*\))?`|\b([a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)\b|\b(?:as|see) (\w+)/g;
  return Array.from(comment.matchAll(pattern), ([, quoted, camel, referred]) => quoted ?? camel ?? referred).filter(
    (name) => !parameters.has(name) && !words.has(name),
  );
}

const unreachable = (comments: readonly string[]): string[] =>
  comments.flatMap(namesIn).filter((name) => all.has(name) && !exported.has(name));

describe("public names", () => {
  it("are those that the indexes of the folders hand on, and the package imports", () => {
    expect(exported.size).toBeGreaterThan(500);
    for (const name of ["oneAgainstRest", "topLabel", "softmax", "meanWithInterval", "dayNumbers"])
      expect(exported).toContain(name);
  });

  it("have comments that send their reader to public names alone", () => {
    const strays = [...declared].flatMap(([file, declarations]) =>
      declarations
        .filter(({ names }) => names.some((name) => exported.has(name)))
        .flatMap(({ names, comments }) =>
          unreachable(comments).map((name) => `${file}, ${names.join(", ")}: ${name} is not exported`),
        ),
    );
    expect(strays).toEqual([]);
  });

  it("that a comment only names are caught (planted)", () => {
    expect(all).toContain("firstDifference");
    expect(unreachable(["/** As accuracy. @throws as firstDifference */", "/** From `firstDifference`. */"])).toEqual([
      "firstDifference",
      "firstDifference",
    ]);
    expect(unreachable(["/** @param firstDifference  of two texts */"])).toEqual([]);
  });

  it("stand behind a paragraph on what their folder is", () => {
    for (const file of files.filter(isIndex).filter(({ fileName }) => fileName !== "index.ts"))
      expect(file.text.split("*/")[0].match(/[.]\s/g)?.length, file.fileName).toBeGreaterThanOrEqual(2);
  });
});
