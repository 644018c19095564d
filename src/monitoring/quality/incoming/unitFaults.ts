import { convertUnit, quantityOf, unitsOf } from "../../../chemistry/units.js";
import { type NumberColumn, numbersOf } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding, type UncheckedQuality } from "./IncomingReport.js";
import { type Inspection, leastRows } from "./Inspection.js";
import { logDensity, onScale, type ValueDensity } from "./valueDensity.js";

/** Of the rows that changed unit, so many must lie where the reference does once they are converted. */
const fittingShare = 0.9;
/** Shares of rows, scattered over a table, that may have changed unit. */
const scatteredShares = [0.05, 0.25];

/**
 * Columns whose values fit the reference much better after a conversion between known units: all rows, a stretch of
 * them, or scattered ones.
 *
 * The evidence is a ratio of densities of the reference, of converted values over values as they are. While values come
 * from the reference its mean is 1, so it exceeds 1 / alpha with probability alpha at most, for each stretch.
 */
export function unitFaults({ incoming, numbers, reference, alphaEach }: Inspection): Checked {
  const findings: QualityFinding[] = [];
  const unknown: UncheckedQuality[] = [];
  for (const name of numbers) {
    const { density, field } = reference.numbers[name];
    const units = conversionsOf(field.unit, density);
    if (units.length === 0) continue;
    if (density === null) {
      unknown.push({ fault: "unit", columns: [name], reason: "too few values in the reference to know its range" });
      continue;
    }
    const column = numbersOf(incoming, name);
    const present = presentRows(column, density);
    if (present.length < leastRows) {
      unknown.push({
        fault: "unit",
        columns: [name],
        reason: `${present.length} values; ${leastRows} are needed to tell a unit`,
      });
      continue;
    }
    const found = units
      .map((unit) => evidenceOf(column, present, { density, unit, own: field.unit }))
      .filter(({ evidence, fits }) => evidence >= Math.log(units.length / alphaEach) && fits)
      .sort((a, b) => b.evidence - a.evidence);
    if (found.length === 0) continue;
    const [{ unit, rows, evidence }] = found;
    const isAll = rows.length === present.length;
    const all = isAll ? "all" : String(rows.length);
    findings.push(
      finding("unit", {
        column: name,
        unit: field.unit,
        rows: isAll ? [] : rows,
        rowCount: rows.length,
        shown: (row) => column[row],
        numbers: {
          medianAsIs: medianAt(column, rows),
          medianConverted: convertUnit(medianAt(column, rows), unit, field.unit),
          referenceLow: density.isLog ? Math.exp(density.low) : density.low,
          referenceHigh: density.isLog ? Math.exp(density.high) : density.high,
          logEvidence: evidence,
          threshold: Math.log(units.length / alphaEach),
        },
        because:
          `${all}${isAll ? ` ${rows.length}` : ""} values look like ${unit === "1" ? "fractions" : unit}, ` +
          `not ${field.unit === "1" ? "fractions" : field.unit}`,
        mend: `convert from ${unit} to ${field.unit}, if the source says so, and send the table again`,
      }),
    );
  }
  return { findings, unknown };
}

/** Other units that a column can have been written in. */
function conversionsOf(unit: string, density: ValueDensity | null): readonly string[] {
  const quantity = quantityOf(unit);
  if (quantity === undefined) return [];
  const others = unitsOf(quantity).filter((other) => convertUnit(1, other, unit) !== 1);
  // Wavelengths are also told as energies; sizes are not.
  const isWavelength =
    unit === "nm" && density !== null && !density.isLog && density.low > 200 && density.high < 2000;
  return isWavelength ? [...others, "eV"] : others;
}

/** Rows with a value that says something of its unit: a zero is one in most of them. */
function presentRows(column: NumberColumn, density: ValueDensity): number[] {
  const rows: number[] = [];
  for (let row = 0; row < column.length; row++)
    if (Number.isFinite(onScale(density, column[row]))) rows.push(row);
  return rows;
}

interface Evidence {
  readonly unit: string;
  /** Natural logarithm, of the best reading, less what looking for it costs. */
  readonly evidence: number;
  readonly rows: readonly number[];
  readonly fits: boolean;
}

function evidenceOf(
  column: NumberColumn,
  present: readonly number[],
  { density, unit, own }: { readonly density: ValueDensity; readonly unit: string; readonly own: string },
): Evidence {
  // Values outside of the range of wavelengths have no energy.
  const converted = present.map((row) => onScale(density, convertUnit(column[row], unit, own)));
  const stretched = density.isLog ? 0 : Math.log(slopeOf(unit, own, medianAt(column, present)));
  const ratios = converted.map((place, i) =>
    Number.isFinite(place)
      ? logDensity(density, place) + stretched - logDensity(density, onScale(density, column[present[i]]))
      : 0,
  );
  const [begin, end, sum] = bestStretch(ratios);
  const stretch = sum - 2 * Math.log(present.length);
  const scattered = Math.max(...scatteredShares.map((share) => mixed(ratios, share))) - Math.log(scatteredShares.length);
  const isStretch = stretch >= scattered;
  const at = isStretch
    ? Array.from({ length: end - begin }, (_, i) => begin + i)
    : ratios.flatMap((ratio, i) => (ratio > 3 ? [i] : []));
  const isInside = at.filter((i) => converted[i] >= density.low && converted[i] <= density.high).length;
  return {
    unit,
    evidence: Math.max(stretch, scattered) - Math.LN2,
    rows: at.map((i) => present[i]),
    fits: at.length > 0 && isInside >= fittingShare * at.length,
  };
}

/** How much a stretch of values grows when it is converted. */
function slopeOf(unit: string, own: string, at: number): number {
  const step = 1e-6 * Math.max(Math.abs(at), 1e-9);
  return Math.abs(convertUnit(at + step, unit, own) - convertUnit(at, unit, own)) / step;
}

/** Rows from and before, whose ratios have the largest sum. */
function bestStretch(ratios: readonly number[]): readonly [number, number, number] {
  let best: readonly [number, number, number] = [0, 0, 0];
  let [begin, sum] = [0, 0];
  ratios.forEach((ratio, i) => {
    if (sum <= 0) [begin, sum] = [i, 0];
    sum += ratio;
    if (sum > best[2]) best = [begin, i + 1, sum];
  });
  return best;
}

/** Evidence that a share of rows, whichever, has changed. */
function mixed(ratios: readonly number[], share: number): number {
  return ratios.reduce(
    (sum, ratio) =>
      sum + (ratio > 0 ? ratio + Math.log(share + (1 - share) * Math.exp(-ratio)) : Math.log(1 - share + share * Math.exp(ratio))),
    0,
  );
}

function medianAt(column: NumberColumn, rows: readonly number[]): number {
  const values = rows.map((row) => column[row]).sort((a, b) => a - b);
  return values[values.length >> 1];
}
