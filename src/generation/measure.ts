import { largestParticle, measurementNoise } from "./laboratoryConstants.js";
/**
 * True outcome of an experiment, which a laboratory then measures; NaN where a product has no particles or no
 * emission.
 */
export interface TrueOutcome {
  readonly size: number;
  /** Relative. */
  readonly dispersion: number;
  readonly peak: number;
  readonly width: number;
  readonly quantumYield: number;
  readonly leadYield: number;
}

/** Standard deviation of the peak in nm for particles of this edge length; NaN (bulk) counts as large. */
export function peakNoise(size: number): number {
  const small = Number.isNaN(size) ? 0 : 1 / (1 + (size / measurementNoise.peakSmallSize) ** 4);
  return measurementNoise.peak + measurementNoise.peakSmall * small;
}

/**
 * One reading of each quantity. Shares that noise carries out of [0, 1] are reflected, so that none piles up at a
 * bound.
 *
 * @param z      six standard normal draws times the noise scale
 * @param gain   of this laboratory's quantum yields
 * @param shift  of this laboratory's spectrometer that day, nm
 */
export function measure(
  { size, dispersion, peak, width, quantumYield, leadYield }: TrueOutcome,
  z: ArrayLike<number>,
  gain: number,
  shift: number,
): TrueOutcome {
  const noise = measurementNoise;
  const read = size * Math.exp(noise.lnSize * z[0]);
  const isParticle = read <= largestParticle;
  const gained = gain * quantumYield;
  return {
    size: isParticle ? read : Number.NaN,
    dispersion: isParticle ? dispersion * Math.exp(noise.lnDispersion * z[1]) : Number.NaN,
    peak: peak + shift + peakNoise(size) * z[2],
    width: width + noise.width * z[3],
    quantumYield: reflect(
      gained + Math.sqrt(noise.quantumYield ** 2 + (noise.quantumYieldRelative * gained) ** 2) * z[4],
    ),
    leadYield: reflect(leadYield + noise.leadYield * z[5]),
  };
}

/** Into [0, 1] by reflection at both ends; for values in [-1, 2]. */
function reflect(x: number): number {
  const positive = Math.abs(x);
  return positive > 1 ? Math.max(2 - positive, 0) : positive;
}
