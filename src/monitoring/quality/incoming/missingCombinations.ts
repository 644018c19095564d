import type { Table } from "../../../core/Table.js";
import { isMissingAt } from "./isMissingAt.js";

/** Which columns are missing together in the rows of a table. */
export interface MissingCombinations {
  /** Each as a text of 0 and 1, one for each column looked at. */
  readonly seen: readonly string[];
  readonly names: readonly string[];
  /** Groups with a combination that no other group has. */
  readonly loneGroups: number;
}

/** Combination of missing columns of each row, as a text of 0 and 1. */
export function combinationsOf(table: Table, names: readonly string[]): string[] {
  const missing = names.map((name) => {
    const column = table.columns[name];
    return Uint8Array.from({ length: table.numRows }, (_, row) => (isMissingAt(column, row) ? 1 : 0));
  });
  const some = missing.map((flags) => flags.includes(1));
  return Array.from({ length: table.numRows }, (_, row) => {
    let text = "";
    for (let i = 0; i < missing.length; i++) text += some[i] && missing[i][row] === 1 ? "1" : "0";
    return text;
  });
}

/** The combinations of a reference. */
export function missingCombinations(
  table: Table,
  names: readonly string[],
  groups: Uint32Array,
): MissingCombinations {
  const groupOf = new Map<string, number>();
  combinationsOf(table, names).forEach((text, row) => {
    const before = groupOf.get(text);
    groupOf.set(text, before === undefined || before === groups[row] ? groups[row] : -1);
  });
  const lone = new Set([...groupOf.values()].filter((group) => group >= 0));
  return { seen: [...groupOf.keys()], names, loneGroups: lone.size };
}
