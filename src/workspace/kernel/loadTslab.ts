import { createRequire } from "node:module";
import type * as ConverterModule from "tslab/dist/converter.js";
import type * as ExecutorModule from "tslab/dist/executor.js";
import type * as InspectModule from "tslab/dist/inspect.js";
import type * as JupyterModule from "tslab/dist/jupyter.js";
import type ts from "@tslab/typescript-for-tslab";
import type { CellSourceMaps } from "./CellSourceMaps.js";
import { spellOutShorthand } from "./spellOutShorthand.js";
import { strictCompiler } from "./strictCompiler.js";

/** The parts of tslab that this kernel is made of: its cell compiler, its executor and their helpers. */
export interface Tslab {
  /** The compiler of cells. */
  readonly createConverter: (options: ConverterModule.ConverterOptions) => ConverterModule.Converter;
  readonly isCompleteCode: typeof ConverterModule.isCompleteCode;
  readonly executor: typeof ExecutorModule;
  readonly inspect: typeof InspectModule;
  readonly jupyter: typeof JupyterModule;
  readonly typescriptVersion: string;
}

const testedVersion = "1.0.22";

/**
 * Loads tslab with our compiler options in place of its own.
 *
 * @throws Error if another version of tslab is installed: these are internals, and the mends fit one version
 */
export function loadTslab(maps: CellSourceMaps): Tslab {
  const require = createRequire(import.meta.url);
  const { version } = require("tslab/package.json") as { version: string };
  if (version !== testedVersion)
    throw new Error(`the kernel is made for tslab ${testedVersion}; got ${version}; run \`npm ci\``);
  const requireOfTslab = createRequire(require.resolve("tslab/package.json"));
  const compiler = requireOfTslab.resolve("@tslab/typescript-for-tslab");
  const typescript = requireOfTslab(compiler) as typeof ts;
  // tslab takes the compiler from the module cache, so what stands there when tslab loads is what it uses.
  let announce = (): void => undefined;
  require.cache[compiler]!.exports = strictCompiler(typescript, maps, (ofHost) => (announce = ofHost));
  const converter = require("tslab/dist/converter.js") as typeof ConverterModule;
  return {
    createConverter: (options) => {
      const inner = converter.createConverter(options);
      const announceHere = announce;
      return {
        ...inner,
        convert: (before, source) => {
          announceHere();
          return inner.convert(before, spellOutShorthand(typescript, source, before));
        },
      };
    },
    isCompleteCode: converter.isCompleteCode,
    executor: require("tslab/dist/executor.js") as typeof ExecutorModule,
    inspect: require("tslab/dist/inspect.js") as typeof InspectModule,
    jupyter: require("tslab/dist/jupyter.js") as typeof JupyterModule,
    typescriptVersion: typescript.version,
  };
}
