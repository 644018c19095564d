import { InputError } from "../core/InputError.js";

/** @throws InputError naming the option if the text is no whole number from 0, as in "1000000" or "1e6" */
export function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    if (/^\d+(?:e\d+)?$/i.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    throw new InputError({
      where: option,
      must: "must be a whole number",
      got: `"${text}"`,
      mend: "write for example 1000000 or 1e6",
    });
  };
}

/** Whole numbers with commas between them. @throws as wholeNumber */
export function wholeNumbers(option: string): (text: string) => number[] {
  const number = wholeNumber(option);
  return (text) => text.split(",").map(number);
}

/** @throws InputError naming the option if the text is no finite number */
export function finiteNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value)) return value;
    throw new InputError({ where: option, must: "must be a number", got: `"${text}"`, mend: "write for example 0.5" });
  };
}

/** A day that there is, written YYYY-MM-DD. @throws InputError naming the option */
export function isoDate(option: string): (text: string) => string {
  return (text) => {
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
    // Date.parse lets 30 February roll over into March.
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
    throw new InputError({
      where: option,
      must: "must be a day written YYYY-MM-DD",
      got: `"${text}"`,
      mend: "write for example 2026-01-31",
    });
  };
}

/** Node's timers hold 2^31 - 1 ms; a longer one would go off at once. */
const longestTimeoutSeconds = 2_147_483;

/** @throws InputError naming the option if the text is no number of seconds that a timer holds */
export function timeoutSeconds(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > 0 && value <= longestTimeoutSeconds) return value;
    throw new InputError({
      where: option,
      must: `must be a number of seconds above 0, at most ${longestTimeoutSeconds}`,
      got: `"${text}"`,
      mend: "write for example 600",
    });
  };
}
