import type { ReagentList } from "../../chemistry/reagentList.js";
import { columnNames } from "../../core/columnNames.js";
import type { Table } from "../../core/Table.js";
import type { ColumnMap } from "./ColumnMap.js";
import { isAmountUnit } from "./isAmountUnit.js";
import { readHeader } from "./readHeader.js";

/** A header of a table that is not read, and of which nobody has said that it need not be. */
export interface UndecidedHeader {
  readonly header: string;
  readonly why: string;
  /** Of amounts that may have gone into the reaction; null for what is no amount. */
  readonly unit: string | null;
}

/** Headers that a map leaves open, by its word or because it does not name them. */
export function undecidedHeaders(table: Table, map: ColumnMap, reagents: ReagentList): readonly UndecidedHeader[] {
  const named = new Map(map.columns.map((one) => [one.header, one]));
  return columnNames(table.schema).flatMap((header) => {
    const one = named.get(header);
    if (one !== undefined && !("undecided" in one)) return [];
    const why = one?.undecided ?? "the map does not name it";
    return [{ header, why, unit: amountUnit(table, header, reagents) }];
  });
}

/** The unit of a column of numbers that may have gone in: of an amount, or per cent of something that is a reagent. */
function amountUnit(table: Table, header: string, reagents: ReagentList): string | null {
  const { parts, named, numbers } = readHeader(table, header, reagents);
  if (parts.unit === undefined || numbers.length === 0) return null;
  if (isAmountUnit(parts.unit)) return parts.unit;
  return parts.unit === "%" && named?.left.length === 0 ? "%" : null;
}
