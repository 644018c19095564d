import { describe, expect, it } from "vitest";
import { cellNames } from "../../../src/workspace/kernel/cellNames.js";
import { loadTypescript } from "../../../src/workspace/kernel/loadTypescript.js";

const typescript = loadTypescript();

/** Names of a cell with their kind; a star at a value, a T at a type. */
function names(text: string): string[] {
  const file = typescript.createSourceFile("cell.ts", text, typescript.ScriptTarget.ES2022, true);
  return cellNames(typescript, file).map(
    ({ name, kind, isValue, isType }) => `${name} ${kind}${isValue ? "*" : ""}${isType ? "T" : ""}`,
  );
}

describe("cellNames", () => {
  it("tells how each name is declared, and whether it is a value, a type, or both", () => {
    expect(
      names("let a = 1; const b = 2; var c; function d() {} class E {} enum F {} type G = 1; interface H {}"),
    ).toEqual(["a let*", "b const*", "c var*", "d function*", "E class*T", "F enum*T", "G typeT", "H typeT"]);
  });

  it("finds names in patterns, with renames, defaults and rests", () => {
    expect(names("const { x: left, y = 1, ...rest } = o; let [a, [b], ...c] = p;")).toEqual(
      ["left", "y", "rest"].map((name) => `${name} const*`).concat(["a", "b", "c"].map((name) => `${name} let*`)),
    );
  });

  it("finds `var` in blocks, loops and catch clauses, and no other name there", () => {
    expect(
      names("{ var a = 1; let b; } for (var c of d) { function e() {} } try {} catch { var f; } for (let g;;) {}"),
    ).toEqual(["a var*", "c var*", "f var*"]);
  });

  it("finds no name inside of functions, classes and namespaces", () => {
    expect(
      names("function a() { var b; } class C { static { var d; } } namespace E { var f = 1; } (() => { var g; })();"),
    ).toEqual(["a function*", "C class*T", "E namespace*T"]);
  });

  it("takes a namespace of types alone for a type", () => {
    expect(
      names("namespace A { export type B = 1; namespace C { interface D {} } } namespace E { export const f = 1; }"),
    ).toEqual(["A namespaceT", "E namespace*T"]);
  });

  it("makes one of a name that is both a value and a type", () => {
    expect(names("type A = 1; const A = 1;")).toEqual(["A const*T"]);
  });

  it("finds what imports bind", () => {
    expect(names(`import a, { b as c } from "m"; import * as d from "n"; import "o";`)).toEqual(
      ["a", "c", "d"].map((name) => `${name} import*T`),
    );
  });

  it("finds nothing in `declare global`", () => {
    expect(names("declare global { interface A {} } export {};")).toEqual([]);
  });
});
