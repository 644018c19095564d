import type ts from "@tslab/typescript-for-tslab";

/**
 * Fault: tslab reads variables of earlier cells as properties of one object and rewrites every mention of
 * them, but not the shorthand `{ seed }`, whose name it takes for the property it makes: ReferenceError.
 * Spelt out as `{ seed: seed }` it is a mention like any other.
 *
 * Names that no earlier cell declares stay as they are. What stands behind a spelt-out name on its line is told
 * by errors as many columns further right.
 *
 * @param before  tslab's declarations of earlier cells
 */
export function spellOutShorthand(typescript: typeof ts, source: string, before: string): string {
  const file = typescript.createSourceFile("cell.ts", source, typescript.ScriptTarget.ES2022, true);
  const places: { readonly at: number; readonly name: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      typescript.isShorthandPropertyAssignment(node) &&
      new RegExp(`(?<![\\w$])${node.name.text.replaceAll("$", "\\$")}(?![\\w$])`).test(before)
    ) {
      places.push({ at: node.name.end, name: node.name.text });
    }
    typescript.forEachChild(node, visit);
  };
  visit(file);
  return places.reduceRight((text, { at, name }) => `${text.slice(0, at)}: ${name}${text.slice(at)}`, source);
}
