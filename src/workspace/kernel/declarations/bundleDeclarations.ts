import type ts from "typescript";

/**
 * Many declaration files as the text of one: modules become `declare module "NAME" { … }`, scripts stay as they are.
 * A compiler reads the one in a fraction of the time, because its work per file and per import is gone. Positions
 * of comments before declarations stay meaningful; nothing is left out but references to other files.
 *
 * @param options.files    in the order in which a program holds them
 * @param options.nameOf   what a module is called that lies at this path
 * @param options.resolve  path that a specifier in a file leads to, or null
 * @param options.keeps    which statements go in (default all)
 */
export function bundleDeclarations({
  typescript,
  files,
  nameOf,
  resolve,
  keeps = () => true,
}: {
  readonly typescript: typeof ts;
  readonly files: readonly ts.SourceFile[];
  readonly nameOf: (path: string) => string;
  readonly resolve: (specifier: string, file: ts.SourceFile) => string | null;
  readonly keeps?: (statement: ts.Statement) => boolean;
}): string {
  const inside = new Set(files.map(({ fileName }) => fileName));
  const rename = (specifier: string, file: ts.SourceFile): string => {
    const path = resolve(specifier, file);
    return path !== null && inside.has(path) ? nameOf(path) : specifier;
  };
  return files
    .map((file) => {
      const { text, apart } = rewritten(typescript, file, (specifier) => rename(specifier, file), keeps);
      if (!typescript.isExternalModule(file)) return text;
      return [`declare module ${JSON.stringify(nameOf(file.fileName))} {`, text, "}", ...apart].join("\n");
    })
    .join("\n");
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** A file's text without references and with the new names of modules; what cannot stand in a module block, apart. */
function rewritten(
  typescript: typeof ts,
  file: ts.SourceFile,
  rename: (specifier: string) => string,
  keeps: (statement: ts.Statement) => boolean,
): { readonly text: string; readonly apart: readonly string[] } {
  const edits: Edit[] = [];
  const moved: { readonly from: number; readonly to: number }[] = [];
  const isModule = typescript.isExternalModule(file);
  const literal = (node: ts.Node | undefined): void => {
    if (node === undefined || !typescript.isStringLiteral(node)) return;
    const name = rename(node.text);
    if (name !== node.text) edits.push({ from: node.getStart(file), to: node.end, by: JSON.stringify(name) });
  };
  const visit = (node: ts.Node): void => {
    if (typescript.isImportDeclaration(node) || typescript.isExportDeclaration(node)) literal(node.moduleSpecifier);
    else if (typescript.isExternalModuleReference(node)) literal(node.expression);
    else if (typescript.isImportTypeNode(node) && typescript.isLiteralTypeNode(node.argument))
      literal(node.argument.literal);
    else if (isModule && node.parent === file && typescript.isModuleDeclaration(node)) {
      literal(node.name);
      // A module that adds to another one cannot do so from within a block.
      if (typescript.isStringLiteral(node.name)) moved.push({ from: node.getStart(file), to: node.end });
    } else if (typescript.isNamespaceExportDeclaration(node))
      edits.push({ from: node.getStart(file), to: node.end, by: "" });
    typescript.forEachChild(node, visit);
  };
  for (const statement of file.statements)
    if (keeps(statement)) visit(statement);
    else edits.push({ from: statement.pos, to: statement.end, by: "" });
  const within = (from: number, to: number): string =>
    edits
      .filter((one) => one.from >= from && one.to <= to)
      .sort((one, other) => other.from - one.from)
      .reduce(
        (text, one) => text.slice(0, one.from - from) + one.by + text.slice(one.to - from),
        file.text.slice(from, to),
      );
  const pieces = [0, ...moved.flatMap(({ from, to }) => [from, to]), file.text.length];
  const kept = pieces.flatMap((from, at) => (at % 2 === 0 ? [within(from, pieces[at + 1])] : []));
  return {
    text: kept
      .join("")
      .replace(/^\uFEFF/, "")
      .replace(/^\s*\/\/\/\s*<reference\b.*$/gm, ""),
    apart: moved.map(({ from, to }) => within(from, to)),
  };
}
