import { createRequire } from "node:module";
import type ts from "typescript";

const require = createRequire(import.meta.url);

/** TypeScript, the one that checks the project. By `require`: an import would search its 9 MB for names of exports. */
export function loadTypescript(): typeof ts {
  return require("typescript") as typeof ts;
}
