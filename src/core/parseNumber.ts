/** What counts as a number in a text: digits with a decimal point and an exponent, nothing else. */
export const numberPattern = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

/** Words, in lower case, that stand for a missing number. */
export const missingWords: readonly string[] = ["", "nan", "na", "null"];

const whole = new RegExp(`^${numberPattern}$`);

/** The number in a text; NaN for a missing one, undefined for what is not a finite number. */
export function parseNumber(text: string | null): number | undefined {
  const bare = (text ?? "").trim();
  if (whole.test(bare)) {
    const value = Number(bare);
    return Number.isFinite(value) ? value : undefined;
  }
  return missingWords.includes(bare.toLowerCase()) ? Number.NaN : undefined;
}
