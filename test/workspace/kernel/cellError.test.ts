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
