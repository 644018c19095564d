import type { Measurement } from "./Evidence.js";

/**
 * A measurement in one line, as text shows it everywhere: `16.1 % [5.7 %, 30.1 %] (n = 88)`, `312 rows`,
 * or UNKNOWN with its reason. Shares are printed as percentages, differences of shares as percentage points; three
 * significant digits, whole numbers in full, thousands apart. An interval that is not one of 95 % says its level.
 */
export function describeMeasurement({ value, interval, n, unit, reason }: Measurement): string {
  if (value === null) return `UNKNOWN (${reason})`;
  const shown = (number: number): string =>
    unit === "share" ? `${rounded(100 * number)} %` : rounded(unit === "share difference" ? 100 * number : number);
  // A count is its own n.
  const cases = n === null || n === value ? "" : ` (n = ${rounded(n)})`;
  const range = interval === null ? "" : ` [${shown(interval.low)}, ${shown(interval.high)}${levelOf(interval.level)}]`;
  return `${shown(value)}${suffixOf(unit)}${range}${cases}`;
}

function suffixOf(unit: string): string {
  if (unit === "share difference") return " percentage points";
  return unit === "share" || unit === "1" || unit === "" ? "" : ` ${unit}`;
}

function levelOf(level: number): string {
  return level === 0.95 ? "" : `; ${rounded(100 * level)} % level`;
}

function rounded(number: number): string {
  const digits = Number.isInteger(number) ? number : Number(number.toPrecision(3));
  return Math.abs(digits) >= 1000 && Math.abs(digits) < 1e15 ? digits.toLocaleString("en-US") : String(digits);
}
