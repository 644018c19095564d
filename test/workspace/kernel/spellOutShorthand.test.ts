import { createRequire } from "node:module";
import type ts from "@tslab/typescript-for-tslab";
import { describe, expect, it } from "vitest";
import { spellOutShorthand } from "../../../src/workspace/kernel/spellOutShorthand.js";

const typescript = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as typeof ts;
/** Declarations as tslab hands them on. */
const before =
  "export {}\ndeclare const seed: number;\ndeclare let $rate: number, base$: number, größe: number;\n" +
  "declare function run(): void;\n";
const spelled = (source: string): string => spellOutShorthand(typescript, source, before);

describe("spellOutShorthand", () => {
  it.each([
    ["in an object", "f({ seed, other: 1 })", "f({ seed: seed, other: 1 })"],
    [
      "in objects within objects",
      "({ a: [{ run }, { b: { seed } }] })",
      "({ a: [{ run: run }, { b: { seed: seed } }] })",
    ],
    [
      "on the left of an assignment, with and without a default",
      "({ seed, $rate = 3 } = got)",
      "({ seed: seed, $rate: $rate = 3 } = got)",
    ],
    [
      "with $ before or behind, or letters beyond ASCII",
      "({ $rate, base$, größe })",
      "({ $rate: $rate, base$: base$, größe: größe })",
    ],
    [
      "before a comment and a line break",
      "({ seed /* the seed */,\n  run, // runs\n})",
      "({ seed: seed /* the seed */,\n  run: run, // runs\n})",
    ],
    [
      "where a parameter has the name, which changes nothing",
      "(seed: string) => ({ seed })",
      "(seed: string) => ({ seed: seed })",
    ],
  ])("spells out a name of an earlier cell %s", (_, source, wanted) => {
    expect(spelled(source)).toBe(wanted);
  });

  it.each([
    ["names that no earlier cell has, also if one contains them", "({ see, seeds, rate, base, $ })"],
    ["patterns that declare", "const { seed, $rate = 1 } = got; (({ run }) => run)(got)"],
    [
      "methods, spelt-out properties and spreads",
      "({ seed() {}, run: 1, ...seed, [seed]: 2, get $rate() { return 1; } })",
    ],
    [
      "types, imports, exports, texts and comments",
      'import { seed } from "x"; export { run }; type T = { seed: 1 }; `{ seed }`; // { seed }',
    ],
  ])("leaves %s", (_, source) => {
    expect(spelled(source)).toBe(source);
  });

  it("leaves a cell that does not parse to the compiler's own words", () => {
    expect(() => spelled("({ seed, = ")).not.toThrow();
    expect(spelled("const x = {")).toBe("const x = {");
  });
});
