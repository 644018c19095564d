import { describe, expect, it } from "vitest";
import { compiledModule } from "../../../src/core/threads/compiledModule.js";

describe("compiledModule", () => {
  it.each([
    ["a module of src", "file:///a/src/training/trainingWorker.ts", "file:///a/dist/training/trainingWorker.js"],
    ["its name beside compiled code", "file:///a/dist/training/worker.ts", "file:///a/dist/training/worker.js"],
    ["a project below a folder src", "file:///usr/src/twin/dist/x/worker.ts", "file:///usr/src/twin/dist/x/worker.js"],
    ["a project below a folder dist", "file:///dist/twin/src/x/worker.ts", "file:///dist/twin/dist/x/worker.js"],
    ["what is compiled", "file:///a/dist/worker.js", "file:///a/dist/worker.js"],
  ])("names the compiled file of %s", (_, module, compiled) => {
    expect(compiledModule(module)).toBe(compiled);
  });
});
