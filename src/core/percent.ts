export interface PercentOptions {
  /** Digits after the point. */
  readonly decimals?: number;
  /** Digits that count, where no decimals are asked for (default 6: all that a stated share has). */
  readonly significant?: number;
  /** Whether zeros at the end stay (default: with decimals). */
  readonly zeros?: boolean;
}

/**
 * A share as text shows it: a number, a space and the sign.
 *
 * @param share  0.123 is 12.3 %
 */
export function percent(
  share: number,
  { decimals, significant = 6, zeros = decimals !== undefined }: PercentOptions = {},
): string {
  const digits = decimals === undefined ? (100 * share).toPrecision(significant) : (100 * share).toFixed(decimals);
  return `${zeros ? digits : Number(digits)} %`;
}
