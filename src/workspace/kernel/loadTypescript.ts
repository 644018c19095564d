import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import vm from "node:vm";
import type ts from "typescript";
import { projectPath } from "../../io/projectPath.js";
import { writeAtomic } from "../../io/writeAtomic.js";

const require = createRequire(import.meta.url);
const path = require.resolve("typescript");
let script: vm.Script | null = null;

/**
 * TypeScript, the one that checks the project. Not by import, which would search its 9 MB for names of exports; and not
 * by `require`, which would compile them each time.
 *
 * @param cache  file of `cacheTypescript`; made by another Node or for another TypeScript, it is as good as none
 */
export function loadTypescript(cache: string = cachePath()): typeof ts {
  const known = require.cache[path];
  if (known !== undefined) return known.exports as typeof ts;
  const source = readFileSync(path, "utf8");
  script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: path,
    cachedData: readOrNothing(cache),
  });
  const module = { id: path, path: dirname(path), filename: path, loaded: false, exports: {}, children: [], paths: [] };
  require.cache[path] = module as unknown as NodeJS.Module;
  const run = script.runInThisContext() as (...values: unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  module.loaded = true;
  return module.exports as typeof ts;
}

/** Whether TypeScript was loaded from what V8 had compiled before. */
export function isTypescriptCached(): boolean {
  return script?.cachedDataRejected === false;
}

/** Keeps what V8 has compiled of TypeScript so far for the next that loads it. */
export async function cacheTypescript(cache: string = cachePath()): Promise<void> {
  if (script === null) throw new Error("loadTypescript must have been called first");
  await mkdir(dirname(cache), { recursive: true });
  await writeAtomic(cache, script.createCachedData());
}

function cachePath(): string {
  const { version } = require("typescript/package.json") as { version: string };
  return projectPath("dist", "declarations", `typescript-${version}.cache`);
}

function readOrNothing(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
