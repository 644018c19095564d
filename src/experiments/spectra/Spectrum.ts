/** Counts of one emission spectrum, as they were recorded. */
export interface Spectrum {
  /** nm, ascending. */
  readonly wavelengths: ArrayLike<number>;
  /** One per wavelength, in any unit that grows with the light; NaN where none was recorded. */
  readonly counts: ArrayLike<number>;
}

/** Places of a spectrum at which counts were recorded, in its order. */
export interface RecordedSpectrum {
  readonly wavelengths: Float64Array;
  readonly counts: Float64Array;
}

/**
 * The part of a spectrum that was recorded.
 *
 * @throws RangeError if lengths differ, wavelengths do not ascend, or counts are infinite
 */
export function recordedSpectrum({ wavelengths, counts }: Spectrum, where: string): RecordedSpectrum {
  if (wavelengths.length !== counts.length)
    throw new RangeError(
      `${where}: one count per wavelength is needed; got ${counts.length} counts and ${wavelengths.length} wavelengths`,
    );
  for (let i = 0; i < wavelengths.length; i++) {
    if (!Number.isFinite(wavelengths[i]) || (i > 0 && !(wavelengths[i] > wavelengths[i - 1])))
      throw new RangeError(
        `${where}: wavelengths must be finite and ascend; got ${wavelengths[i]} nm at place ${i}, ` +
          `after ${i === 0 ? "none" : `${wavelengths[i - 1]} nm`}`,
      );
    if (Math.abs(counts[i]) === Infinity)
      throw new RangeError(
        `${where}: counts must be finite, or NaN where none were recorded; got ${counts[i]} at ${wavelengths[i]} nm`,
      );
  }
  const recorded = Uint32Array.from({ length: counts.length }, (_, i) => i).filter((i) => !Number.isNaN(counts[i]));
  return {
    wavelengths: Float64Array.from(recorded, (i) => wavelengths[i]),
    counts: Float64Array.from(recorded, (i) => counts[i]),
  };
}
