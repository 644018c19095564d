import { decimals, secondsText } from "../../../core/plainTime.js";

/** What a number format of a workbook makes of a number. */
export type FormatKind = "number" | "percent" | "day" | "time of day" | "point in time" | "elapsed";

/** The kind of a number format: "0.00" is a number, "0%" a percentage, "yyyy-mm-dd" a day, "[h]:mm" an elapsed time. */
export function formatKind(format: string | undefined): FormatKind {
  if (format === undefined || format === "General") return "number";
  // Of positive numbers alone, without texts in quotes, letters after a backslash, fillers, colours and locales.
  const bare = format
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .split(";")[0]
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, "");
  if (/\[[hms]+\]/i.test(bare)) return "elapsed";
  if (bare.includes("%")) return "percent";
  if (/General/i.test(bare)) return "number";
  const hasDay = /[yd]|(?<![:hs]\W?)m{3,}/i.test(bare) || (/m/i.test(bare) && !/[hs:0#]/i.test(bare));
  const hasTime = /[hs]|am\/pm|a\/p/i.test(bare);
  return hasDay ? (hasTime ? "point in time" : "day") : hasTime ? "time of day" : "number";
}

const dayMilliseconds = 86_400_000;

/**
 * The date and time of a workbook's serial number, as this project writes them. Workbooks count days from 1900 and take
 * that year for a leap year, or from 1904.
 *
 * @returns null where it is none: before the first day, on 29 February 1900, or after the year 9999
 */
export function serialTime(
  serial: number,
  kind: "day" | "time of day" | "point in time",
  is1904: boolean,
): string | null {
  if (kind === "time of day" && serial >= 0 && serial < 1) {
    const text = timeText(Math.round(serial * dayMilliseconds));
    return text.slice(text.indexOf(" ") + 1);
  }
  const whole = Math.floor(serial);
  if (serial < 0 || (!is1904 && (whole === 60 || whole === 0))) return null;
  const first = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole > 60 ? 30 : 31);
  const instant = Math.round(serial * dayMilliseconds) + first;
  if (instant >= Date.UTC(10000, 0, 1)) return null;
  return kind === "day" ? secondsText(instant).slice(0, 10) : timeText(instant);
}

function timeText(milliseconds: number): string {
  const part = milliseconds % 1000;
  return secondsText(milliseconds) + decimals(part === 0 ? undefined : String((part + 1000) % 1000).padStart(3, "0"));
}
