import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectPath } from "../../../../src/io/projectPath.js";
import { CellRunner } from "../../../../src/workspace/kernel/CellRunner.js";
import { CellSourceMaps } from "../../../../src/workspace/kernel/CellSourceMaps.js";
import { LateErrors } from "../../../../src/workspace/kernel/LateErrors.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

/** The module that sequences import, which lies beside the cells. */
const counter = `export let counted = 0;
export function count(by = 1): number { counted += by; return counted; }
export function restart(): void { counted = 0; }
export interface Counted { readonly total: number; }
export default class Counter { constructor(readonly step: number) {} next(): number { return count(this.step); } }
`;

/** What sequences use of Node: its own declarations are 40,000 lines, which every cell would be checked with. */
const declarations = `declare var console: { log(...shown: unknown[]): void };
declare module "node:path" {
  const path: { join(...parts: string[]): string };
  export default path;
  export function join(...parts: string[]): string;
}
`;

/** A new folder for cells, with the module that sequences import. Below the project, so that \`tsx\` resolves. */
export function sequenceFolder(): string {
  const below = projectPath(".twin", "sequences");
  mkdirSync(below, { recursive: true });
  const folder = mkdtempSync(join(below, "cells-"));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  write("counter.ts", counter);
  write("package.json", `{ "type": "module" }\n`);
  write("node_modules/@types/node/package.json", `{ "name": "@types/node", "types": "index.d.ts" }\n`);
  write("node_modules/@types/node/index.d.ts", declarations);
  return folder;
}

/** What evaluates cells in a kernel, in this process. */
export function sequenceKernel(folder: string): CellRunner {
  return new CellRunner({
    typescript: loadTypescript(),
    maps: new CellSourceMaps(),
    late: new LateErrors(),
    root: projectPath(),
    folder,
  });
}
