import type { Measurement } from "./Evidence.js";

/** A measurement in one line, as text shows it everywhere: `0.159 [0.0571, 0.301] (n = 88)`, or UNKNOWN with its reason. */
export function describeMeasurement({ value, interval, n, unit, reason }: Measurement, { digits = 3, units = false }: { readonly digits?: number; readonly units?: boolean } = {}): string {
  if (value === null) return `UNKNOWN (${reason})`;
  const rounded = (number: number): string => String(Number(number.toPrecision(Math.max(digits, Math.ceil(Math.log10(Math.abs(number) + 1))))));
  const range = interval === null ? "" : ` [${rounded(interval.low)}, ${rounded(interval.high)}]`;
  const cases = n === null ? "" : ` (n = ${n})`;
  return `${rounded(value)}${units && unit !== "1" && unit !== "" ? ` ${unit}` : ""}${range}${cases}`;
}
