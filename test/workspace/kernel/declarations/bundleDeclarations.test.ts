import { describe, expect, test } from "vitest";
import { bundleDeclarations } from "../../../../src/workspace/kernel/declarations/bundleDeclarations.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

const typescript = loadTypescript();

function bundled(texts: Readonly<Record<string, string>>): string {
  return bundleDeclarations({
    typescript,
    files: Object.entries(texts).map(([name, text]) =>
      typescript.createSourceFile(name, text, typescript.ScriptTarget.ES2022, true),
    ),
    nameOf: (path) => `package/${path.replace(".d.ts", "")}`,
    resolve: (specifier) => (specifier.startsWith("./") ? `${specifier.slice(2)}.d.ts` : null),
  });
}

describe("bundleDeclarations", () => {
  test("a script stays as it is, but for references to other files", () => {
    expect(bundled({ "a.d.ts": '/// <reference lib="dom" />\ndeclare var a: number; // <reference\n' })).toBe(
      "\ndeclare var a: number; // <reference\n",
    );
  });

  test("a module becomes a block, and all that names it says its new name", () => {
    const text = bundled({
      "a.d.ts": 'export { b } from "./b";\nimport c = require("./b");\nexport type B = typeof import("./b");',
      "b.d.ts": "export declare const b: 1;",
    });
    expect(text).toBe(
      [
        'declare module "package/a" {',
        'export { b } from "package/b";',
        'import c = require("package/b");',
        'export type B = typeof import("package/b");',
        "}",
        'declare module "package/b" {',
        "export declare const b: 1;",
        "}",
      ].join("\n"),
    );
  });

  test("what is not in the bundle keeps its name", () => {
    expect(bundled({ "a.d.ts": 'export * from "./elsewhere";\nexport * from "zod";' })).toContain(
      'export * from "./elsewhere";\nexport * from "zod";',
    );
  });

  test("what a module adds to another one stands outside of its block, and what it adds to all stays inside", () => {
    const text = bundled({
      "a.d.ts": 'export {};\ndeclare global { var g: 1 }\ndeclare module "./b" { import "./a"; const more: 1 }\n',
      "b.d.ts": "export declare const b: 1;",
    });
    expect(text).toContain("export {};\ndeclare global { var g: 1 }\n\n\n}");
    expect(text).toContain('}\ndeclare module "package/b" { import "package/a"; const more: 1 }\n');
  });

  test("comments of declarations stay", () => {
    expect(bundled({ "a.d.ts": "/** What a is. */\nexport declare const a: 1;" })).toContain(
      "/** What a is. */\nexport",
    );
  });
});
