import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";
import type ts from "@tslab/typescript-for-tslab";

/** Where something stands in a cell as its author wrote it, both counted from 1. */
export interface CellPlace {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

interface Maps {
  readonly cell: number;
  /** Lines of the code itself; tslab calls it from one line more. */
  readonly lines: number;
  readonly commonJs: SourceMap;
  readonly typescript: SourceMap;
}

const inlineMap = /\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;
/** tslab puts one line (`export {};`) before every cell. */
const linesBefore = 1;

/**
 * Fault: tslab compiles a cell twice (TypeScript to modules, modules to CommonJS), keeps no
 * map, and runs every cell under one nameless file, so that a traceback points nowhere.
 * This keeps the maps of both steps and gives each cell's code a name of its own.
 */
export class CellSourceMaps {
  readonly #maps = new Map<string, Maps>();
  #cell = 0;

  /** What is compiled from now on belongs to this cell. */
  begin(cell: number): void {
    this.#cell = cell;
  }

  /** The second step of tslab's compilation, which keeps both maps and names the code. */
  transpile(typescript: typeof ts, input: string, options: ts.TranspileOptions): ts.TranspileOutput {
    const found = inlineMap.exec(input);
    const first = found === null ? null : (JSON.parse(Buffer.from(found[1], "base64").toString()) as SourceMapPayload);
    if (found === null || first === null || !first.sources.some((source) => source.endsWith("__tslab__.ts"))) {
      return typescript.transpileModule(input, options);
    }
    const { outputText, sourceMapText, ...rest } = typescript.transpileModule(input.slice(0, found.index), {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
    });
    const name = scriptName(this.#cell);
    this.#maps.set(name, {
      cell: this.#cell,
      lines: outputText.split("\n").length,
      commonJs: new SourceMap(JSON.parse(sourceMapText!) as SourceMapPayload),
      typescript: new SourceMap(first),
    });
    return { ...rest, outputText: `${outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "")}//# sourceURL=${name}\n` };
  }

  isCell(script: string): boolean {
    return this.#maps.has(script);
  }

  /**
   * The place in a cell, or null for code that its author did not write.
   * Line and column of the running code count from 1.
   */
  locate(script: string, line: number, column: number): CellPlace | null {
    const maps = this.#maps.get(script);
    if (maps === undefined || line > maps.lines) return null;
    const module = entry(maps.commonJs, line - 1, column - 1);
    const source = module === null ? null : entry(maps.typescript, module.originalLine, module.originalColumn);
    return source === null
      ? null
      : { cell: maps.cell, line: source.originalLine + 1 - linesBefore, column: source.originalColumn + 1 };
  }
}

function scriptName(cell: number): string {
  return `cell-${cell}`;
}

function entry(
  map: SourceMap,
  line: number,
  column: number,
): { readonly originalLine: number; readonly originalColumn: number } | null {
  const found = map.findEntry(line, column);
  return "originalLine" in found ? found : null;
}
