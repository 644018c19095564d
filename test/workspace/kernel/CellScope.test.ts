import { describe, expect, it } from "vitest";
import { CellScope } from "../../../src/workspace/kernel/CellScope.js";

describe("CellScope", () => {
  it("has one binding for a name, which whoever mentions it shares", () => {
    const scope = new CellScope();
    scope.binding("a").i = 1;
    scope.binding("a").v = 2;
    expect(scope.binding("a").v).toBe(2);
  });

  it("refuses to read or write a name before its declaration is reached, as JavaScript does", () => {
    const scope = new CellScope();
    const refusal = new ReferenceError("Cannot access 'größe' before initialization");
    expect(() => scope.binding("größe").v).toThrow(refusal);
    expect(() => (scope.binding("größe").v = 1)).toThrow(refusal);
    expect(scope.isReached("größe")).toBe(false);
  });

  it("keeps names apart that objects have by themselves", () => {
    const scope = new CellScope();
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(scope.isReached(name)).toBe(false);
      scope.binding(name).i = name;
      expect(scope.binding(name).v).toBe(name);
    }
  });

  it("gives names that a cell did not reach what they were, and keeps those that it reached", () => {
    const scope = new CellScope();
    for (const name of ["a", "b"]) scope.binding(name).i = "before";
    const unreached = scope.hide(["a", "b", "c"]);
    expect(() => scope.binding("a").v).toThrow(ReferenceError);
    scope.binding("b").i = "after";
    unreached();
    expect([scope.binding("a").v, scope.binding("b").v, scope.isReached("c")]).toEqual(["before", "after", false]);
  });

  it("reads an export of a module anew each time, and refuses to assign to it", () => {
    const scope = new CellScope();
    let exported = 1;
    scope.link("counted", () => exported);
    exported = 2;
    expect(scope.binding("counted").v).toBe(2);
    expect(() => (scope.binding("counted").v = 3)).toThrow(new TypeError("Assignment to constant variable."));
  });

  it("gives an import back when a cell hides its name without reaching it", () => {
    const scope = new CellScope();
    scope.link("counted", () => 1);
    scope.hide(["counted"])();
    expect(scope.binding("counted").v).toBe(1);
  });

  it("forgets all names", () => {
    const scope = new CellScope();
    scope.binding("a").i = 1;
    scope.clear();
    expect(scope.isReached("a")).toBe(false);
  });
});
