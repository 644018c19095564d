import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectPath } from "../../src/io/projectPath.js";

/** Threads and processes run compiled code. */
export const isBuilt: boolean = existsSync(projectPath("dist", "tuning", "runStudy.js"));
if (!isBuilt) console.warn("tests of studies in folders are skipped: dist is not here; run npm run build");

/** Text of study.json. */
export function studyJson(folder: string): Promise<string> {
  return readFile(join(folder, "study.json"), "utf8");
}

/** Writes the module of an objective. @returns its path */
export async function objectiveModule(folder: string, name: string, code: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, code);
  return path;
}

/** Waits, reports 16 epochs, and may be pruned at a rung. */
export const pausingObjective = `
export const space = { x: { kind: "float", low: -5, high: 5 }, y: { kind: "integer", low: 0, high: 10 } };
export async function objective({ number, parameters, report }, { milliseconds }) {
  await new Promise((resolve) => setTimeout(resolve, ((number * 7) % 4) * milliseconds));
  if (number === 5) throw new Error("not this one");
  const value = (parameters.x - 1) ** 2 + parameters.y;
  for (let epoch = 1; epoch <= 16; epoch++)
    if (report(epoch, value + 1 / epoch)) return { state: "pruned", reason: "at epoch " + epoch };
  return value;
}`;
