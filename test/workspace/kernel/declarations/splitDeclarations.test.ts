import { describe, expect, test } from "vitest";
import { splitDeclarations } from "../../../../src/workspace/kernel/declarations/splitDeclarations.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

const typescript = loadTypescript();

function split(...lines: readonly string[]): {
  readonly base: string;
  readonly rests: Readonly<Record<string, string>>;
  readonly restOf: Readonly<Record<string, string>>;
} {
  const { base, rests, restOf } = splitDeclarations({
    typescript,
    text: lines.join("\n"),
    ignores: (node) => typescript.isInterfaceDeclaration(node) && node.name.text === "All",
  });
  const bare = (text: string): string => text.replace(/\s+/g, " ");
  return {
    base: bare(base),
    rests: Object.fromEntries([...rests].map(([name, text]) => [name, bare(text)])),
    restOf: Object.fromEntries(restOf),
  };
}

describe("splitDeclarations", () => {
  test("leaves in the base what globals reach of a module, and the rest beside it with the module's imports", () => {
    expect(
      split(
        'declare var one: import("a").A;',
        'declare module "a" {',
        'import { B } from "b";',
        "interface A { b: B }",
        "interface Other { b: B }",
        "}",
        'declare module "b" { interface B {} }',
      ),
    ).toEqual({
      base:
        'declare var one: import("a").A; declare module "a" { import { B } from "b"; interface A { b: B } } ' +
        'declare module "b" { interface B {} }',
      rests: { a: 'declare module "a" { import { B } from "b"; interface Other { b: B } }' },
      restOf: { a: "a" },
    });
  });

  test("keeps a module of the base that no global reaches as an empty block, so that its name is known", () => {
    expect(split("declare var one: 1;", 'declare module "a" { function a(): void; export = a; }')).toEqual({
      base: 'declare var one: 1; declare module "a" { }',
      rests: { a: 'declare module "a" { function a(): void; export = a; }' },
      restOf: { a: "a" },
    });
  });

  test("does not part what only its own block sees: a class that is exported by its name", () => {
    const module = 'declare module "a" { class A {} interface B {} export { A, B }; }';
    expect(split(module).base).toBe('declare module "a" { }');
    expect(split('declare var one: import("a").B;', module).rests).toEqual({});
  });

  test("gives both sides a copy of a type that is private to the module", () => {
    const { base, rests } = split(
      'declare var one: import("a").A;',
      'declare module "a" {',
      "type Hidden = 1; export interface A { a: Hidden } export interface B { a: Hidden } export {};",
      "}",
    );
    expect(base).toContain('declare module "a" { type Hidden = 1; export interface A { a: Hidden } export {}; }');
    expect(rests.a).toBe('declare module "a" { type Hidden = 1; export interface B { a: Hidden } export {}; }');
  });

  test("sends who imports a module that passes others on to the rests of those", () => {
    const { restOf, rests } = split(
      'declare module "a" { interface A {} }',
      'declare module "b" { interface B {} }',
      'declare module "node:a" { export * from "a"; }',
      'declare module "both" { export * from "a"; export * as b from "b"; }',
    );
    expect(restOf).toEqual({ a: "a", b: "b", "node:a": "a", both: "both" });
    expect(rests.both).toBe('declare module "both" { import "a"; import "b"; }');
  });

  test("does not follow what it is told to ignore", () => {
    const lines = ['declare module "a" { interface A {} }', 'interface All { a: typeof import("a") }'];
    expect(Object.keys(split(...lines).rests)).toEqual(["a"]);
    expect(Object.keys(split(...lines, 'declare var a: typeof import("a");').rests)).toEqual([]);
  });

  test("keeps comments with their declarations", () => {
    const { base, rests } = split(
      "declare var one: 1;",
      'declare module "a" { /** What a is. */ interface A {} }',
      "/** Of two. */ declare var two: 2;",
    );
    expect(rests.a).toContain("/** What a is. */ interface A");
    expect(base).toContain("/** Of two. */ declare var two");
  });
});
