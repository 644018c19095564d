import { numbersOf } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding } from "./IncomingReport.js";
import { type Inspection, tooFewRows } from "./Inspection.js";
import { tieBound, type TieRates } from "./tieRates.js";

/**
 * Runs of one number that the reference does not explain: each further row repeats the one before with at most the
 * reference's own rate of ties, of this value and within or between batches, at its 99 % bound; the product, times the
 * rows where a run may begin, must be improbable, and the run longer than any of the reference.
 */
export function stuckFaults(inspection: Inspection): Checked {
  const { incoming, reference, numbers, groups, alphaEach } = inspection;
  const few = tooFewRows(inspection);
  if (few !== null) return { findings: [], unknown: [{ fault: "stuck", columns: [], reason: few }] };
  const findings: QualityFinding[] = [];
  const untold = new Set<string>();
  for (const name of numbers) {
    const { ties, field } = reference.numbers[name];
    const column = numbersOf(incoming, name);
    const rateOf = ratesOf(ties);
    let best: { readonly rows: readonly number[]; readonly log: number } | null = null;
    let rows: number[] = [];
    let log = 0;
    let isTold = true;
    for (let row = 0; row <= column.length; row++) {
      const value = column[row];
      // The end is undefined; infinite numbers are told elsewhere.
      if (row < column.length && !Number.isFinite(value)) continue;
      const last = rows.at(-1);
      if (last !== undefined && value === column[last]) {
        const rate = rateOf(value, groups[row] === groups[last]);
        if (rate === null) isTold = false;
        else log += Math.log(rate);
        rows.push(row);
        continue;
      }
      if (last !== undefined && rows.length > longestOf(ties, column[last])) {
        if (!isTold && rows.length > 2) untold.add(name);
        if (best === null || log < best.log) best = { rows, log };
      }
      [rows, log, isTold] = [[row], 0, true];
    }
    if (best === null) continue;
    const logProbability = best.log + Math.log(column.length);
    if (logProbability > Math.log(alphaEach)) continue;
    const value = column[best.rows[0]];
    findings.push(
      finding("stuck", {
        column: name,
        unit: field.unit,
        rows: best.rows,
        shown: (row) => column[row],
        numbers: { value, run: best.rows.length, longestOfReference: longestOf(ties, value), logProbability },
        because:
          `${short(value)}${field.unit === "1" || field.unit === "" ? "" : ` ${field.unit}`} ` +
          `${best.rows.length} times in a row; ` +
          `by chance with probability ${probability(logProbability)} at most`,
        mend: "see whether the instrument was read, and measure again",
      }),
    );
  }
  const columns = [...untold].filter((name) => !findings.some(({ column }) => column === name));
  const reason = "the reference has too few rows that follow each other to know how often a value repeats";
  return { findings, unknown: columns.length === 0 ? [] : [{ fault: "stuck", columns, reason }] };
}

function longestOf({ frequent, longest }: TieRates, value: number): number {
  return frequent.some((one) => one.value === value) ? longest.frequent : longest.others;
}

/** Upper bounds of tie rates by value and kind of pair, each computed once. */
function ratesOf({ frequent, others }: TieRates): (value: number, isWithin: boolean) => number | null {
  const known = new Map<string, number | null>();
  return (value, isWithin) => {
    const own = frequent.findIndex((one) => one.value === value);
    const key = `${own} ${isWithin}`;
    if (!known.has(key)) {
      const cell = own < 0 ? others : frequent[own];
      known.set(key, tieBound(isWithin ? cell.within : cell.between));
    }
    return known.get(key)!;
  };
}

function probability(log: number): string {
  return log < Math.log(1e-12) ? "1e-12" : Math.exp(log).toExponential(0);
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
