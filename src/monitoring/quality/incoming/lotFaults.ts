import { numbersOf } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";
import { lotNames, type LotQuantity } from "./lotProfile.js";

/**
 * Lots that the reference has not, and steps in quantities that belong to a lot: away from what the lot had in the
 * reference, or within it from one row on, larger than rows of a lot differ.
 */
export function lotFaults({ incoming, reference, numbers, alphaEach }: Inspection): Checked {
  const { lot } = reference.rowColumns;
  const unknown = (reason: string): Checked => ({
    findings: [],
    unknown: [{ fault: "lot", columns: lot === undefined ? [] : [lot], reason }],
  });
  if (lot === undefined || reference.lots === null) return unknown("no column of lots is named");
  if (!Object.hasOwn(incoming.columns, lot)) return unknown(`column ${lot} is missing`);
  const names = lotNames(incoming.columns[lot]);
  const known = new Set(reference.lots.lots);
  const fresh = names.flatMap((name, row) => (name !== "" && !known.has(name) ? [row] : []));
  const findings: QualityFinding[] = [];
  if (fresh.length > 0) {
    const which = [...new Set(fresh.map((row) => names[row]))];
    findings.push(
      finding("lot", {
        column: lot,
        rows: fresh,
        shown: (row) => names[row],
        numbers: { newLots: which.length, knownLots: known.size },
        because: `new ${which.length === 1 ? "lot" : "lots"} ${which
          .slice(0, 5)
          .map((name) => `"${name}"`)
          .join(", ")}`,
        mend: "run the standard recipe with it before its rows are used",
      }),
    );
  }
  for (const quantity of reference.lots.quantities.filter(({ name }) => numbers.includes(name)))
    findings.push(...stepsOf(quantity, names, numbersOf(incoming, quantity.name), { alphaEach, reference }));
  const none = reference.lots.quantities.length === 0;
  const reason = "the reference shows no quantity that belongs to a lot: steps within one cannot be told";
  return { findings, unknown: none ? [{ fault: "lot", columns: [lot], reason }] : [] };
}

function stepsOf(
  { name, deviation, lots: means }: LotQuantity,
  lots: readonly string[],
  column: ArrayLike<number>,
  { alphaEach, reference }: Pick<Inspection, "alphaEach" | "reference">,
): QualityFinding[] {
  const byLot = new Map<string, number[]>();
  lots.forEach((lot, row) => {
    if (lot === "" || !Number.isFinite(column[row])) return;
    const rows = byLot.get(lot);
    if (rows === undefined) byLot.set(lot, [row]);
    else rows.push(row);
  });
  const { unit } = reference.numbers[name].field;
  return [...byLot].flatMap(([lot, rows]) => {
    const step = largestStep(rows, column, { deviation, start: Object.hasOwn(means, lot) ? means[lot] : undefined });
    if (step === null) return [];
    // Twice the normal tail's bound, over the places where a step may lie.
    const threshold = Math.sqrt(2 * Math.log((2 * rows.length) / alphaEach));
    if (step.size < threshold) return [];
    const after = rows.slice(step.at);
    return [
      finding("lot", {
        column: name,
        unit,
        rows: after,
        shown: (row) => column[row],
        numbers: { from: step.from, to: step.to, deviations: Math.min(step.size, 1e9), threshold },
        because:
          `lot "${lot}" had ${short(step.from)} and has ${short(step.to)}${unit === "1" ? "" : ` ${unit}`}, ` +
          `under the same name`,
        mend: "see whether the bottle was changed, diluted or aged, and give the new lot a name of its own",
      }),
    ];
  });
}

interface Step {
  /** Place of the first row after it. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** In standard errors. */
  readonly size: number;
}

/** The step within the rows of a lot that stands out most; against the reference's mean of it, where it is known. */
function largestStep(
  rows: readonly number[],
  column: ArrayLike<number>,
  { deviation, start }: { readonly deviation: number; readonly start: LotQuantity["lots"][string] | undefined },
): Step | null {
  const total = rows.reduce((sum, row) => sum + column[row], 0);
  const mean = total / rows.length;
  // Rounding of a quantity that is written down is no step.
  const spread = Math.max(deviation, 1e-6 * Math.abs(mean), 1e-300);
  let best: Step | null = null;
  let sum = 0;
  for (let at = 0; at < rows.length; at++) {
    const [before, after] = [at, rows.length - at];
    const to = (total - sum) / after;
    const earlier = at === 0 ? start : { mean: sum / before, rows: before };
    if (earlier !== undefined) {
      const size = Math.abs(to - earlier.mean) / (spread * Math.sqrt(1 / earlier.rows + 1 / after));
      if (best === null || size > best.size) best = { at, from: earlier.mean, to, size };
    }
    sum += column[rows[at]];
  }
  return best;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
