import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";

/** Where something stands in a cell or a module as its author wrote it, line and column counted from 1. */
export interface CellPlace {
  /** Number of the cell, or path of the module. */
  readonly source: number | string;
  readonly line: number;
  readonly column: number;
}

interface Entry {
  readonly source: number | string;
  readonly sourceMap: string;
  readonly linesBefore: number;
}

/**
 * Fault: tslab keeps no map from a cell's compiled code to the cell, and runs every cell under one nameless file, so
 * that a traceback points nowhere. Here each piece of code that the kernel compiles has a name, and its map is kept.
 */
export class CellSourceMaps {
  readonly #entries = new Map<string, Entry>();

  /**
   * @param script               name that the code runs under
   * @param options.linesBefore  lines that the kernel puts before the compiled code
   */
  add(
    script: string,
    {
      source,
      sourceMap,
      linesBefore,
    }: { readonly source: number | string; readonly sourceMap: string; readonly linesBefore: number },
  ): void {
    // As text: of thousands of cells, few are ever asked for.
    this.#entries.set(script, { source, sourceMap, linesBefore });
  }

  has(script: string): boolean {
    return this.#entries.has(script);
  }

  /** The place as its author knows it, or null for code that its author did not write; both count from 1. */
  locate(script: string, line: number, column: number): CellPlace | null {
    const entry = this.#entries.get(script);
    if (entry === undefined || line <= entry.linesBefore) return null;
    const map = new SourceMap(JSON.parse(entry.sourceMap) as SourceMapPayload);
    const found = map.findEntry(line - 1 - entry.linesBefore, column - 1);
    if (!("originalLine" in found)) return null;
    return { source: entry.source, line: found.originalLine + 1, column: found.originalColumn + 1 };
  }
}
