import type { Measurement } from "./Evidence.js";

/**
 * A measurement in one line, as text shows it everywhere: `16.1 % [5.7 %, 30.1 %] (n = 88)`, `312 rows`,
 * or UNKNOWN with its reason. Shares are printed as percentages; three significant digits, whole numbers in full.
 */
export function describeMeasurement({ value, interval, n, unit, reason }: Measurement): string {
  if (value === null) return `UNKNOWN (${reason})`;
  const shown = (number: number): string => (unit === "share" ? `${rounded(100 * number)} %` : rounded(number));
  const suffix = unit === "share" || unit === "1" || unit === "" ? "" : ` ${unit}`;
  // A count is its own n.
  const cases = n === null || n === value ? "" : ` (n = ${n})`;
  return interval === null ? `${shown(value)}${suffix}${cases}` : `${shown(value)}${suffix} [${shown(interval.low)}, ${shown(interval.high)}]${cases}`;
}

function rounded(number: number): string {
  return String(Number.isInteger(number) ? number : Number(number.toPrecision(3)));
}
