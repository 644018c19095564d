import type ts from "typescript";
import { kernelVariable } from "./CellKernel.js";
import { kernelMark } from "./marks.js";

type Typescript = typeof ts;

/** What a cell's code gives to the kernel where it awaits: the value, and the place in the cell as "line:column". */
export type Awaited = readonly [value: unknown, place?: string];

/** Whether code awaits outside of its functions. */
export function awaitsAtTop(typescript: Typescript, file: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (typescript.isFunctionLike(node)) return false;
    if (typescript.isAwaitExpression(node)) return true;
    if (typescript.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
    return typescript.forEachChild(node, visit) === true;
  };
  return file.statements.some(visit);
}

/**
 * The transformation by which a cell gives way to the kernel at each `await` outside of its functions: `await value`
 * becomes `yield [value, place]`, and the cell a generator. The kernel awaits the value and resumes the cell such
 * that an interrupt ends a loop that never gives way also behind an await, which JavaScript's own await does not
 * allow. A `for await` becomes a loop over the promises of its iterator, closed as the language closes it.
 *
 * To be applied to what TypeScript emits: the awaits of `await using` are its own.
 *
 * @param cell  the cell as its author wrote it, which places are told in
 */
export function awaitsAsYields(typescript: Typescript, cell: ts.SourceFile): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const named = (name: string): ts.Identifier => factory.createIdentifier(`${kernelMark}${name}`);
    const giveWay = (value: ts.Expression, at: ts.Node): ts.Expression =>
      factory.createParenthesizedExpression(
        factory.createYieldExpression(
          undefined,
          factory.createArrayLiteralExpression([value, ...placeOf(typescript, cell, at)]),
        ),
      );
    const assign = (name: string, value: ts.Expression): ts.Statement =>
      factory.createExpressionStatement(factory.createAssignment(named(name), value));
    const call = (object: ts.Expression, method: string, ...given: readonly ts.Expression[]): ts.Expression =>
      factory.createCallExpression(factory.createPropertyAccessExpression(object, method), undefined, given);

    /** Labels stay on the loop, inside of what closes its iterator. */
    const forAwait = (loop: ts.ForOfStatement, labels: readonly ts.Identifier[]): ts.Statement => {
      const expression = typescript.visitNode(loop.expression, visit) as ts.Expression;
      const body = typescript.visitNode(loop.statement, visit) as ts.Statement;
      const value = factory.createPropertyAccessExpression(named("step"), "value");
      const variable = typescript.isVariableDeclarationList(loop.initializer)
        ? factory.createVariableStatement(
            undefined,
            factory.createVariableDeclarationList(
              [factory.createVariableDeclaration(loop.initializer.declarations[0].name, undefined, undefined, value)],
              loop.initializer.flags & typescript.NodeFlags.BlockScoped,
            ),
          )
        : factory.createExpressionStatement(
            factory.createParenthesizedExpression(
              factory.createAssignment(typescript.visitNode(loop.initializer, visit) as ts.Expression, value),
            ),
          );
      const isOver = factory.createPropertyAccessExpression(named("step"), "done");
      const turn = factory.createBlock(
        [
          // An iterator that fails by itself is not closed.
          assign("open", factory.createFalse()),
          assign("step", giveWay(call(named("iterator"), "next"), loop)),
          factory.createIfStatement(isOver, factory.createBreakStatement()),
          assign("open", factory.createTrue()),
          variable,
          body,
        ],
        true,
      );
      const forever: ts.Statement = factory.createForStatement(undefined, undefined, undefined, turn);
      const close = (): ts.Statement =>
        factory.createExpressionStatement(giveWay(call(named("iterator"), "return"), loop));
      const closing = factory.createTryStatement(
        factory.createBlock([labels.reduceRight((one, label) => factory.createLabeledStatement(label, one), forever)]),
        // The error of the loop counts, not one of its closing.
        factory.createCatchClause(
          named("error"),
          factory.createBlock(
            [
              factory.createIfStatement(
                named("open"),
                factory.createBlock([
                  assign("open", factory.createFalse()),
                  factory.createTryStatement(
                    factory.createBlock([close()]),
                    factory.createCatchClause(undefined, factory.createBlock([])),
                    undefined,
                  ),
                ]),
              ),
              factory.createThrowStatement(named("error")),
            ],
            true,
          ),
        ),
        factory.createBlock([factory.createIfStatement(named("open"), close())]),
      );
      const written = typescript.getOriginalNode(loop.expression);
      const text = factory.createStringLiteral(written.getText(cell));
      const iterator = call(factory.createIdentifier(kernelVariable), "iterate", expression, text);
      // What cannot be iterated is told of at its place.
      const start = written.getStart(cell);
      typescript.setSourceMapRange((iterator as ts.CallExpression).expression, { pos: start, end: start });
      const variables = [
        factory.createVariableDeclaration(named("iterator"), undefined, undefined, iterator),
        factory.createVariableDeclaration(named("open"), undefined, undefined, factory.createFalse()),
        factory.createVariableDeclaration(named("step")),
      ];
      const list = factory.createVariableDeclarationList(variables, typescript.NodeFlags.Let);
      return factory.createBlock([factory.createVariableStatement(undefined, list), closing], true);
    };

    const visit = (node: ts.Node): ts.Node => {
      if (typescript.isFunctionLike(node)) return node;
      const { loop, labels } = unlabelled(typescript, node);
      if (loop !== null) return forAwait(loop, labels);
      if (typescript.isAwaitExpression(node))
        return giveWay(typescript.visitNode(node.expression, visit) as ts.Expression, node);
      return typescript.visitEachChild(node, visit, context);
    };
    return typescript.visitEachChild(file, visit, context);
  };
}

/** A `for await`, and the labels before it. */
function unlabelled(
  typescript: Typescript,
  node: ts.Node,
): { readonly loop: ts.ForOfStatement | null; readonly labels: readonly ts.Identifier[] } {
  const labels: ts.Identifier[] = [];
  let inner = node;
  while (typescript.isLabeledStatement(inner)) {
    labels.push(inner.label);
    inner = inner.statement;
  }
  return { loop: typescript.isForOfStatement(inner) && inner.awaitModifier !== undefined ? inner : null, labels };
}

function placeOf(typescript: Typescript, cell: ts.SourceFile, node: ts.Node): [] | [ts.StringLiteral] {
  const written = typescript.getOriginalNode(node);
  if (written.pos < 0) return [];
  const { line, character } = cell.getLineAndCharacterOfPosition(written.getStart(cell));
  return [typescript.factory.createStringLiteral(`${line + 1}:${character + 1}`)];
}
