import { boxMuller } from "../../src/core/random/boxMuller.js";
import type { Random } from "../../src/core/random/Random.js";

const centres = [-1.5, 0, 2];

/** Bayes' own posterior of three normal classes of unit width at -1.5, 0 and 2, row-major. */
export function exactPosterior(points: ArrayLike<number>, shares: readonly number[]): Float64Array {
  return Float64Array.from(
    Array.from(points).flatMap((x) => {
      const joint = centres.map((centre, k) => shares[k] * Math.exp(-((x - centre) ** 2) / 2));
      return joint.map((one) => one / joint.reduce((a, b) => a + b));
    }),
  );
}

/** Points and their classes, drawn under the given class shares. */
export function drawGaussianClasses(
  rows: number,
  shares: readonly number[],
  random: Random,
): { readonly points: Float64Array; readonly labels: Uint8Array } {
  const labels = Uint8Array.from({ length: rows }, () => {
    const u = random();
    return u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2;
  });
  return {
    labels,
    points: Float64Array.from(labels, (label) => centres[label] + boxMuller(1 - random(), random())[0]),
  };
}
