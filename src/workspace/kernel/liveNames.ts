import type ts from "typescript";
import { importedNames, isDeclared, listKind } from "./cellNames.js";
import { kernelVariable } from "./CellKernel.js";
import type { CellKernel } from "./CellKernel.js";
import type { Binding } from "./CellScope.js";
import { LiveReferences } from "./LiveReferences.js";
import { loopOnCopies, storingNowAndThen } from "./loopOnCopies.js";
import { loopVariables } from "./loopVariables.js";
import type { LoopVariables } from "./loopVariables.js";
import { kernelMark, mark } from "./marks.js";

type Typescript = typeof ts;

const caughtError = `${kernelMark}caught`;

/** What the code of a cell needs besides itself. */
export interface LiveNames {
  /** Names whose bindings the code mentions. */
  readonly mentioned: Set<string>;
  /** Names that its functions mention. */
  readonly seen: Set<string>;
  /** Names that the cell's own imports bind, to be linked before it runs. */
  readonly imports: CellImport[];
}

/** A module that a cell imports, and the names it binds. */
export interface CellImport {
  readonly specifier: string;
  /** The value of its `with { type: ... }`, or null. */
  readonly type: string | null;
  readonly names: readonly { readonly name: string; readonly exported: string }[];
}

/**
 * The transformation that makes the top-level names of cells live: wherever a name could be seen or changed by
 * another cell it becomes `ǃname.v`, the one binding that all cells share (CellScope), and each declaration hands
 * its value over (`ǃname.i = name`) as soon as it is reached. The cell's own functions, classes and constants stay
 * as they are in its top-level code, where nothing can change them while the cell runs.
 *
 * Imports and exports are taken out; `import()` and `import.meta` go to the kernel (`ǂ`), and the value of a last
 * expression to `ǂ.result`.
 *
 * A loop of plain arithmetic works on copies of its variables (loopVariables).
 *
 * @param program       with the cell in it, checked
 * @param options.end   where the author's text ends; what stands behind are the kernel's declarations
 * @param options.seen  names that functions of earlier cells mention
 */
export function liveNames(
  typescript: Typescript,
  program: ts.Program,
  { end, seen }: { readonly end: number; readonly seen: ReadonlySet<string> },
): { readonly transformer: ts.TransformerFactory<ts.SourceFile>; readonly found: LiveNames } {
  const found: LiveNames = { mentioned: new Set(), seen: new Set(seen), imports: [] };
  return {
    found,
    transformer: (context) => (file) =>
      new Rewriting(typescript, program.getTypeChecker(), context, file, found).run(end),
  };
}

class Rewriting {
  readonly #ts: Typescript;
  readonly #checker: ts.TypeChecker;
  readonly #context: ts.TransformationContext;
  readonly #factory: ts.NodeFactory;
  readonly #file: ts.SourceFile;
  readonly #references: LiveReferences;
  readonly #found: LiveNames;
  /** Of the loop that is being rewritten, if it works on copies. */
  #copies: LoopVariables | null = null;

  constructor(
    typescript: Typescript,
    checker: ts.TypeChecker,
    context: ts.TransformationContext,
    file: ts.SourceFile,
    found: LiveNames,
  ) {
    this.#ts = typescript;
    this.#checker = checker;
    this.#context = context;
    this.#factory = context.factory;
    this.#file = file;
    this.#references = new LiveReferences(typescript, checker, file);
    this.#found = found;
  }

