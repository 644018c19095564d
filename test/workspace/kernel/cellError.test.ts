import { describe, expect, it } from "vitest";
import { cellError, typeError } from "../../../src/workspace/kernel/cellError.js";

const root = "/somewhere/project/";

describe("cellError", () => {
  it("names paths of the project from its root, in the message and in the stack", () => {
    const error = new Error("cannot open /somewhere/project/data/a.csv");
    const file = "file:///somewhere/project/src/x.js:3";
    error.stack = `${file}\n  excerpt\n\nError: ${error.message}\n    at read (${file}:1)`;
    expect(cellError(error, root)).toEqual({
      ename: "Error",
      evalue: "cannot open data/a.csv",
      traceback: ["Error: cannot open data/a.csv", "    at read (src/x.js:3:1)"],
    });
  });

  it("ends a ring of causes", () => {
    const error = new Error("a");
    error.cause = error;
    expect(cellError(error, root).traceback.filter((line) => line.startsWith("caused by")).length).toBeLessThan(10);
  });

  it("tells errors that throw when they are read (their own error was told, or nothing shown)", () => {
    const refuse = (): never => {
      throw new Error("inner");
    };
    const withGetter = (key: string): Error => Object.defineProperty(new Error("outer"), key, { get: refuse });
    const told = ["message", "name", "stack", "cause", "errors"].map((key) => cellError(withGetter(key), root).evalue);
    expect(told).toEqual(["(its message cannot be read)", ...Array.from({ length: 4 }, () => "outer")]);
    const traps = { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse };
    expect(cellError(new Proxy({}, traps), root).evalue).toBe("{} was thrown");
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(cellError(proxy, root).evalue).toBe("<Revoked Proxy> was thrown");
  });

  it("tells what was thrown that is no error (an object was told as one without its content)", () => {
    const told = (thrown: unknown): string => cellError(thrown, root).evalue;
    expect([undefined, null, 3, "text", Symbol("s"), { code: 5 }, [1, 2]].map(told)).toEqual([
      "undefined was thrown",
      "null was thrown",
      "3 was thrown",
      '"text" was thrown',
      "Symbol(s) was thrown",
      "{ code: 5 } was thrown",
      "[ 1, 2 ] was thrown",
    ]);
    const shy = {
      get [Symbol.toStringTag](): string {
        throw new Error("no");
      },
    };
    expect(told(shy)).toBe("something that cannot be printed was thrown");
  });

  it("tells each error that an AggregateError gathers, with its cause (only its own words were told)", () => {
    const first = new TypeError("first", { cause: new Error("deeper") });
    const { ename, evalue, traceback } = cellError(new AggregateError([first, "second"], "all failed"), root);
    expect([ename, evalue]).toEqual(["AggregateError", "all failed"]);
    expect(traceback.filter((line) => !line.startsWith("    at"))).toEqual([
      "AggregateError: all failed",
      "error 1 of 2: TypeError: first",
      "caused by Error: deeper",
      'error 2 of 2: Error: "second" was thrown',
    ]);
  });

  it("tells both errors where one was thrown while a scope ended by the other", () => {
    const both = Object.assign(new Error("hidden"), {
      name: "SuppressedError",
      error: new Error("closing"),
      suppressed: new Error("reading"),
    });
    expect(cellError(both, root).traceback).toEqual(
      expect.arrayContaining(["thrown last: Error: closing", "thrown before it: Error: reading"]),
    );
  });

  it("takes errors of another realm for errors", () => {
    expect(cellError({ name: "SyntaxError", message: "elsewhere" }, root)).toEqual({
      ename: "SyntaxError",
      evalue: "elsewhere",
      traceback: ["SyntaxError: elsewhere"],
    });
  });

  it("tells what does not compile by cell or module, line and column, without folders of this machine", () => {
    const message = "Type 'string' is not assignable to type 'number'.";
    const inCell = { file: null, line: 1, column: 7, message };
    const inModule = { file: `${root}notebooks/helper.ts`, line: 2, column: 3, message };
    expect(typeError([inCell, inModule], 4, root)).toEqual({
      ename: "TypeScriptError",
      evalue: `cell 4:1:7 - ${message}`,
      traceback: [`cell 4:1:7 - ${message}`, `notebooks/helper.ts:2:3 - ${message}`],
    });
  });
});
