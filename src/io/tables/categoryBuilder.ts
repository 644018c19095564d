import type { CategoryColumn } from "../../core/Table.js";

/** Takes the texts of one category column from top to bottom; null is missing. */
export interface CategoryBuilder {
  add(text: string | null): void;
  finish(): CategoryColumn;
}

/**
 * `levels` come first and keep their codes; further texts get the next codes in order
 * of appearance (the data-quality report names them).
 */
export function categoryBuilder(levels: readonly string[] = []): CategoryBuilder {
  const known = [...levels];
  const codeOf = new Map(known.map((level, code) => [level, code]));
  const codes: number[] = [];
  return {
    add(text) {
      const level = text ?? "";
      let code = codeOf.get(level);
      if (code === undefined) {
        code = known.length;
        known.push(level);
        codeOf.set(level, code);
      }
      codes.push(code);
    },
    finish() {
      const Codes = known.length <= 0x100 ? Uint8Array : known.length <= 0x10000 ? Uint16Array : Uint32Array;
      return { codes: Codes.from(codes), levels: known };
    },
  };
}
