/* eslint-disable @typescript-eslint/no-namespace -- the one way to group numbers that both compilers read */
// Read by tsc and by the AssemblyScript compiler: the fixed numbers of
// vessels and measurements. Both engines import it.

/** Humidity does not turn a wet mixture into water alone: volume share of water, at most. */
export const mostWaterInVessel: number = 0.9;

/** Where bromide does not come with the lead, errors of the lead's stock leave some all the same. mol/L */
export const leastBromide: number = 1e-9;

/** Edge length above which a product is a sheet, a wire or a crystal, and no size is reported. nm */
export const largestParticle: number = 100;

/** Standard deviations of one measurement, replicates of one experiment. */
export namespace measurementNoise {
  /** Of ln size by electron microscopy. */
  export const lnSize: number = 0.05;
  /** Of ln dispersion, from some hundred particles. */
  export const lnDispersion: number = 0.1;
  /** Of the emission peak of large particles, nm. */
  export const peak: number = 1.75;
  /** By how much more of the smallest, whose batches vary (57 replicate groups of platelets: 4 to 6 nm). nm */
  export const peakSmall: number = 3.25;
  /** Edge length of particles half way between the two, nm. */
  export const peakSmallSize: number = 6;
  /** Of the emission width, nm. */
  export const width: number = 1;
  /** Of the quantum yield, absolute. */
  export const quantumYield: number = 0.05;
  /** Of the quantum yield, relative to itself: recipes hardly predict it. */
  export const quantumYieldRelative: number = 0.35;
  /** Of the yield of lead, absolute, of weighing what was collected. */
  export const leadYield: number = 0.03;
}
