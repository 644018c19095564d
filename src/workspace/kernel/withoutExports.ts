import type ts from "typescript";
import { kernelMark } from "./marks.js";

/**
 * The text of a cell with blanks in place of `export` and `default`: its names are seen by later cells anyway. What
 * stays keeps its place.
 *
 * @param parsed  the cell
 */
export function withoutExports(typescript: typeof ts, parsed: ts.SourceFile, source: string): string {
  const { ExportKeyword, DefaultKeyword } = typescript.SyntaxKind;
  const cuts: { readonly from: number; readonly to: number; readonly by: string }[] = [];
  const cut = (node: ts.Node, by = ""): number => cuts.push({ from: node.getStart(parsed), to: node.end, by });
  for (const statement of parsed.statements) {
    if (typescript.isExportDeclaration(statement) && statement.moduleSpecifier === undefined) cut(statement, ";");
    if (typescript.isExportAssignment(statement) && statement.isExportEquals !== true) {
      const from = statement.getStart(parsed);
      // `export default value` becomes a variable, whose beginning is no longer (`void` may not stand before an arrow).
      cuts.push({ from, to: statement.expression.getStart(parsed), by: `var ${kernelMark}d:any=` });
    }
    if (!typescript.canHaveModifiers(statement)) continue;
    const isUnnamed =
      (typescript.isFunctionDeclaration(statement) || typescript.isClassDeclaration(statement)) &&
      statement.name === undefined;
    for (const modifier of typescript.getModifiers(statement) ?? []) {
      if (modifier.kind === ExportKeyword) cut(modifier);
      if (modifier.kind === DefaultKeyword) cut(modifier, isUnnamed ? "void" : "");
    }
  }
  return cuts.reduceRight(
    (text, { from, to, by }) =>
      text.slice(0, from) + by + text.slice(from + by.length, to).replace(/[^\n]/g, " ") + text.slice(to),
    source,
  );
}
