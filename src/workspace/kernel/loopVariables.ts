import type ts from "typescript";

type Typescript = typeof ts;

/** Top-level variables that a loop uses. */
export interface LoopVariables {
  readonly used: ReadonlySet<string>;
  readonly assigned: ReadonlySet<string>;
}

/**
 * The top-level variables of a loop that may work on copies of them, or null if it may not: what is in memory that
 * others see must be stored in every turn, which makes a loop of plain arithmetic some three times slower.
 *
 * Such a loop calls nothing but functions of Math, awaits nothing, and declares no function and no `var`. Its
 * variables are mentioned in no function of any cell, so that nobody could look at them while it runs. An interrupt
 * is what could; the copies are stored every thousand turns for it.
 *
 * @param options.isVariable  whether an identifier stands for a variable that other cells see and may assign
 * @param options.isSeen      whether a function of some cell mentions the name
 */
export function loopVariables(
  typescript: Typescript,
  loop: ts.Statement,
  {
    checker,
    isVariable,
    isSeen,
  }: {
    readonly checker: ts.TypeChecker;
    readonly isVariable: (name: ts.Identifier) => boolean;
    readonly isSeen: (name: string) => boolean;
  },
): LoopVariables | null {
  const used = new Set<string>();
  const assigned = new Set<string>();
  const mayStay = (node: ts.Node): boolean => {
    const t = typescript;
    if (t.isTypeNode(node)) return true;
    if (t.isFunctionLike(node) || t.isClassLike(node) || t.isAwaitExpression(node) || t.isYieldExpression(node))
      return false;
    if (t.isNewExpression(node) || t.isTaggedTemplateExpression(node)) return false;
    if (t.isCallExpression(node) && !isOfMath(t, checker, node)) return false;
    if (t.isVariableDeclarationList(node) && (node.flags & t.NodeFlags.BlockScoped) === 0) return false;
    if (t.isForOfStatement(node) && node.awaitModifier !== undefined) return false;
    if (t.isForOfStatement(node) && !checker.isArrayType(checker.getTypeAtLocation(node.expression))) return false;
    if (t.isIdentifier(node) && isVariable(node)) {
      if (isSeen(node.text)) return false;
      used.add(node.text);
      if (isAssigned(t, node)) assigned.add(node.text);
    }
    return t.forEachChild(node, (child) => (mayStay(child) ? undefined : true)) !== true;
  };
  return mayStay(loop) && used.size > 0 ? { used, assigned } : null;
}

function isOfMath(typescript: Typescript, checker: ts.TypeChecker, { expression }: ts.CallExpression): boolean {
  if (!typescript.isPropertyAccessExpression(expression) || !typescript.isIdentifier(expression.expression))
    return false;
  if (expression.expression.text !== "Math") return false;
  const declarations = checker.getSymbolAtLocation(expression.expression)?.declarations ?? [];
  return declarations.length > 0 && declarations.every((one) => one.getSourceFile().isDeclarationFile);
}

/** Whether a variable is written where it stands: by `=` and its kin, by `++`, in a pattern, or by a loop's head. */
function isAssigned(typescript: Typescript, name: ts.Identifier): boolean {
  // `{ a }` may be a pattern; to store what was only read does no harm.
  if (typescript.isShorthandPropertyAssignment(name.parent)) return true;
  // Internal to the compiler, but it is pinned.
  return (typescript as Typescript & { readonly isWriteAccess: (node: ts.Node) => boolean }).isWriteAccess(name);
}
