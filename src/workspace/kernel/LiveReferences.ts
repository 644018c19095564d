import type ts from "typescript";
import { isDeclared, listKind } from "./cellNames.js";

type Typescript = typeof ts;

/** Which identifiers of a cell stand for names of its top level that another cell could see or change. */
export class LiveReferences {
  readonly #ts: Typescript;
  readonly #checker: ts.TypeChecker;
  readonly #locals: ReadonlyMap<ts.__String, ts.Symbol>;

  /** @param file  the cell, checked */
  constructor(typescript: Typescript, checker: ts.TypeChecker, file: ts.SourceFile) {
    this.#ts = typescript;
    this.#checker = checker;
    // Internal to the compiler, but it is pinned.
    this.#locals = (file as ts.SourceFile & { readonly locals: ReadonlyMap<ts.__String, ts.Symbol> }).locals;
  }

  /** Whether an identifier reads or writes a variable, and one that another cell could see or change. */
  isLive(node: ts.Identifier): boolean {
    const symbol = this.#symbolOf(node);
    return symbol !== null && this.#isLiveSymbol(node, symbol);
  }

  #isExpression(node: ts.Identifier): boolean {
    const { parent } = node;
    const t = this.#ts;
    if (t.isPropertyAccessExpression(parent)) return parent.expression === node;
    if (t.isBindingElement(parent) || t.isVariableDeclaration(parent) || t.isParameter(parent))
      return parent.initializer === node;
    if (t.isPropertyAssignment(parent) || t.isPropertyDeclaration(parent) || t.isEnumMember(parent))
      return parent.initializer === node;
    if (t.isLabeledStatement(parent) || t.isBreakOrContinueStatement(parent) || t.isMetaProperty(parent)) return false;
    if (t.isShorthandPropertyAssignment(parent)) return parent.objectAssignmentInitializer === node;
    if (t.isQualifiedName(parent) || t.isImportSpecifier(parent) || t.isExportSpecifier(parent)) return false;
    // Names of functions, classes, methods, enums, namespaces, type parameters.
    return !((parent as { readonly name?: ts.Node }).name === node);
  }

  /** Whether an identifier stands for a top-level variable that may be assigned, in whichever cell it is declared. */
  isVariable(node: ts.Identifier): boolean {
    const declaration = this.#symbolOf(node)?.valueDeclaration;
    const list = declaration === undefined ? undefined : this.#variableOf(declaration)?.parent;
    return list !== undefined && this.#ts.isVariableDeclarationList(list) && listKind(this.#ts, list) !== "const";
  }

  /** The function around a place, or what runs like one: an initializer of a class's field, a static block. */
  functionAround(node: ts.Node): ts.Node | undefined {
    return this.#ts.findAncestor(
      node.parent,
      (one) =>
        this.#ts.isFunctionLike(one) ||
        this.#ts.isPropertyDeclaration(one) ||
        this.#ts.isClassStaticBlockDeclaration(one),
    );
  }

  /** What an identifier that is read or written stands for, if that is a name of the cell's top level. */
  #symbolOf(node: ts.Identifier): ts.Symbol | null {
    // Made by a transformation, it stands for nothing that the author wrote.
    if (node.parent === undefined) return null;
    const isShorthand = this.#ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node;
    if (!isShorthand && !this.#isExpression(node)) return null;
    const symbol = isShorthand
      ? this.#checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.#checker.getSymbolAtLocation(node);
    return symbol !== undefined && this.#locals.get(node.escapedText) === symbol ? symbol : null;
  }

  #isLiveSymbol(node: ts.Identifier, symbol: ts.Symbol): boolean {
    const { SymbolFlags } = this.#ts;
    // TypeScript writes the number in place of a member of a const enum.
    if ((symbol.flags & SymbolFlags.ConstEnum) !== 0) return false;
    const declarations = symbol.declarations ?? [];
    for (let around: ts.Node | undefined = node.parent; around !== undefined; around = around.parent) {
      // A class, an enum or a namespace knows its own name inside.
      if (
        !this.#ts.isFunctionLike(around) &&
        !this.#ts.isVariableDeclaration(around) &&
        declarations.includes(around as ts.Declaration)
      )
        return false;
    }
    if (this.functionAround(node) !== undefined) return true;
    // In a pattern, the names before are there already, though not handed over.
    const pattern = declarations.map((one) => this.#variableOf(one)).find((one) => one !== undefined);
    if (pattern !== undefined && this.#ts.findAncestor(node, (one) => one === pattern) !== undefined) return false;
    return !declarations.some((one) => this.#isFixedHere(one));
  }

  #variableOf(declaration: ts.Node): ts.Node | undefined {
    return this.#ts.isBindingElement(declaration) || this.#ts.isVariableDeclaration(declaration)
      ? this.#ts.findAncestor(declaration, (one) => this.#ts.isVariableDeclaration(one))
      : undefined;
  }

  /** Declared in this cell, and nothing but another cell could declare it anew. */
  #isFixedHere(declaration: ts.Node): boolean {
    const t = this.#ts;
    if (t.isFunctionDeclaration(declaration) || t.isClassDeclaration(declaration) || t.isEnumDeclaration(declaration))
      return true;
    if (t.isModuleDeclaration(declaration)) return true;
    const variable = this.#variableOf(declaration);
    if (variable === undefined) return false;
    const list = variable.parent;
    if (!t.isVariableDeclarationList(list) || listKind(t, list) !== "const") return false;
    return t.isVariableStatement(list.parent) && !isDeclared(t, list.parent);
  }
}
