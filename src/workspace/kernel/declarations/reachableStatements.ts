import type ts from "typescript";

/**
 * Statements of declaration files that the exports of one of them depend on, directly or not: what only other files
 * need can be left out without a change of any type. Exports that name what is left out may stay.
 *
 * @param options.entry   the file whose exports are wanted
 * @param options.inside  files to look into; what others declare is theirs
 */
export function reachableStatements({
  typescript,
  program,
  entry,
  inside,
}: {
  readonly typescript: typeof ts;
  readonly program: ts.Program;
  readonly entry: ts.SourceFile;
  readonly inside: readonly ts.SourceFile[];
}): ReadonlySet<ts.Statement> {
  const checker = program.getTypeChecker();
  const files = new Set(inside);
  const reached = new Set<ts.Statement>();
  const waiting: ts.Statement[] = [];
  const seen = new Set<ts.Symbol>();

  const reachStatement = (statement: ts.Statement): void => {
    if (reached.has(statement)) return;
    reached.add(statement);
    waiting.push(statement);
  };
  const reachSymbol = (symbol: ts.Symbol | undefined): void => {
    if (symbol === undefined || seen.has(symbol)) return;
    seen.add(symbol);
    for (const declaration of symbol.declarations ?? []) {
      if (!files.has(declaration.getSourceFile())) continue;
      // A module as a value may be asked for anything.
      if (typescript.isSourceFile(declaration)) for (const one of checker.getExportsOfModule(symbol)) reachSymbol(one);
      else reachStatement(statementAround(typescript, declaration));
    }
    if ((symbol.flags & typescript.SymbolFlags.Alias) !== 0) reachSymbol(checker.getAliasedSymbol(symbol));
  };
  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node)) reachSymbol(checker.getSymbolAtLocation(node));
    if (
      typescript.isImportTypeNode(node) &&
      typescript.isLiteralTypeNode(node.argument) &&
      node.qualifier === undefined
    )
      reachSymbol(checker.getSymbolAtLocation(node.argument.literal));
    typescript.forEachChild(node, visit);
  };

  reachSymbol(checker.getSymbolAtLocation(entry));
  for (const file of inside)
    for (const statement of file.statements) if (isForAll(typescript, file, statement)) reachStatement(statement);
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop())
    // Names in an import or export are followed when something uses them.
    if (!isLink(typescript, statement)) visit(statement);
  for (const file of inside)
    for (const statement of file.statements) if (typescript.isExportDeclaration(statement)) reached.add(statement);
  return reached;
}

function statementAround(typescript: typeof ts, declaration: ts.Node): ts.Statement {
  let node = declaration;
  while (!typescript.isSourceFile(node.parent)) node = node.parent;
  return node as ts.Statement;
}

function isLink(typescript: typeof ts, statement: ts.Statement): boolean {
  return typescript.isImportDeclaration(statement) || typescript.isExportDeclaration(statement);
}

/** What a file declares for all others, and what has no name to be found by. */
function isForAll(typescript: typeof ts, file: ts.SourceFile, statement: ts.Statement): boolean {
  const isOfOther =
    typescript.isModuleDeclaration(statement) &&
    (typescript.isStringLiteral(statement.name) || statement.name.text === "global");
  return isOfOther || typescript.isExportAssignment(statement) || !typescript.isExternalModule(file);
}
