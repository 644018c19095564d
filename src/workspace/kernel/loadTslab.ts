import { createRequire } from "node:module";
import type ts from "typescript";
import type * as InspectModule from "tslab/dist/inspect.js";

/** Takes what tslab's `display` shows: content of a display_data message, and whether it replaces an earlier one. */
export type TslabWriter = (content: unknown, update: boolean) => void;

const testedVersion = "1.0.22";
const require = createRequire(import.meta.url);

/**
 * tslab as cells import it, for its `display`. The compiler that it asks for is the one that this kernel runs: its own
 * is TypeScript 5.0, would be read a second time, and knows less.
 *
 * @throws Error if another version of tslab is installed: these are internals, and the mends fit one version
 */
export function loadTslab(typescript: typeof ts, write: TslabWriter): Readonly<Record<string, unknown>> {
  const requireOfTslab = prepared(typescript);
  Object.assign(requireOfTslab("tslab/dist/jupyter.js") as object, { lastWriteDisplayData: write });
  return requireOfTslab("tslab") as Readonly<Record<string, unknown>>;
}

/** A tooltip's text, as tslab prints it. */
export function printQuickInfo(typescript: typeof ts, info: ts.QuickInfo): string {
  const { printQuickInfo: print } = prepared(typescript)("tslab/dist/inspect.js") as typeof InspectModule;
  return print(info as unknown as Parameters<typeof print>[0]);
}

function prepared(typescript: typeof ts): NodeJS.Require {
  const { version } = require("tslab/package.json") as { version: string };
  if (version !== testedVersion)
    throw new Error(`the kernel is made for tslab ${testedVersion}; got ${version}; run \`npm ci\``);
  const compiler = createRequire(require.resolve("tslab/package.json")).resolve("@tslab/typescript-for-tslab");
  if (require.cache[compiler] === undefined) {
    const module = { id: compiler, filename: compiler, loaded: true, exports: typescript, children: [], paths: [] };
    require.cache[compiler] = module as unknown as NodeJS.Module;
  }
  return require;
}
