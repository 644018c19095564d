import type ts from "typescript";

/** Internal to the compiler, but it is pinned. */
interface WithDocumentation {
  jsDoc?: ts.JSDoc[];
}
type Internals = typeof ts & {
  parseIsolatedJSDocComment(text: string, start: number, length: number): { readonly jsDoc: ts.JSDoc } | undefined;
};

/**
 * Reads the comments of what is named at a position, which the compiler then shows in a tooltip. It skipped them as it
 * parsed the file: they are most of the text, and few are ever looked at.
 */
export function parseDocumentation(typescript: typeof ts, service: ts.LanguageService, file: string, at: number): void {
  const program = service.getProgram();
  for (const { fileName, textSpan } of service.getDefinitionAtPosition(file, at) ?? []) {
    const source = program?.getSourceFile(fileName);
    if (source === undefined) continue;
    const around = nodesAround(typescript, source, textSpan.start);
    // A comment belongs to the outermost of the nodes that begin behind it.
    for (const node of around.filter(({ pos }, index) => pos !== around[index - 1]?.pos))
      attach(typescript, source, node);
  }
}

/** From the file's statement down to the name. */
function nodesAround(typescript: typeof ts, source: ts.SourceFile, position: number): readonly ts.Node[] {
  const around: ts.Node[] = [];
  for (let node: ts.Node | undefined = source; node !== undefined;) {
    node = typescript.forEachChild(node, (child) =>
      child.pos <= position && position < child.end ? child : undefined,
    );
    if (node !== undefined) around.push(node);
  }
  return around;
}

function attach(typescript: typeof ts, source: ts.SourceFile, node: ts.Node & WithDocumentation): void {
  if (node.jsDoc !== undefined) return;
  const comments = (typescript.getLeadingCommentRanges(source.text, node.pos) ?? []).filter(({ pos, end }) =>
    /^\/\*\*(?!\/)/.test(source.text.slice(pos, end)),
  );
  const parsed = comments.flatMap(({ pos, end }) => {
    const found = (typescript as Internals).parseIsolatedJSDocComment(source.text, pos, end - pos);
    return found === undefined ? [] : [Object.assign(found.jsDoc, { parent: node })];
  });
  if (parsed.length > 0) node.jsDoc = parsed;
}