  run(end: number): ts.SourceFile {
    const own = this.#file.statements.filter(
      (statement) => statement.pos < end && statement.getStart(this.#file) < end,
    );
    for (const statement of own) this.#findSeen(statement);
    const hoisted = own.flatMap((statement) =>
      this.#ts.isFunctionDeclaration(statement) && statement.name !== undefined && statement.body !== undefined
        ? [this.#handOver(statement.name)]
        : [],
    );
    const last = own.at(-1);
    const body = own.flatMap((statement) => this.#topLevel(statement, statement === last));
    return this.#factory.updateSourceFile(this.#file, [...hoisted, ...body]);
  }

  #findSeen(node: ts.Node): void {
    if (
      this.#ts.isIdentifier(node) &&
      this.#references.functionAround(node) !== undefined &&
      this.#references.isVariable(node)
    )
      this.#found.seen.add(node.text);
    this.#ts.forEachChild(node, (child) => this.#findSeen(child));
  }

  #topLevel(statement: ts.Statement, isLast: boolean): ts.Statement[] {
    const { isImportDeclaration, isExportDeclaration, isImportEqualsDeclaration } = this.#ts;
    if (isImportDeclaration(statement)) return this.#takeImport(statement);
    if (isExportDeclaration(statement)) return this.#takeReexport(statement);
    if (isImportEqualsDeclaration(statement)) return this.#importAlias(statement);
    const written = this.#visitStatement(statement);
    if (isLast && this.#ts.isExpressionStatement(statement)) {
      const [only] = written as [ts.ExpressionStatement];
      return [this.#assign(this.#ofKernel("result"), only.expression, statement)];
    }
    return [...written, ...this.#declared(statement)];
  }

  /** What a class, an enum or a namespace hands over once it stands. */
  #declared(statement: ts.Statement): ts.Statement[] {
    const { isClassDeclaration, isEnumDeclaration, isModuleDeclaration, isIdentifier, SymbolFlags } = this.#ts;
    if (!isClassDeclaration(statement) && !isEnumDeclaration(statement) && !isModuleDeclaration(statement)) return [];
    const { name } = statement;
    if (name === undefined || !isIdentifier(name) || isDeclared(this.#ts, statement)) return [];
    const symbol = this.#checker.getSymbolAtLocation(name);
    // A namespace of types alone leaves no trace at run time.
    if (isModuleDeclaration(statement) && ((symbol?.flags ?? 0) & SymbolFlags.ValueModule) === 0) return [];
    return [this.#handOver(name)];
  }

  #takeImport(statement: ts.ImportDeclaration): [] {
    const names = importedNames(this.#ts, statement)
      .filter(({ name, isTypeOnly }) => !isTypeOnly && this.#isValue(name))
      .map(({ name, exported }) => ({ name: name.text, exported }));
    // As TypeScript does, a module of which nothing but types is imported is not loaded.
    if (statement.importClause === undefined || names.length > 0) this.#load(statement, names);
    return [];
  }

  /** `export { a } from "m"` and `export * from "m"` mean for a cell that the module is loaded. */
  #takeReexport(statement: ts.ExportDeclaration): [] {
    if (statement.moduleSpecifier !== undefined && !statement.isTypeOnly) this.#load(statement, []);
    return [];
  }

  #load(
    { moduleSpecifier, attributes }: ts.ImportDeclaration | ts.ExportDeclaration,
    names: CellImport["names"],
  ): void {
    const { text: specifier } = moduleSpecifier as ts.StringLiteral;
    const type = attributes?.elements.find(({ name }) => name.text === "type")?.value as ts.StringLiteral | undefined;
    this.#found.imports.push({ specifier, type: type?.text ?? null, names });
  }

  #isValue(name: ts.Identifier): boolean {
    const symbol = this.#checker.getSymbolAtLocation(name);
    if (symbol === undefined) return true;
    const { Alias, Value } = this.#ts.SymbolFlags;
    const target = (symbol.flags & Alias) === 0 ? symbol : this.#checker.getAliasedSymbol(symbol);
    const isUnknown = target.escapedName.toString() === "unknown";
    // The unknown symbol of a module without types is a value.
    return isUnknown || (target.flags & Value) !== 0;
  }

  /** `import short = Long.Name;` */
  #importAlias(statement: ts.ImportEqualsDeclaration): ts.Statement[] {
    const { name, moduleReference } = statement;
    if (this.#ts.isExternalModuleReference(moduleReference) || statement.isTypeOnly || !this.#isValue(name)) return [];
    const path = (entity: ts.EntityName): ts.Expression =>
      this.#ts.isIdentifier(entity)
        ? this.#mention(entity)
        : this.#factory.createPropertyAccessExpression(path(entity.left), entity.right.text);
    const declaration = this.#factory.createVariableDeclaration(name.text, undefined, undefined, path(moduleReference));
    const list = this.#factory.createVariableDeclarationList([declaration], this.#ts.NodeFlags.Const);
    return [this.#factory.createVariableStatement(undefined, list), this.#handOver(name)];
  }

  /** One statement per variable, each followed by the handing over of its names. */
  #visitStatement(statement: ts.Statement): ts.Statement[] {
    if (this.#ts.isVariableStatement(statement) && !isDeclared(this.#ts, statement)) return this.#variables(statement);
    return [this.#ts.visitNode(statement, this.#visit) as ts.Statement];
  }

  #variables(statement: ts.VariableStatement): ts.Statement[] {
    const { declarations, flags } = statement.declarationList;
    return declarations.flatMap((declaration) => {
      const visited = this.#ts.visitNode(declaration, this.#visit) as ts.VariableDeclaration;
      const list = this.#factory.createVariableDeclarationList([visited], flags & this.#ts.NodeFlags.BlockScoped);
      const one = this.#ts.setTextRange(this.#factory.createVariableStatement(undefined, list), statement);
      // `var x;` leaves the value that x has.
      const isBare = listKind(this.#ts, statement.declarationList) === "var" && declaration.initializer === undefined;
      return [one, ...(isBare ? [] : this.#names(declaration.name).map((name) => this.#handOver(name)))];
    });
  }

  #names(name: ts.BindingName): ts.Identifier[] {
    if (this.#ts.isIdentifier(name)) return [name];
    return name.elements.flatMap((one) => (this.#ts.isBindingElement(one) ? this.#names(one.name) : []));
  }

  readonly #visit = (node: ts.Node): ts.VisitResult<ts.Node | undefined> => {
    const { isTypeNode, isExpressionWithTypeArguments } = this.#ts;
    // What TypeScript takes out names nothing that runs.
    if (isTypeNode(node) && !isExpressionWithTypeArguments(node)) return node;
    if (this.#ts.isInterfaceDeclaration(node) || this.#ts.isTypeAliasDeclaration(node)) return node;
    if (this.#ts.isHeritageClause(node) && node.token === this.#ts.SyntaxKind.ImplementsKeyword) return node;
    if (this.#ts.isStatement(node) && isDeclared(this.#ts, node)) return node;
    const onCopies = this.#ts.isStatement(node) ? this.#loopOnCopies(node) : null;
    if (onCopies !== null) return onCopies;
    if (this.#ts.isIdentifier(node)) return this.#isLive(node) ? this.#mention(node) : node;
    if (this.#ts.isShorthandPropertyAssignment(node)) return this.#shorthand(node);
    if (this.#ts.isCallExpression(node)) return this.#call(node);
    if (this.#ts.isBinaryExpression(node)) return this.#named(node);
    if (this.#ts.isCatchClause(node)) return this.#catch(node);
    if (this.#ts.isTaggedTemplateExpression(node)) {
      const visited = this.#ts.visitEachChild(node, this.#visit, this.#context);
      return this.#factory.updateTaggedTemplateExpression(
        visited,
        this.#withoutReceiver(node.tag, visited.tag),
        undefined,
        visited.template,
      );
    }
    if (this.#ts.isMetaProperty(node) && node.keywordToken === this.#ts.SyntaxKind.ImportKeyword)
      return this.#ofKernel("meta");
    if (this.#ts.isVariableStatement(node) && this.#isCellVar(node.declarationList)) return this.#variables(node);
    if (this.#ts.isForStatement(node) || this.#ts.isForInStatement(node) || this.#ts.isForOfStatement(node))
      return this.#loop(node);
    return this.#ts.visitEachChild(node, this.#visit, this.#context);
  };

  /** A `var` in a block, outside of functions, belongs to the whole cell. */
  #isCellVar(list: ts.VariableDeclarationList): boolean {
    return listKind(this.#ts, list) === "var" && this.#references.functionAround(list) === undefined;
  }

  /** `catch (error) { ǂ.cite(error); ... }` */
  #catch(node: ts.CatchClause): ts.CatchClause {
    const visited = this.#ts.visitEachChild(node, this.#visit, this.#context);
    const variable = visited.variableDeclaration;
    if (variable === undefined) return visited;
    const isName = this.#ts.isIdentifier(variable.name);
    const name = isName ? variable.name.text : caughtError;
    const caught = (): ts.Identifier => this.#factory.createIdentifier(name);
    const cite = this.#factory.createCallExpression(this.#ofKernel("cite"), undefined, [caught()]);
    const parts = this.#factory.createVariableDeclaration(variable.name, undefined, undefined, caught());
    const list = this.#factory.createVariableDeclarationList([parts], this.#ts.NodeFlags.Let);
    const block = this.#factory.createBlock(
      [
        this.#factory.createExpressionStatement(cite),
        ...(isName ? [] : [this.#factory.createVariableStatement(undefined, list)]),
        ...visited.block.statements,
      ],
      true,
    );
    return this.#factory.updateCatchClause(
      visited,
      isName ? variable : this.#factory.createVariableDeclaration(name),
      block,
    );
  }

  #loop(node: ts.ForStatement | ts.ForInStatement | ts.ForOfStatement): ts.Node {
    const { initializer } = node;
    const visited = this.#ts.visitEachChild(node, this.#visit, this.#context);
    if (initializer === undefined || !this.#ts.isVariableDeclarationList(initializer) || !this.#isCellVar(initializer))
      return visited;
    const names = initializer.declarations.flatMap(({ name }) => this.#names(name));
    const handOver = names.map((name) => this.#handOver(name));
    if (!this.#ts.isForStatement(visited)) {
      const body = this.#factory.createBlock([...handOver, visited.statement], true);
      if (this.#ts.isForInStatement(visited))
        return this.#factory.updateForInStatement(visited, visited.initializer, visited.expression, body);
      const { awaitModifier, expression } = visited;
      return this.#factory.updateForOfStatement(visited, awaitModifier, visited.initializer, expression, body);
    }
    // `for (var i = 0, n = i; ...)`: each is handed over before the next is computed.
    const declarations = (visited.initializer as ts.VariableDeclarationList).declarations.flatMap((one, at) => [
      one,
      ...(initializer.declarations[at].initializer === undefined
        ? []
        : this.#names(initializer.declarations[at].name).map((name) =>
            this.#factory.createVariableDeclaration(
              `${kernelMark}handed`,
              undefined,
              undefined,
              this.#factory.createAssignment(this.#binding(name.text, "i"), this.#factory.createIdentifier(name.text)),
            ),
          )),
    ]);
    return this.#factory.updateForStatement(
      visited,
      this.#factory.createVariableDeclarationList(declarations),
      visited.condition,
      visited.incrementor,
      visited.statement,
    );
  }

  /** A loop of plain arithmetic, which works on copies of its variables; null for any other. */
  #loopOnCopies(node: ts.Statement): ts.Statement | null {
    if (this.#copies !== null) return this.#isBodyOfLoop(node) ? this.#storingNowAndThen(node, this.#copies) : null;
    let loop = node;
    while (this.#ts.isLabeledStatement(loop)) loop = loop.statement;
    if (!this.#ts.isIterationStatement(loop, false) || this.#references.functionAround(node) !== undefined) return null;
    const variables = loopVariables(this.#ts, loop, {
      checker: this.#checker,
      isVariable: (name) => this.#references.isVariable(name),
      isSeen: (name) => this.#found.seen.has(name),
    });
    if (variables === null) return null;
    this.#copies = variables;
    const rewritten = this.#ts.visitEachChild(node, this.#visit, this.#context);
    this.#copies = null;
    const read = (name: string): ts.Expression => this.#binding(name, "v");
    return loopOnCopies(this.#ts, rewritten, { variables, read, stores: this.#stores(variables) });
  }

  #isBodyOfLoop(node: ts.Statement): boolean {
    return this.#ts.isIterationStatement(node.parent, false) && node.parent.statement === node;
  }

  #storingNowAndThen(body: ts.Statement, variables: LoopVariables): ts.Statement {
    const rewritten = this.#ts.visitEachChild(body, this.#visit, this.#context);
    return storingNowAndThen(this.#ts, rewritten, this.#stores(variables));
  }

  #stores({ assigned }: LoopVariables): ts.Statement[] {
    return [...assigned].map((name) => this.#assign(this.#binding(name, "v"), this.#factory.createIdentifier(name)));
  }

  #shorthand(node: ts.ShorthandPropertyAssignment): ts.Node {
    const value = this.#isLive(node.name) ? this.#mention(node.name) : node.name;
    const fallback = node.objectAssignmentInitializer;
    if (value === node.name && fallback === undefined) return node;
    const { text } = node.name;
    const given =
      fallback === undefined ? value : this.#factory.createAssignment(value, this.#withName(text, fallback));
    // `{ __proto__: value }` would set the prototype, which `{ __proto__ }` does not.
    const key = this.#factory.createStringLiteral(text);
    const property =
      text === "__proto__" ? this.#factory.createComputedPropertyName(key) : this.#factory.createIdentifier(text);
    return this.#ts.setTextRange(this.#factory.createPropertyAssignment(property, given), node);
  }

  /** A function without a name that is assigned to a variable takes the variable's: `f = () => 1`. */
  #named(node: ts.BinaryExpression): ts.Node {
    const visited = this.#ts.visitEachChild(node, this.#visit, this.#context);
    const { EqualsToken, BarBarEqualsToken, AmpersandAmpersandEqualsToken, QuestionQuestionEqualsToken } =
      this.#ts.SyntaxKind;
    const isAssignment = [
      EqualsToken,
      BarBarEqualsToken,
      AmpersandAmpersandEqualsToken,
      QuestionQuestionEqualsToken,
    ].some((one) => one === node.operatorToken.kind);
    if (!isAssignment || !this.#ts.isIdentifier(node.left) || !this.#isLive(node.left)) return visited;
    const right = this.#withName(node.left.text, node.right, visited.right);
    return this.#factory.updateBinaryExpression(visited, visited.left, visited.operatorToken, right);
  }

  /** `{ f: () => 1 }.f` is named f, as `f = () => 1` is; another value stays as it is. */
  #withName(
    name: string,
    written: ts.Expression,
    visited = this.#ts.visitNode(written, this.#visit) as ts.Expression,
  ): ts.Expression {
    const t = this.#ts;
    const value = this.#inside(written);
    const isUnnamed =
      t.isArrowFunction(value) ||
      ((t.isFunctionExpression(value) || t.isClassExpression(value)) && value.name === undefined);
    if (!isUnnamed) return visited;
    const key = this.#factory.createStringLiteral(name);
    const property = this.#factory.createPropertyAssignment(this.#factory.createComputedPropertyName(key), visited);
    const holder = this.#factory.createParenthesizedExpression(this.#factory.createObjectLiteralExpression([property]));
    return this.#factory.createElementAccessExpression(holder, key);
  }

  #call(node: ts.CallExpression): ts.Node {
    const visited = this.#ts.visitEachChild(node, this.#visit, this.#context);
    if (node.expression.kind === this.#ts.SyntaxKind.ImportKeyword) {
      const load = this.#ofKernel("import");
      return this.#ts.setTextRange(this.#factory.createCallExpression(load, undefined, visited.arguments), node);
    }
    const callee = this.#withoutReceiver(node.expression, visited.expression);
    if (callee === visited.expression) return visited;
    return this.#ts.isCallChain(visited)
      ? this.#factory.updateCallChain(visited, callee, visited.questionDotToken, undefined, visited.arguments)
      : this.#factory.updateCallExpression(visited, callee, undefined, visited.arguments);
  }

  /** `ǃf.v(x)` would call f as a method of its binding: `(0, ǃf.v)(x)` does not. */
  #withoutReceiver<Callee extends ts.Expression>(written: Callee, visited: Callee): Callee {
    const name = this.#inside(written);
    if (!this.#ts.isIdentifier(name) || !this.#isLive(name)) return visited;
    const callee = this.#factory.createParenthesizedExpression(
      this.#factory.createComma(this.#factory.createNumericLiteral(0), visited),
    );
    // V8 places the call at the parenthesis behind its callee; its author, at the callee's name.
    const place = written.getStart(this.#file);
    return this.#ts.setSourceMapRange(callee, { pos: place, end: place }) as unknown as Callee;
  }

  /** An expression without the parentheses and types around it. */
  #inside(expression: ts.Expression): ts.Expression {
    const t = this.#ts;
    const isAround =
      t.isParenthesizedExpression(expression) ||
      t.isAssertionExpression(expression) ||
      t.isNonNullExpression(expression) ||
      t.isSatisfiesExpression(expression);
    return isAround ? this.#inside(expression.expression) : expression;
  }

  /** Whether an identifier is to be taken from its binding: not in a loop that has a copy of it. */
  #isLive(name: ts.Identifier): boolean {
    return this.#references.isLive(name) && this.#copies?.used.has(name.text) !== true;
  }

  #mention(node: ts.Identifier): ts.Expression {
    return this.#ts.setTextRange(this.#binding(node.text, "v"), node);
  }

  #binding(name: string, property: keyof Binding): ts.Expression {
    this.#found.mentioned.add(name);
    return this.#factory.createPropertyAccessExpression(this.#factory.createIdentifier(`${mark}${name}`), property);
  }

  #ofKernel(property: keyof CellKernel): ts.Expression {
    return this.#factory.createPropertyAccessExpression(this.#factory.createIdentifier(kernelVariable), property);
  }

  #handOver({ text }: ts.Identifier): ts.Statement {
    return this.#assign(this.#binding(text, "i"), this.#factory.createIdentifier(text));
  }

  #assign(target: ts.Expression, value: ts.Expression, at?: ts.TextRange): ts.Statement {
    const made = this.#factory.createExpressionStatement(this.#factory.createAssignment(target, value));
    return at === undefined ? made : this.#ts.setTextRange(made, at);
  }
}
