import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../../src/io/projectPath.js";
import { CellRunner } from "../../../../src/workspace/kernel/CellRunner.js";
import { CellSourceMaps } from "../../../../src/workspace/kernel/CellSourceMaps.js";
import { LateErrors } from "../../../../src/workspace/kernel/LateErrors.js";
import { programModule } from "./Program.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

/** The module that sequences import, which lies beside the cells. */
const counter = `export let counted = 0;
export function count(by = 1): number { counted += by; return counted; }
export function restart(): void { counted = 0; }
export interface Counted { readonly total: number; }
export default class Counter { constructor(readonly step: number) {} next(): number { return count(this.step); } }
`;

/** A new folder for cells, with the module that sequences import. Below the project, so that it finds packages. */
export function sequenceFolder(): string {
  const below = projectPath(".twin", "sequences");
  mkdirSync(below, { recursive: true });
  const folder = mkdtempSync(join(below, "cells-"));
  writeFileSync(join(folder, "counter.ts"), counter);
  writeFileSync(join(folder, "program.ts"), programModule);
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }\n`);
  return folder;
}

/** What evaluates cells in a kernel, in this process (default: in a folder of its own). */
export function sequenceKernel(folder = sequenceFolder()): { readonly runner: CellRunner; readonly folder: string } {
  const options = { typescript: loadTypescript(), maps: new CellSourceMaps(), late: new LateErrors() };
  return { runner: new CellRunner({ ...options, root: projectPath(), folder }), folder };
}
