import type ts from "typescript";

/** How a cell declares a name at its top level. */
export type DeclarationKind = "let" | "var" | "const" | "function" | "class" | "enum" | "namespace" | "import" | "type";

/** A name that a cell declares at its top level. One name may be several things: a value and a type. */
export interface CellName {
  readonly name: string;
  /** The last way in which it is declared; "type" if it names nothing but a type. */
  readonly kind: DeclarationKind;
  readonly isValue: boolean;
  readonly isType: boolean;
  /** Whether it is a type with parameters. */
  readonly isGeneric: boolean;
  /** Whether the cell says that it is there already: `declare const name: string`. */
  readonly isAmbient: boolean;
}

/** The names that a cell declares at its top level, in order, with every `var` of its blocks and loops. */
export function cellNames(typescript: typeof ts, file: ts.SourceFile): CellName[] {
  const found = new Map<string, CellName>();
  let isAmbient = false;
  const add = (
    name: string,
    kind: DeclarationKind,
    is: { readonly isValue: boolean; readonly isType: boolean; readonly isGeneric?: boolean },
  ): void => {
    const before = found.get(name);
    found.set(name, {
      name,
      kind: is.isValue || before === undefined ? kind : before.kind,
      isValue: is.isValue || before?.isValue === true,
      isType: is.isType || before?.isType === true,
      isGeneric: is.isGeneric === true || before?.isGeneric === true,
      isAmbient: isAmbient && before?.isAmbient !== false,
    });
  };
  const addPattern = (name: ts.BindingName, kind: DeclarationKind): void => {
    if (typescript.isIdentifier(name)) return add(name.text, kind, { isValue: true, isType: false });
    for (const element of name.elements) if (typescript.isBindingElement(element)) addPattern(element.name, kind);
  };
  for (const statement of file.statements) {
    isAmbient = isDeclared(typescript, statement);
    if (typescript.isVariableStatement(statement)) {
      const kind = listKind(typescript, statement.declarationList);
      for (const { name } of statement.declarationList.declarations) addPattern(name, kind);
    } else if (typescript.isFunctionDeclaration(statement)) {
      if (statement.name !== undefined) add(statement.name.text, "function", { isValue: true, isType: false });
    } else if (typescript.isClassDeclaration(statement)) {
      if (statement.name !== undefined) add(statement.name.text, "class", { isValue: true, isType: true });
    } else if (typescript.isEnumDeclaration(statement)) {
      add(statement.name.text, "enum", { isValue: true, isType: true });
    } else if (typescript.isModuleDeclaration(statement) && typescript.isIdentifier(statement.name)) {
      // Not `declare global`, which declares nothing here.
      if ((statement.flags & typescript.NodeFlags.GlobalAugmentation) === 0)
        add(statement.name.text, "namespace", { isValue: hasValues(typescript, statement), isType: true });
    } else if (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement)) {
      const isGeneric = statement.typeParameters !== undefined;
      add(statement.name.text, "type", { isValue: false, isType: true, isGeneric });
    } else if (typescript.isImportDeclaration(statement)) {
      for (const { name } of importedNames(typescript, statement))
        add(name.text, "import", { isValue: true, isType: true });
    } else if (typescript.isImportEqualsDeclaration(statement)) {
      add(statement.name.text, "const", { isValue: true, isType: true });
    } else {
      for (const list of innerVars(typescript, statement))
        for (const { name } of list.declarations) addPattern(name, "var");
    }
  }
  return [...found.values()];
}

/** Whether a statement begins with `declare`: what it names is there without it. */
export function isDeclared(typescript: typeof ts, statement: ts.Statement): boolean {
  if (!typescript.canHaveModifiers(statement)) return false;
  return typescript.getModifiers(statement)?.some(({ kind }) => kind === typescript.SyntaxKind.DeclareKeyword) === true;
}

/** Whether anything in a namespace runs: one of types alone leaves no trace. */
function hasValues(typescript: typeof ts, { body }: ts.ModuleDeclaration): boolean {
  const t = typescript;
  if (body === undefined) return false;
  if (t.isModuleDeclaration(body)) return hasValues(t, body);
  if (!t.isModuleBlock(body)) return true;
  return body.statements.some((one) =>
    t.isModuleDeclaration(one) ? hasValues(t, one) : !t.isInterfaceDeclaration(one) && !t.isTypeAliasDeclaration(one),
  );
}

/** A name that an import declaration binds, and which export it stands for ("*" for the whole module). */
export interface ImportedName {
  readonly name: ts.Identifier;
  readonly exported: string;
  readonly isTypeOnly: boolean;
}

export function importedNames(typescript: typeof ts, { importClause }: ts.ImportDeclaration): ImportedName[] {
  if (importClause === undefined) return [];
  const { name, namedBindings } = importClause;
  const isTypeOnly = importClause.phaseModifier === typescript.SyntaxKind.TypeKeyword;
  const names: ImportedName[] = name === undefined ? [] : [{ name, exported: "default", isTypeOnly }];
  if (namedBindings === undefined) return names;
  if (typescript.isNamespaceImport(namedBindings))
    return [...names, { name: namedBindings.name, exported: "*", isTypeOnly }];
  const named = namedBindings.elements.map((one) => ({
    name: one.name,
    exported: (one.propertyName ?? one.name).text,
    isTypeOnly: isTypeOnly || one.isTypeOnly,
  }));
  return [...names, ...named];
}

/** How a list of variables is declared; `using` counts as const. */
export function listKind(typescript: typeof ts, { flags }: ts.VariableDeclarationList): "let" | "var" | "const" {
  const { BlockScoped, Let } = typescript.NodeFlags;
  if ((flags & BlockScoped) === 0) return "var";
  return (flags & BlockScoped) === (Let as number) ? "let" : "const";
}

/** Lists of `var` inside a statement, outside of its functions: they belong to the whole cell. */
function innerVars(typescript: typeof ts, statement: ts.Statement): ts.VariableDeclarationList[] {
  const lists: ts.VariableDeclarationList[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isFunctionLike(node) || typescript.isClassLike(node) || typescript.isModuleDeclaration(node)) return;
    if (typescript.isVariableDeclarationList(node) && listKind(typescript, node) === "var") lists.push(node);
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return lists;
}
