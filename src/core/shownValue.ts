import { shortText } from "./shortText.js";

/** What a value is, for a message: as JSON, cut where it is long, or its kind where JSON has no text for it. */
export function shownValue(value: unknown): string {
  if (typeof value === "number") return String(value);
  try {
    return shortText(JSON.stringify(value) ?? typeof value, 100);
  } catch {
    return typeof value === "bigint" ? `${value}n` : "an object that JSON has no text for";
  }
}
