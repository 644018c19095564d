import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as constants from "../../src/chemistry/constants.js";
import type { ExperimentEngine } from "../../src/generation/ExperimentEngine.js";
import { NumberSlot } from "../../src/generation/layout.js";
import type * as Making from "../../src/generation/makeEngine.js";
import { twinSetup } from "../../src/generation/twinSetup.js";
import { typescriptEngine } from "../../src/generation/typescriptEngine.js";
import { projectPath } from "../../src/io/projectPath.js";
import type * as Building from "../../src/workspace/buildWasm.js";
import { temporaryProject } from "../support/temporaryProject.js";

const shared = ["chemistry/constants.ts", "generation/laboratoryConstants.ts"];

describe("constants", () => {
  it("have the full width of a normal distribution to the last bit: 2 √(2 ln 2)", () => {
    expect(constants.fullWidth).toBe(2 * Math.sqrt(2 * Math.LN2));
  });

  it("stand once: AssemblyScript types no number but those of formulas", () => {
    const folder = projectPath("src/generation/simd/assembly");
    const typed = readdirSync(folder).flatMap((name) =>
      typedNumbers(readFileSync(join(folder, name), "utf8")).map((number) => `${name}: ${number}`),
    );
    expect(typed).toEqual([]);
    expect(typedNumbers("const a = memory.data<f32>([<f32>1 / 80]); // 0.7")).toEqual(["80"]);
    expect(typedNumbers("/* 0.1 */ const scratch = 34; const a = f32x4.splat(7.2); const b: f32 = 45e3;")).toEqual([
      "7.2",
      "45e3",
    ]);
  });

  it("are read by both engines: changed by 5 % the engines still agree, and differ from before", async () => {
    const setup = twinSetup({ seed: 3 });
    const before = columnsOf(typescriptEngine(setup));
    const { simd, typescript } = await changedEngines(1.05);
    expect(disagreement(simd, typescript)).toBeLessThan(2e-3);
    expect(disagreement(before, typescript)).toBeGreaterThan(0.99);
    expect(disagreement(before, simd)).toBeGreaterThan(0.99);
  }, 120_000);
});

/** Numbers of AssemblyScript that are none of a formula: with a fraction or an exponent, or constants of loops. */
function typedNumbers(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"]*"/g, "");
  const ofLoops = Array.from(code.matchAll(/memory\.data<f32>\(\[([^\]]*)\]/g), ([, inner]) => inner).join(" ");
  const whole = ofLoops.match(/(?<![\w.])\d+(?![\w.])/g) ?? [];
  const fractions = code.match(/(?<![\w.])\d+(?:\.\d+(?:e-?\d+)?|e-?\d+)/g) ?? [];
  return [
    ...whole.filter((number) => !["0", "1", "2", "3", "4", "5", "6", "100"].includes(number)),
    ...fractions.filter((number) => !["0.5", "2.5"].includes(number)),
  ];
}

const rows = 4096;

function columnsOf(engine: ExperimentEngine): Float32Array[] {
  return engine.fill(0, rows).numbers.map((column) => Float32Array.from(column));
}

/** Columns of both engines of a copy of the project in which all shared constants are `factor` times as large. */
async function changedEngines(
  factor: number,
): Promise<{ readonly simd: Float32Array[]; readonly typescript: Float32Array[] }> {
  const root = temporaryProject({ "package.json": '{ "type": "module" }\n' });
  symlinkSync(projectPath("node_modules"), join(root, "node_modules"));
  for (const part of ["core", "chemistry", "generation", "io", "workspace/buildWasm.ts"])
    cpSync(projectPath("src", part), join(root, "src", part), { recursive: true });
  for (const name of shared) {
    const path = join(root, "src", name);
    const changed = readFileSync(path, "utf8").replace(
      /(: number = )(-?[\d.e-]+);/g,
      (_, before: string, value: string) => `${before}${factor * Number(value)};`,
    );
    writeFileSync(path, changed);
  }
  compileCopy(root);
  const module = async <M>(path: string): Promise<M> =>
    (await import(/* @vite-ignore */ pathToFileURL(join(root, "dist", path)).href)) as M;
  const { buildWasm } = await module<typeof Building>("workspace/buildWasm.js");
  await buildWasm({
    entry: join(root, "src/generation/simd/assembly/experiments.ts"),
    output: join(root, "dist/generation/simd/experiments.wasm"),
  });
  const { makeEngine } = await module<typeof Making>("generation/makeEngine.js");
  const setup = twinSetup({ seed: 3 });
  return {
    simd: columnsOf(await makeEngine("simd", setup)),
    typescript: columnsOf(await makeEngine("typescript", setup)),
  };
}

/** Compiles all of src in a copy file by file, without a look at types. */
function compileCopy(root: string): void {
  const source = join(root, "src");
  for (const entry of readdirSync(source, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes("assembly")) continue;
    const output = join(root, "dist", relative(source, path));
    mkdirSync(dirname(output), { recursive: true });
    if (!path.endsWith(".ts")) cpSync(path, output);
    else
      writeFileSync(
        output.replace(/\.ts$/, ".js"),
        ts.transpileModule(readFileSync(path, "utf8"), {
          compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
        }).outputText,
      );
  }
}

/** Share of rows in which a column differs by more than rounding: 0.2 % of it, of 1 where it is smaller. */
function disagreement(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const odd = new Set<number>();
  a.forEach((column, slot) =>
    column.forEach((x, row) => {
      const y = b[slot][row];
      const limit = (NumberSlot[slot].startsWith("trueLnNucleationRate") ? 5e-3 : 2e-3) * Math.max(1, Math.abs(x));
      if (Number.isNaN(x) !== Number.isNaN(y) || Math.abs(x - y) > limit) odd.add(row);
    }),
  );
  return odd.size / rows;
}
