import { convertUnit, quantityOf, unitsOf } from "../../../chemistry/units.js";
import type { Field } from "../../../core/Schema.js";
import { type NumberColumn, numbersOf } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding, type UncheckedQuality } from "./IncomingReport.js";
import { type Inspection, leastRows } from "./Inspection.js";
import { logDensity, onScale, type ValueDensity } from "./valueDensity.js";

/** Of the rows that changed unit, so many must lie where the reference does once they are converted. */
const fittingShare = 0.9;
/** Fewer rows are wrong values rather than another unit. */
const fewestChanged = 5;
/** Shares of rows, scattered over a table, that may have changed unit. */
const scatteredShares = [0.05, 0.25];
/**
 * Drift that a change of unit must explain better than: factors in the logarithm, else shares of the reference's width.
 */
const drifts = [0.25, 0.5, 1];
/** Evidence of one row by which it is told from its neighbours, natural logarithm. */
const tellingRatio = 3;

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
    const units = conversionsOf(field, density);
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
    const at = logDensity(density);
    const asIs = present.map((row) => at(onScale(density, column[row])));
    const found = units
      .map((unit) => evidenceOf(column, present, { density, at, asIs, unit, own: field.unit }))
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
function conversionsOf({ unit, max = Infinity }: Field, density: ValueDensity | null): readonly string[] {
  const quantity = quantityOf(unit);
  if (quantity === undefined) return [];
  // A ratio has the unit of a share, and nobody writes it in percent.
  if (unit === "1" && max > 1 && (density === null || (density.isLog ? Math.exp(density.high) : density.high) > 1.05))
    return [];
  const others = unitsOf(quantity).filter((other) => convertUnit(1, other, unit) !== 1);
  // Wavelengths are also told as energies; sizes are not.
  const isWavelength = unit === "nm" && density !== null && !density.isLog && density.low > 200 && density.high < 2000;
  return isWavelength ? [...others, "eV"] : others;
}

/** Rows with a value that says something of its unit: a zero is one in most of them. */
function presentRows(column: NumberColumn, density: ValueDensity): number[] {
  const rows: number[] = [];
  for (let row = 0; row < column.length; row++) if (Number.isFinite(onScale(density, column[row]))) rows.push(row);
  return rows;
}

interface Evidence {
  readonly unit: string;
  /** Natural logarithm, of the best reading, less what looking for it costs. */
  readonly evidence: number;
  readonly rows: readonly number[];
  readonly fits: boolean;
}

/** How values are to be read. */
interface Reading {
  readonly density: ValueDensity;
  readonly at: (place: number) => number;
  /** Logarithm of the density of each value as it is. */
  readonly asIs: readonly number[];
  readonly unit: string;
  readonly own: string;
}

function evidenceOf(
  column: NumberColumn,
  present: readonly number[],
  { density, at, asIs, unit, own }: Reading,
): Evidence {
  const { convert, logSlope } = conversion(unit, own);
  const values = present.map((row) => convert(column[row]));
  const converted = values.map((value) => onScale(density, value));
  // On a scale that is not the logarithm, a conversion stretches values.
  const ratios = converted.map((place, i) =>
    Number.isFinite(place) ? at(place) + (density.isLog ? 0 : logSlope(values[i])) - asIs[i] : 0,
  );
  const [begin, end, sum] = bestStretch(ratios);
  const stretch = sum - 2 * Math.log(present.length);
  const telling = ratios.filter((ratio) => ratio > tellingRatio).length;
  const scattered =
    telling < fewestChanged
      ? -Infinity
      : Math.max(...scatteredShares.map((share) => mixed(ratios, share))) - Math.log(scatteredShares.length);
  const places =
    stretch >= scattered
      ? Array.from({ length: end - begin }, (_, i) => begin + i)
      : ratios.flatMap((ratio, i) => (ratio > tellingRatio ? [i] : []));
  const isInside = places.filter((i) => converted[i] >= density.low && converted[i] <= density.high).length;
  const sumOf = (value: (i: number) => number): number => places.reduce((sum, i) => sum + value(i), 0);
  const width = density.isLog ? 1 : (density.high - density.low) / 2;
  const asDrift = Math.max(
    ...drifts
      .flatMap((drift) => [drift, -drift])
      .map((drift) => sumOf((i) => at(onScale(density, column[present[i]]) + drift * width) - asIs[i])),
  );
  const evidence = Math.min(Math.max(stretch, scattered) - Math.LN2, sumOf((i) => ratios[i]) - asDrift);
  return {
    unit,
    evidence,
    rows: places.map((i) => present[i]),
    fits: places.length >= fewestChanged && isInside >= fittingShare * places.length,
  };
}

interface Conversion {
  readonly convert: (value: number) => number;
  /** Logarithm of how much a stretch of values grows, by the converted value. */
  readonly logSlope: (converted: number) => number;
}

/** As convertUnit, found out once: every conversion but that of light is a line. */
function conversion(from: string, to: string): Conversion {
  if (quantityOf(from) !== quantityOf(to)) {
    const product = convertUnit(1, from, to);
    return {
      convert: (value) => (value > 0 ? product / value : Number.NaN),
      logSlope: (converted) => 2 * Math.log(converted) - Math.log(product),
    };
  }
  const zero = convertUnit(0, from, to);
  const slope = convertUnit(1, from, to) - zero;
  return { convert: (value) => zero + slope * value, logSlope: () => Math.log(slope) };
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
  let sum = 0;
  for (const ratio of ratios)
    sum +=
      ratio > 0
        ? ratio + Math.log(share + (1 - share) * Math.exp(-ratio))
        : Math.log(1 - share + share * Math.exp(ratio));
  return sum;
}

function medianAt(column: NumberColumn, rows: readonly number[]): number {
  const values = Float64Array.from(rows, (row) => column[row]).sort();
  return values[values.length >> 1];
}
