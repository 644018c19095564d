import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { CellRunner } from "../../../src/workspace/kernel/CellRunner.js";
import { CellSourceMaps } from "../../../src/workspace/kernel/CellSourceMaps.js";
import { LateErrors } from "../../../src/workspace/kernel/LateErrors.js";
import { loadTypescript } from "../../../src/workspace/kernel/loadTypescript.js";

mkdirSync(projectPath(".twin"), { recursive: true });
const parent = mkdtempSync(projectPath(".twin", "runner-"));
const folder = join(parent, "notebooks");
mkdirSync(folder);
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const runner = new CellRunner({
  typescript: loadTypescript(),
  maps: new CellSourceMaps(),
  late: new LateErrors(),
  root: projectPath(),
  folder,
});

/** Runs cells and gives the value of the last; each but those that must fail ends well. */
async function run(...cells: readonly string[]): Promise<unknown> {
  let result: unknown;
  for (const [at, code] of cells.entries()) {
    const outcome = await runner.run(code, at + 1);
    const mustFail = code.startsWith("// fails");
    expect(outcome.error === null ? "ok" : outcome.error.traceback.join("\n")).toMatch(mustFail ? /^(?!ok)/ : /^ok$/);
    result = outcome.result;
  }
  return result;
}

beforeEach(() => runner.reset());
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe("CellRunner", () => {
  it("shows a function of an earlier cell what a later one assigns (it kept the old value)", async () => {
    expect(await run("let limit = 1; function above(x: number) { return x > limit; }", "limit = 10;", "above(5)")).toBe(
      false,
    );
  });

  it("gives a redefined function to those that call it (they called the old one)", async () => {
    const first = "function rate() { return 1; } function total() { return rate() * 10; }";
    expect(await run(first, "function rate() { return 2; }", "total()")).toBe(20);
  });

  it("ends a loop of an earlier cell by a flag that a later one sets (it ran on)", async () => {
    const loop = `let stop = false; let turns = 0;
      const turn = () => new Promise((r) => setTimeout(r, 5));
      const done = (async () => { while (!stop && turns < 400) { turns++; await turn(); } })();`;
    expect(await run(loop, "stop = true; await done;", "turns < 400")).toBe(true);
  });

  it("reads an exported `let` of a module as it is now (it was copied)", async () => {
    write("counting.ts", "export let counted = 0;\nexport function count(): void { counted++; }\n");
    expect(await run(`import { counted, count } from "./counting";`, "count(); count();", "counted")).toBe(2);
  });

  it("destructures with a rename (the name was not found)", async () => {
    expect(await run("const point = { x: 1, y: 2 };", "const { x: left } = point;", "left")).toBe(1);
  });

  it("keeps a namespace for later cells (the second forgot it)", async () => {
    expect(await run("namespace Units { export const nano = 1e-9; }", "Units.nano", "Units.nano")).toBe(1e-9);
  });

  it("runs `for await` at the top level (it was refused)", async () => {
    const generator = "async function* numbers() { yield 1; yield 2; } let sum = 0;";
    expect(await run(generator, "for await (const n of numbers()) sum += n;", "sum")).toBe(3);
  });

  it("knows names that begin with two underscores (they were dropped)", async () => {
    expect(await run("const __seed = 1;", "__seed")).toBe(1);
  });

  it("runs what a module would export (it was refused)", async () => {
    expect(await run("export const seed = 1; export default function pick() { return seed; }", "pick()")).toBe(1);
  });

  it("keeps what a cell declared before it failed, with its type (the value stayed without one)", async () => {
    await run(
      "let size: number = 1;",
      "// fails\nlet size = 'large';\nthrow new Error('expected')",
      "size.toUpperCase()",
    );
    await run("// fails\nsize.toFixed(1)");
  });

  it("runs a cell whose first comment begins with @browser (it was not run, and reported ok)", async () => {
    const { error } = await runner.run("/** @browser support is not needed here */\nthrow new Error('run');", 1);
    expect(error?.evalue).toBe("run");
  });

  it("imports a module with a top-level await at run time (require refused it)", async () => {
    write("later.mjs", "export const v = await Promise.resolve(5);\n");
    expect(await run(`const { v } = await import("./later.mjs");`, "v")).toBe(5);
  });

  it("imports a module one folder up (it was not found)", async () => {
    write("../helper.ts", "export const helper: number = 3;\n");
    expect(await run(`import { helper } from "../helper";`, "helper")).toBe(3);
  });

  it("keeps a value of a class with private members (its type could not be written down)", async () => {
    const counter = "const counter = new (class { private n = 0; next(): number { return ++this.n; } })();";
    expect(await run(counter, "counter.next()", "counter.next()")).toBe(2);
  });

  it("imports a module of Node at run time (import() was refused)", async () => {
    expect(await run(`const fs = await import("node:fs");`, `fs.existsSync(".")`)).toBe(true);
  });

  it("runs nothing of a cell that does not type-check, and declares none of its names", async () => {
    await run("let a = 1;", "// fails\na = 2; let b = 1; const wrong: string = 1;", "// fails\nb");
    expect(await run("a")).toBe(1);
  });

  it("makes no name of a cell readable before it is reached, and gives back what was not", async () => {
    await run("const a = 1;", "// fails\nconst read = () => a;\nread();\nconst a = 2;");
    expect(await run("a")).toBe(1);
  });

  it("tells errors by the names that the author wrote (`(0 , ǃf.v)`, and an excerpt of code)", async () => {
    await run("let f: any = 5; let caught: any;");
    const { error } = await runner.run("f()", 2);
    expect(error?.evalue).toBe("f is not a function");
    expect(error?.traceback[0]).toBe("TypeError: f is not a function");
    const inCatch = "let said = ''; try { f.g() } catch ({ message }: any) { said = message }";
    expect(await run("1", `${inCatch} try { new f() } catch (e) { said += "; " + e } said`)).toBe(
      "f.g is not a function; TypeError: f is not a constructor",
    );
    await runner.run("caught = new Error('shown later'); throw caught", 3);
    expect(await run("caught.stack.split('\\n')[0]")).toBe("Error: shown later");
  });

  it("waits for a promise at a cell's end until an interrupt (it hung), and calls no other `then`", async () => {
    const running = runner.run("new Promise(() => undefined)", 1);
    const timer = setInterval(() => runner.interrupt(), 20);
    expect((await running).error?.ename).toBe("Interrupted");
    clearInterval(timer);
    expect(await run("Promise.resolve(5)")).toBe(5);
    expect(await run("let called = 0; ({ then() { called++; } })", "called")).toBe(0);
  });

  it("tells what a `for await` cannot iterate by the author's words (it told of the kernel's variable)", async () => {
    await run("let five: any = 5; let gone: any = null;");
    const told = async (code: string): Promise<unknown> => (await runner.run(code, 2)).error?.evalue;
    expect(await told("for await (const x of five) {}")).toBe("five is not async iterable");
    expect(await told("for await (const x of gone ?? gone) {}")).toBe("gone ?? gone is not async iterable");
  });

  it("runs arrows and assignments that a module would export by default (they were no TypeScript)", async () => {
    expect(await run("export default async () => 1", "let x = 1; export default x = 3;", "x")).toBe(3);
  });

  it("runs a cell and a module that begin with `#!` (the token was invalid)", async () => {
    write("program.ts", "#!/usr/bin/env tsx\nexport const answer = 42;\n");
    expect(await run(`#!/usr/bin/env tsx\nimport { answer } from "./program";`, "answer")).toBe(42);
  });

  it("takes what a cell only declares from the globals, and says where there is none", async () => {
    Object.assign(globalThis, { givenByTheTest: 5 });
    expect(await run("declare const givenByTheTest: number;", "const read = () => givenByTheTest; read() + 1")).toBe(6);
    expect(await run("declare const givenByNobody: string;", "// fails\ngivenByNobody")).toBeUndefined();
  });

  it("counts in a loop of plain arithmetic as elsewhere, also where it is left by break, label or error", async () => {
    const loops = `
      outer: for (let i = 0; ; i++) { for (let j = 0; j < 5; j++) { sum += j; if (sum > 5000) break outer; } }
      try { for (const one of [1, 2, 3]) { sum += one; if (one === 2) throw "two"; } } catch { sum += 0.5; }
      do { ({ sum, step } = { sum: sum + step, step: step * 2 }); } while (step < 8);`;
    const written = `(() => { let sum = 0, step = 1; ${loops} return [sum, step].join(); })()`;
    expect(await run("let sum = 0, step = 1;", loops, "[sum, step].join()")).toBe(await run(written));
  });

  it("keeps apart the author's variables and the kernel's own (a loop over `turns` was a ReferenceError)", async () => {
    const names = "let turns = 0, step = 1, open = 2, iterator = 3, error = 4, handed = 5, caught = 6, d = 7;";
    const uses = `for (let i = 0; i < 3000; i++) turns += step;
      for await (const one of [10]) { turns += one + open + iterator; }
      for (var k = 0; k < 1; k++) turns += handed;
      try { throw new Error(); } catch ({ message }: any) { turns += caught + message.length; }`;
    expect(await run(names, uses, "export default 5;", "[turns, error, d].join()")).toBe("3026,4,7");
  });

  it("keeps what a loop of `for await` had counted when it is interrupted (it counted in a copy)", async () => {
    Reflect.set(globalThis, "atItsSecondTurn", () => setTimeout(() => runner.interrupt(), 20));
    await run(
      `async function* slow() { yield 1; Reflect.get(globalThis, "atItsSecondTurn")(); await new Promise(() => {}); }`,
      "let counted = 0;",
    );
    const running = runner.run("for await (const one of slow()) counted += one;", 3);
    expect((await running).error?.ename).toBe("Interrupted");
    expect(await run("counted")).toBe(1);
  });

  it("forgets everything by reset, as a restart does", async () => {
    await run("const a = 1;");
    runner.reset();
    await run("// fails\na");
  });
});
