import { numbersOf } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding, type UncheckedQuality } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";
import { onScale } from "./valueDensity.js";

/**
 * Values outside the range of their field, or farther outside the reference's than it is wide (in the logarithm, where
 * amounts span more than a factor of twenty).
 */
export function rangeFaults({ incoming, numbers, reference }: Inspection): Checked {
  const findings: QualityFinding[] = [];
  const unknown: UncheckedQuality[] = [];
  for (const name of numbers) {
    const { field, density } = reference.numbers[name];
    const column = numbersOf(incoming, name);
    const { min = -Infinity, max = Infinity, unit } = field;
    const printed = unit === "1" || unit === "" ? "" : ` ${unit}`;
    const impossible = rowsWhere(column, (value) => value < min || value > max);
    if (impossible.length > 0)
      findings.push(
        finding("range", {
          column: name,
          unit,
          rows: impossible,
          shown: (row) => column[row],
          numbers: { ...(min > -Infinity ? { min } : {}), ...(max < Infinity ? { max } : {}) },
          because:
            `${count(impossible)} outside what is possible` +
            (min > -Infinity && max < Infinity ? `, ${short(min)} to ${short(max)}${printed}` : ""),
          mend: "correct them at their source, or leave the cells empty",
        }),
      );
    if (density === null) {
      unknown.push({ fault: "range", columns: [name], reason: "too few values in the reference to know its range" });
      continue;
    }
    const room = density.high - density.low;
    // Readings near zero may come arbitrarily near: in the logarithm that is far.
    const [low, high] = [density.low - (density.isLog ? 3 : 1) * room, density.high + room];
    // Below zero is far from readings that keep well above it.
    const isPositive = density.isLog || density.low > room / 8;
    const isFar = (value: number): boolean => {
      if (value < 0 && isPositive) return true;
      const place = onScale(density, value);
      // Of a column in the logarithm, a zero is far where the reference has none.
      return Number.isNaN(place) ? density.zeros === 0 : place < low || place > high;
    };
    const far = rowsWhere(column, (value) => value >= min && value <= max && isFar(value));
    if (far.length === 0) continue;
    const plain = (place: number): number => (density.isLog ? Math.exp(place) : place);
    findings.push(
      finding("range", {
        column: name,
        unit,
        rows: far,
        shown: (row) => column[row],
        numbers: { referenceLow: plain(density.low), referenceHigh: plain(density.high) },
        because:
          `${count(far)} far from the reference, which has ` +
          `${short(plain(density.low))} to ${short(plain(density.high))}${printed}`,
        mend: "see whether they are mistakes of writing; else the model knows nothing of such recipes",
      }),
    );
  }
  return { findings, unknown };
}

function rowsWhere(column: ArrayLike<number>, is: (value: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < column.length; row++) if (Number.isFinite(column[row]) && is(column[row])) rows.push(row);
  return rows;
}

function count(rows: readonly number[]): string {
  return `${rows.length} ${rows.length === 1 ? "value" : "values"}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
