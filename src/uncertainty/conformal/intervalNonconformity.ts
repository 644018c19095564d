/**
 * What a regression says of each row, in the unit of the target: a centre alone, a centre with its own spread (a
 * predicted standard deviation, above 0), or a low and a high quantile.
 */
export type RegressionOutput =
  | { readonly centre: ArrayLike<number>; readonly spread?: undefined }
  | { readonly centre: ArrayLike<number>; readonly spread: ArrayLike<number> }
  | { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };

/** "absolute" from a centre alone, "normalised" with its spread, "quantile" from a low and a high one (CQR). */
export type IntervalKind = "absolute" | "normalised" | "quantile";

/** Which ends an interval has: "upper" leaves the low end at -∞, "lower" the high end at ∞. */
export type IntervalSide = "both" | "upper" | "lower";

/** Ends and scale that nonconformity is measured from: score · scale is how far the truth lies outside [low, high]. */
export interface IntervalBase {
  readonly kind: IntervalKind;
  readonly rows: number;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  /** Shape [rows]; undefined: 1 throughout. */
  readonly scale: ArrayLike<number> | undefined;
}

/**
 * Ends and scale of a regression's output, from which nonconformity scores are measured.
 *
 * @param caller  function to name in the error
 * @throws RangeError if lengths differ, a number is not finite, a spread is not above 0, or a low quantile lies above
 *   its high one (row named)
 */
export function intervalBase(output: RegressionOutput, caller: string): IntervalBase {
  const base: Omit<IntervalBase, "rows"> =
    "centre" in output
      ? {
          kind: output.spread === undefined ? "absolute" : "normalised",
          low: output.centre,
          high: output.centre,
          scale: output.spread,
        }
      : { kind: "quantile", low: output.low, high: output.high, scale: undefined };
  const { low, high, scale } = base;
  const rows = low.length;
  if (high.length !== rows || (scale !== undefined && scale.length !== rows))
    throw new RangeError(
      `${caller}: outputs must be of the same rows; got ${rows} and ` +
        `${high.length === rows ? scale!.length : high.length}`,
    );
  for (let row = 0; row < rows; row++) {
    if (!(Number.isFinite(low[row]) && Number.isFinite(high[row])))
      throw new RangeError(
        `${caller}: predictions must be finite; row ${row} has ${low[row]}${low === high ? "" : ` and ${high[row]}`}`,
      );
    if (low[row] > high[row])
      throw new RangeError(
        `${caller}: a low quantile must not lie above its high one; row ${row} has ${low[row]} and ${high[row]}; ` +
          "sort the two",
      );
    if (scale !== undefined && !(scale[row] > 0 && scale[row] < Infinity))
      throw new RangeError(
        `${caller}: a spread must be finite and above 0; row ${row} has ${scale[row]}; add a floor to it`,
      );
  }
  return { ...base, rows };
}

/**
 * Nonconformity scores of true values: how far each lies outside its interval, in spreads where there are any; negative
 * inside.
 *
 * @throws RangeError if lengths differ or a truth is not finite (row named)
 */
export function intervalNonconformity(
  { rows, low, high, scale }: IntervalBase,
  truth: ArrayLike<number>,
  side: IntervalSide,
  caller: string,
): Float64Array {
  if (truth.length !== rows)
    throw new RangeError(`${caller}: one prediction per true value is needed; got ${rows} for ${truth.length}`);
  return Float64Array.from({ length: rows }, (_, row) => {
    if (!Number.isFinite(truth[row]))
      throw new RangeError(
        `${caller}: true values must be finite; row ${row} has ${truth[row]}; leave such rows out and say how many`,
      );
    const [below, above] = [low[row] - truth[row], truth[row] - high[row]];
    return (side === "both" ? Math.max(below, above) : side === "upper" ? above : below) / (scale?.[row] ?? 1);
  });
}
