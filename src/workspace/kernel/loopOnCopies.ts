import type ts from "typescript";
import type { LoopVariables } from "./loopVariables.js";
import { kernelMark } from "./marks.js";

type Typescript = typeof ts;

/** Turns of a loop between two stores of its copies, for an interrupt: a power of two. */
const turnsBetweenStores = 1024;
const turns = `${kernelMark}turns`;

/**
 * A loop that works on copies: `{ let sum = ǃsum.v, ǂturns = 0; try { loop } finally { ǃsum.v = sum; } }`.
 *
 * @param loop              its bodies already rewritten by storingNowAndThen
 * @param options.read      reads a variable where all see it
 * @param options.stores    statements that put the copies back
 */
export function loopOnCopies(
  { factory, NodeFlags }: Typescript,
  loop: ts.Statement,
  {
    variables,
    read,
    stores,
  }: {
    readonly variables: LoopVariables;
    readonly read: (name: string) => ts.Expression;
    readonly stores: readonly ts.Statement[];
  },
): ts.Statement {
  const declare = (name: string, value: ts.Expression): ts.VariableDeclaration =>
    factory.createVariableDeclaration(name, undefined, undefined, value);
  const copies = [...variables.used].map((name) => declare(name, read(name)));
  const list = factory.createVariableDeclarationList(
    [...copies, declare(turns, factory.createNumericLiteral(0))],
    NodeFlags.Let,
  );
  const body = factory.createTryStatement(factory.createBlock([loop]), undefined, factory.createBlock(stores));
  return factory.createBlock([factory.createVariableStatement(undefined, list), body], true);
}

/** `{ if ((ǂturns = ǂturns + 1 & 1023) === 0) { ǃsum.v = sum; } body }` */
export function storingNowAndThen(
  { factory }: Typescript,
  body: ts.Statement,
  stores: readonly ts.Statement[],
): ts.Statement {
  const count = factory.createIdentifier(turns);
  const next = factory.createBitwiseAnd(
    factory.createAdd(count, factory.createNumericLiteral(1)),
    factory.createNumericLiteral(turnsBetweenStores - 1),
  );
  const counted = factory.createParenthesizedExpression(factory.createAssignment(count, next));
  const isTime = factory.createStrictEquality(counted, factory.createNumericLiteral(0));
  return factory.createBlock([factory.createIfStatement(isTime, factory.createBlock(stores)), body]);
}
