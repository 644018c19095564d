import type { Table } from "../../../core/Table.js";
import { missingFlags } from "./missingFlags.js";

/** Which columns are missing together in the rows of a table. */
export interface MissingCombinations {
  /** Each as places in names. */
  readonly seen: readonly string[];
  readonly names: readonly string[];
  /** Groups with a combination that no other group has. */
  readonly loneGroups: number;
}

/** Combination of missing columns of each row: their places, each with a comma. */
export function combinationsOf(rows: number, missing: readonly Uint8Array[]): string[] {
  const texts = new Array<string>(rows).fill("");
  missing.forEach((flags, place) => {
    for (let row = flags.indexOf(1); row >= 0; row = flags.indexOf(1, row + 1)) texts[row] += `${place},`;
  });
  return texts;
}

/** The combinations of a reference. */
export function missingCombinations(table: Table, names: readonly string[], groups: Uint32Array): MissingCombinations {
  const groupOf = new Map<string, number>();
  combinationsOf(
    table.numRows,
    names.map((name) => missingFlags(table.columns[name])),
  ).forEach((text, row) => {
    const before = groupOf.get(text);
    groupOf.set(text, before === undefined || before === groups[row] ? groups[row] : -1);
  });
  const lone = new Set([...groupOf.values()].filter((group) => group >= 0));
  return { seen: [...groupOf.keys()], names, loneGroups: lone.size };
}
