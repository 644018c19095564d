import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { compareWithModules, compareWithTsx } from "./comparisons.js";
import { observeCells, observeModule } from "./observations.js";
import { sequenceKernel } from "./sequenceKernel.js";

const { runner, folder } = sequenceKernel();
const both = async (...cells: readonly string[]): Promise<void> =>
  expect(await observeCells(runner, cells)).toEqual(await observeModule(folder, cells));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("cells that are legal as one module", () => {
  it("agree with that module in 200 generated sequences", { timeout: 300_000 }, async () => {
    expect(await compareWithModules(200, 15)).toEqual({ compared: 200, different: [] });
  });

  it("agree with tsx, each in a kernel of its own, in 2 generated sequences", { timeout: 120_000 }, async () => {
    expect(await compareWithTsx(2, 15)).toEqual({ compared: 2, different: [] });
  });

  it("give a function the name of the variable that it is assigned to (names were empty)", () =>
    both(
      "let f: () => void = () => {}; let g: () => void; let made: (new () => object) | null = null;",
      "f = () => {}; g = function () {}; made ??= class {}; console.log(f.name, g.name, made.name);",
      "[f = () => {}] = []; ({ g, k: f = function () {} } = { g: () => {} } as { g: () => void; k?: () => void });",
      "console.log(f.name, g.name);",
    ));

  it("make a property of the shorthand { __proto__ } (it set the prototype)", () =>
    both("const __proto__ = { a: 1 };", "console.log(Object.keys({ __proto__ }));"));

  it("have no `this` at their top level (it was the global object)", () =>
    both(
      "console.log(typeof this, (() => typeof this)());",
      "console.log(typeof this); await null; console.log(typeof this);",
    ));

  it("keep a namespace of types alone (later cells did not find it)", () =>
    both("namespace Units { export type Length = number; }", "const a: Units.Length = 1; console.log(a);"));

  it("may give a name to a value and to a type (the first of the two was forgotten)", async () => {
    await both("let x = 1;", "type x = string;", 'const y: x = "a"; x = 2; console.log(x, y);');
    await both("type T<A> = A[];", "const u: T<number> = [3]; console.log(u);");
    await both(
      "interface Box { a: number }",
      "const Box = (a: number): Box => ({ a });",
      "const b: Box = Box(1); console.log(b.a);",
    );
  });
});
