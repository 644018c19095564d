import type ts from "typescript";

/**
 * Statements of declaration files that the exports of one of them depend on, directly or not: what only other files
 * need can be left out without a change of any type. Exports that name what is left out may stay.
 *
 * A script's blocks `declare module "NAME" { … }` count as files of their own: their statements are reached one by one.
 *
 * @param options.entry    the file whose exports are wanted; null: only what files declare for all others
 * @param options.inside   files to look into; what others declare is theirs
 * @param options.ignores  what is not followed, and means nothing where what it names is missing (default nothing)
 */
export function reachableStatements({
  typescript,
  program,
  entry,
  inside,
  ignores = () => false,
}: {
  readonly typescript: typeof ts;
  readonly program: ts.Program;
  readonly entry: ts.SourceFile | null;
  readonly inside: readonly ts.SourceFile[];
  readonly ignores?: (node: ts.Node) => boolean;
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
    const block = statement.parent;
    if (typescript.isModuleBlock(block) && !canBeSplit(typescript, block.statements))
      block.statements.forEach(reachStatement);
  };
  const reachSymbol = (symbol: ts.Symbol | undefined): void => {
    if (symbol === undefined || seen.has(symbol)) return;
    seen.add(symbol);
    for (const declaration of symbol.declarations ?? []) {
      if (!files.has(declaration.getSourceFile())) continue;
      // A module as a value may be asked for anything.
      if (typescript.isSourceFile(declaration) || isModuleOfScript(typescript, declaration))
        for (const one of checker.getExportsOfModule(symbol)) reachSymbol(one);
      else reachStatement(statementAround(typescript, declaration));
    }
    if ((symbol.flags & typescript.SymbolFlags.Alias) !== 0) reachSymbol(checker.getAliasedSymbol(symbol));
  };
  const visit = (node: ts.Node): void => {
    if (ignores(node)) return;
    if (typescript.isIdentifier(node)) reachSymbol(checker.getSymbolAtLocation(node));
    if (
      typescript.isImportTypeNode(node) &&
      typescript.isLiteralTypeNode(node.argument) &&
      node.qualifier === undefined
    )
      reachSymbol(checker.getSymbolAtLocation(node.argument.literal));
    typescript.forEachChild(node, visit);
  };

  if (entry !== null) reachSymbol(checker.getSymbolAtLocation(entry));
  for (const file of inside)
    for (const statement of file.statements)
      for (const one of isModuleOfScript(typescript, statement)
        ? statementsOfModule(typescript, statement)
        : [statement])
        if (isForAll(typescript, file, one)) reachStatement(one);
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop())
    // Names in an import or export are followed when something uses them.
    if (!isImport(typescript, statement) && !typescript.isExportDeclaration(statement)) visit(statement);
  for (const file of inside)
    for (const statement of file.statements) if (typescript.isExportDeclaration(statement)) reached.add(statement);
  return reached;
}

/** Whether a node is `declare module "NAME" { … }` that makes a module, and does not add to one. */
export function isModuleOfScript(typescript: typeof ts, node: ts.Node): node is ts.ModuleDeclaration {
  return (
    typescript.isModuleDeclaration(node) &&
    typescript.isStringLiteral(node.name) &&
    typescript.isSourceFile(node.parent) &&
    !typescript.isExternalModule(node.parent)
  );
}

export function statementsOfModule(typescript: typeof ts, { body }: ts.ModuleDeclaration): readonly ts.Statement[] {
  return body !== undefined && typescript.isModuleBlock(body) ? body.statements : [];
}

/** Whether a statement brings names in or takes them out. */
export function isLink(typescript: typeof ts, statement: ts.Statement): boolean {
  return (
    isImport(typescript, statement) ||
    typescript.isExportDeclaration(statement) ||
    typescript.isExportAssignment(statement)
  );
}

export function isImport(typescript: typeof ts, statement: ts.Statement): boolean {
  return (
    typescript.isImportDeclaration(statement) ||
    (typescript.isImportEqualsDeclaration(statement) && typescript.isExternalModuleReference(statement.moduleReference))
  );
}

/** Whether a module exports by word, and what else it declares is seen by its own block only. */
export function hasPrivate(typescript: typeof ts, statements: readonly ts.Statement[]): boolean {
  return statements.some(typescript.isExportDeclaration);
}

/** What other blocks of the same module do not see: a type, which each of them may have a copy of. */
export function isPrivateType(
  typescript: typeof ts,
  statement: ts.Statement,
): statement is ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  return (
    (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement)) &&
    !isExported(typescript, statement)
  );
}

/** Whether a module can stand in two blocks: they see of each other what is exported where it is declared. */
export function canBeSplit(typescript: typeof ts, statements: readonly ts.Statement[]): boolean {
  if (statements.some(typescript.isExportAssignment)) return false;
  const byWord = new Set(
    statements
      .filter(typescript.isExportDeclaration)
      .flatMap(({ exportClause }) =>
        exportClause !== undefined && typescript.isNamedExports(exportClause)
          ? exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
          : [],
      ),
  );
  // Without a word of export all is exported.
  return (
    !hasPrivate(typescript, statements) ||
    statements.every(
      (one) =>
        isLink(typescript, one) ||
        isGlobal(typescript, one) ||
        isExported(typescript, one) ||
        (isPrivateType(typescript, one) && !byWord.has(one.name.text)),
    )
  );
}

function isExported(typescript: typeof ts, statement: ts.Statement): boolean {
  const modifiers = typescript.canHaveModifiers(statement) ? typescript.getModifiers(statement) : undefined;
  return (modifiers ?? []).some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword);
}

function statementAround(typescript: typeof ts, declaration: ts.Node): ts.Statement {
  let node = declaration;
  while (!typescript.isSourceFile(node.parent) && !isModuleOfScript(typescript, node.parent.parent)) node = node.parent;
  return node as ts.Statement;
}

function isGlobal(typescript: typeof ts, statement: ts.Statement): boolean {
  return typescript.isModuleDeclaration(statement) && statement.name.text === "global";
}

/** What a file declares for all others, and what has no name to be found by. */
function isForAll(typescript: typeof ts, file: ts.SourceFile, statement: ts.Statement): boolean {
  if (statement.parent !== file) return isGlobal(typescript, statement);
  const isOfOther =
    typescript.isModuleDeclaration(statement) &&
    (typescript.isStringLiteral(statement.name) || isGlobal(typescript, statement));
  return isOfOther || typescript.isExportAssignment(statement) || !typescript.isExternalModule(file);
}
