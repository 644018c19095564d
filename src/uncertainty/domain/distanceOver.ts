import type { FeatureDistance } from "./featureDistances.js";

/** A direction this short has nothing left of its own. */
const shortest = 1e-9;

/**
 * The same distance over some of the features, where the others are not known: that of the nearest values they could
 * have, which is the Mahalanobis distance with the covariance of the known features alone. Never larger than over all.
 *
 * @param kept  places of the features that are known, ascending
 * @throws RangeError if none is kept, or a place is none
 */
export function distanceOver(
  { names, shrinkage, axes, centres }: FeatureDistance,
  kept: readonly number[],
): FeatureDistance {
  const outside = kept.find((place) => !(place in names));
  if (kept.length === 0 || outside !== undefined)
    throw new RangeError(
      `distanceOver: places of some of the ${names.length} features are needed; got ${outside ?? "none"}`,
    );
  if (kept.length === names.length) return { names, shrinkage, axes, centres };
  const isKept = new Set(kept);
  const direction = (place: number): number[] => axes.map((axis) => axis[place]);
  // What values of the unknown features could make up for: a basis of the space that they span, turned onto the axes.
  const basis: number[][] = [];
  for (const place of names.keys()) {
    if (isKept.has(place)) continue;
    const whole = direction(place);
    const left = without(basis, whole);
    const length = Math.hypot(...left);
    if (length > shortest * Math.hypot(...whole)) basis.push(left.map((one) => one / length));
  }
  const turned = kept.map((place) => without(basis, direction(place)));
  return {
    names: kept.map((place) => names[place]),
    shrinkage,
    axes: axes.map((_, axis) => turned.map((one) => one[axis])),
    centres: centres.map((centre) => without(basis, centre)),
  };
}

/** A vector less what it shares with an orthonormal basis; twice, as rounding leaves a little the first time. */
function without(basis: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const left = [...vector];
  for (const _ of [1, 2])
    for (const one of basis) {
      const share = one.reduce((sum, part, i) => sum + part * left[i], 0);
      one.forEach((part, i) => (left[i] -= share * part));
    }
  return left;
}
