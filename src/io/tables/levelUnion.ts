/** The texts of a category column over all its chunks, each with a code of its own. */
export interface LevelUnion {
  /** Without the empty text, which is the missing value. */
  readonly levels: readonly string[];
  /** Code of a text; a new one gets the next code, the missing value has `missingCode`. */
  readonly codeOf: (level: string) => number;
  /** Codes of a chunk's levels, `unseenCode` where a level is new; nothing is added. */
  codesOf(levels: readonly string[]): LevelCodes;
}

export interface LevelCodes {
  readonly codes: Int32Array;
  /** Whether every level has its place in the chunk for its code, and none is missing. */
  readonly unchanged: boolean;
}

export const missingCode = -1;
export const unseenCode = -2;

/** @param first  levels that come first and keep their codes */
export function levelUnion(first: readonly string[] = []): LevelUnion {
  const known: string[] = [];
  const codes = new Map([["", missingCode]]);
  let before: { readonly levels: readonly string[]; readonly found: LevelCodes } | undefined;
  const codeOf = (level: string): number => {
    const text = asStored(level);
    let code = codes.get(text);
    if (code === undefined) {
      code = known.length;
      known.push(text);
      codes.set(text, code);
    }
    return code;
  };
  first.forEach(codeOf);
  return {
    levels: known,
    codeOf,
    codesOf(levels) {
      // Chunks of one source share their levels: they are looked up once.
      if (before?.levels !== levels) {
        const found = Int32Array.from(levels, (level) => codes.get(asStored(level)) ?? unseenCode);
        before = { levels, found: { codes: found, unchanged: found.every((code, place) => code === place) } };
      }
      return before.found;
    },
  };
}

/** As it will stand in the file: halves of surrogate pairs are no UTF-8, and all become the same sign. */
function asStored(level: string): string {
  return /[\ud800-\udfff]/.test(level) ? Buffer.from(level).toString() : level;
}
