import { daysOfMidnights, plainTime } from "../../core/plainTime.js";
import type { CategoryColumn } from "../../core/Table.js";
import { tidyText } from "../../core/tidyText.js";

/** Takes the texts of one category column from top to bottom; null is missing. */
export interface CategoryBuilder {
  add(text: string | null): void;
  finish(): CategoryColumn;
}

/**
 * Texts are told apart by their tidy form (`tidyText`, `plainTime`), in whatever format they came.
 * `levels` come first and keep their codes; further texts get the next codes in order
 * of appearance (the data-quality report names them).
 */
export function categoryBuilder(levels: readonly string[] = []): CategoryBuilder {
  const known = [...levels];
  const codeOf = new Map(known.map((level, code) => [level, code]));
  const codes: number[] = [];
  const newCode = (text: string): number => {
    const level = plainTime(tidyText(text));
    let code = codeOf.get(level);
    if (code === undefined) {
      code = known.length;
      known.push(level);
      codeOf.set(level, code);
    }
    // An untidy text is tidied once, not in every row.
    if (level !== text) codeOf.set(text, code);
    return code;
  };
  return {
    add(text) {
      const level = text ?? "";
      codes.push(codeOf.get(level) ?? newCode(level));
    },
    finish() {
      const Codes = known.length <= 0x100 ? Uint8Array : known.length <= 0x10000 ? Uint16Array : Uint32Array;
      return { codes: Codes.from(codes), levels: levels.length > 0 ? known : daysOfMidnights(known) };
    },
  };
}
