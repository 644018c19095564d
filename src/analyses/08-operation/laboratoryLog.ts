import { dayNumbers } from "../../core/dayNumbers.js";
import { makeTable, numbersOf, selectColumns, type Table, textsOf } from "../../core/Table.js";
import { laboratoryEffects } from "../../generation/laboratories.js";

const { caesiumLossPerDay, stockDays } = laboratoryEffects;

/** When a row was made: day of the two years, and days since its caesium stock was. */
export interface Place {
  readonly day: number;
  readonly stockAge: number;
}

/** Rows of one laboratory with its log: the day, and how old the caesium stock was. */
export interface LoggedTable {
  readonly table: Table;
  readonly places: readonly Place[];
}

/**
 * Rows of one laboratory with its log.
 *
 * @param columns  that are kept, beside the batch and the stock of each row
 */
export function withLog(table: Table, columns: readonly string[]): LoggedTable {
  const numbers = dayNumbers(textsOf(table, "date"));
  const [first] = dayNumbers(["2024-01-01"]);
  const days = numbers.map((day) => day - first);
  const [made, written] = [numbersOf(table, "trueCaesiumMolar"), numbersOf(table, "caesiumMolar")];
  const losses = days.map((_, row) => Math.log(made[row] / written[row]));
  const phase = stockPhase(days, losses);
  const places = Array.from(days, (day) => ({ day, stockAge: (day + phase) % stockDays }));
  const stock = Array.from(days, (day) => String(Math.floor((day + phase) / stockDays)));
  const known = selectColumns(table, [...columns, "batch"]);
  const levels = [...new Set(stock)];
  const column = { codes: Uint8Array.from(stock, (name) => levels.indexOf(name)), levels };
  const field = { kind: "category", unit: "", meaning: "caesium stock" } as const;
  return {
    table: makeTable({ ...known.schema, stock: field }, { ...known.columns, stock: column }),
    places,
  };
}

/** A laboratory's log tells when a stock was made; the twin's does by what caesium truly was: the day of best fit. */
function stockPhase(days: Float64Array, losses: Float64Array): number {
  const misfit = (phase: number): number => {
    const rest = losses.map((loss, row) => loss + caesiumLossPerDay * ((days[row] + phase) % stockDays));
    const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
    return rest.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const phases = Array.from({ length: stockDays }, (_, phase) => ({ phase, misfit: misfit(phase) }));
  return phases.reduce((best, one) => (one.misfit < best.misfit ? one : best)).phase;
}
