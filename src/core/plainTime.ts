const timestamp =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?$/i;
const timeOfDay = /^(\d{2}:\d{2}:\d{2})\.(\d{1,12})$/;
const midnight = " 00:00:00";

/**
 * A point in time as this project writes it, whichever format it came in: "2026-01-31 12:30:00", with decimals of a
 * second only where they are not zero, and with a zone in universal time: "2026-01-31 10:30:00.25Z". A time of day
 * loses zeros at its end likewise. Any other text, also a day that the calendar lacks, comes back as it was.
 */
export function plainTime(text: string): string {
  // Most texts are told from times by their third or fifth letter.
  if (text[4] !== "-" && text[2] !== ":") return text;
  const time = timeOfDay.exec(text);
  if (time !== null) return time[1] + decimals(time[2]);
  const parts = timestamp.exec(text);
  if (parts === null) return text;
  const [, day, minute, second = "00", fraction, zulu, sign, hours = "00", minutes = "00"] = parts;
  const written = `${day} ${minute}:${second}`;
  const instant = Date.parse(`${day}T${minute}:${second}Z`);
  if (Number.isNaN(instant) || secondsText(instant) !== written) return text;
  if (sign === undefined) return written + decimals(fraction) + (zulu === undefined ? "" : "Z");
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const universal = secondsText(instant - offset);
  return /^\d{4}-/.test(universal) ? `${universal}${decimals(fraction)}Z` : text;
}

/**
 * Days for texts that are all midnights without a zone, as tables write a column of days that they hold as times; any
 * other texts as they are. Missing ones stay.
 */
export function daysOfMidnights(texts: readonly string[]): readonly string[] {
  const isMidnight = (text: string): boolean => text.length === 19 && text.endsWith(midnight) && text[4] === "-";
  if (!texts.some(isMidnight) || !texts.every((text) => text === "" || isMidnight(text))) return texts;
  return texts.map((text) => text.slice(0, -midnight.length));
}

/** "2026-01-31 12:30:00" of milliseconds since 1970, in universal time; years have four digits. */
export function secondsText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}

/** Decimals of a second with their point; nothing of zeros. */
export function decimals(digits: string | undefined): string {
  const kept = digits?.replace(/0+$/, "") ?? "";
  return kept === "" ? "" : `.${kept}`;
}
