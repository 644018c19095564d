import { createRequire } from "node:module";
import type * as TypeScript from "typescript";

/** The compiler, loaded when it is first asked for: that takes 300 ms, and most commands need none. */
export function loadTypeScript(): typeof TypeScript {
  return createRequire(import.meta.url)("typescript") as typeof TypeScript;
}
