import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { moduleSource } from "../../src/io/moduleSource.js";
import { projectPath } from "../../src/io/projectPath.js";

const url = (...parts: readonly string[]): string => pathToFileURL(projectPath(...parts)).href;

describe("moduleSource", () => {
  it("names the source of a module, also of what it compiles to", () => {
    expect(moduleSource(url("src", "io", "readWasm.ts"))).toBe("src/io/readWasm.ts");
    expect(moduleSource(url("dist", "io", "readWasm.js"))).toBe("src/io/readWasm.ts");
    expect(existsSync(projectPath(moduleSource(url("dist", "io", "moduleSource.js"))))).toBe(true);
  });

  it("refuses what is no module of this package", () => {
    for (const elsewhere of [url("test", "a.ts"), "file:///elsewhere/src/a.ts", url("src", "a.json")])
      expect(() => moduleSource(elsewhere)).toThrow(/must lie in src or dist/);
  });
});
