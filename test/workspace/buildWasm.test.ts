import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readWasm } from "../../src/io/readWasm.js";
import { buildWasm, type WasmProgram } from "../../src/workspace/buildWasm.js";
import { temporaryProject } from "../support/temporaryProject.js";

function program(files: Readonly<Record<string, string>>): WasmProgram & { readonly folder: string } {
  const folder = temporaryProject(files);
  return { folder, entry: join(folder, "entry.ts"), output: join(folder, "out", "entry.wasm") };
}

const refusal = (task: Promise<unknown>): Promise<unknown> =>
  task.then(
    () => "done",
    (error: unknown) => (error as Error).message,
  );

const twice = {
  "entry.ts": 'import { two } from "./two";\nexport function twice(x: i32): i32 { return two * x; }\n',
  "two.ts": "export const two: i32 = 2;\n",
};

describe("buildWasm", () => {
  it("compiles a program again, to the same bytes, only when an import, the output or the record changes", async () => {
    const { folder, ...one } = program(twice);
    expect(await buildWasm(one)).toBe(true);
    const bytes = readFileSync(one.output);
    expect(await buildWasm(one)).toBe(false);

    writeFileSync(join(folder, "two.ts"), "export const two: i32 = 3;\n");
    expect(await buildWasm(one)).toBe(true);
    expect(readFileSync(one.output).equals(bytes)).toBe(false);

    writeFileSync(join(folder, "two.ts"), twice["two.ts"]);
    expect(await buildWasm(one)).toBe(true);
    expect(readFileSync(one.output).equals(bytes)).toBe(true);

    for (const damage of [
      () => writeFileSync(one.output, "no"),
      () => writeFileSync(`${one.output}.json`, "{"),
      () => rmSync(one.output),
    ]) {
      damage();
      expect(await buildWasm(one)).toBe(true);
      expect(readFileSync(one.output).equals(bytes)).toBe(true);
    }
  }, 60_000);

  it("reports what does not compile with file and line, warnings too, and leaves the old output", async () => {
    const { folder, ...one } = program(twice);
    await buildWasm(one);
    const bytes = readFileSync(one.output);
    writeFileSync(join(folder, "two.ts"), "export const two: i32 = nothing;\n");
    expect(await refusal(buildWasm(one))).toMatch(
      /entry\.ts does not compile:[\s\S]*Cannot find name 'nothing'[\s\S]*two\.ts\(1,25\)/,
    );
    writeFileSync(join(folder, "two.ts"), "export const two: usize = 2;\n");
    expect(await refusal(buildWasm(one))).toMatch(/WARNING AS201[\s\S]*entry\.ts\(2/);
    expect(readFileSync(one.output).equals(bytes)).toBe(true);
  }, 60_000);

  it("says which file is missing", async () => {
    expect(await refusal(buildWasm(program({})))).toMatch(/entry\.ts does not compile:[\s\S]*not found/);
  }, 60_000);
});

describe("readWasm", () => {
  it("gives a compiled program, the same one when asked again", async () => {
    const { folder: _, ...one } = program(twice);
    await buildWasm(one);
    const module = await readWasm({ path: one.output });
    expect(await readWasm({ path: one.output })).toBe(module);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    expect((exports.twice as (x: number) => number)(21)).toBe(42);
  }, 60_000);

  it("asks for a build where the program is missing or damaged, and finds it afterwards", async () => {
    const one = program(twice);
    expect(await refusal(readWasm({ path: one.output }))).toMatch(
      /must hold a WebAssembly program; got ENOENT; npm run build$/,
    );
    await buildWasm(one);
    await expect(readWasm({ path: one.output })).resolves.toBeInstanceOf(WebAssembly.Module);
    const other = program({ "bad.wasm": "not wasm" });
    expect(await refusal(readWasm({ path: join(other.folder, "bad.wasm") }))).toMatch(
      /must hold a WebAssembly program; got .*magic.*; npm run build$/,
    );
  }, 60_000);

  it("finds the product's own program in dist", async () => {
    const names = WebAssembly.Module.exports(await readWasm("experiments")).map(({ name }) => name);
    expect(names.sort()).toEqual(["fill", "scheduleKeys"]);
  });
});
