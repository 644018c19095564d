/**
 * Primitive polynomials (degree, coefficients) and initial direction
 * numbers, by Joe and Kuo 2008; the first axis is van der Corput's.
 */
const axes: readonly { readonly degree: number; readonly coefficients: number; readonly initial: readonly number[] }[] =
  [
    { degree: 1, coefficients: 0, initial: [1] },
    { degree: 2, coefficients: 1, initial: [1, 3] },
    { degree: 3, coefficients: 1, initial: [1, 3, 1] },
    { degree: 3, coefficients: 2, initial: [1, 1, 1] },
    { degree: 4, coefficients: 1, initial: [1, 1, 3, 3] },
    { degree: 4, coefficients: 4, initial: [1, 3, 5, 13] },
    { degree: 5, coefficients: 2, initial: [1, 1, 5, 5, 17] },
    { degree: 5, coefficients: 4, initial: [1, 1, 5, 5, 5] },
    { degree: 5, coefficients: 7, initial: [1, 1, 7, 11, 19] },
    { degree: 5, coefficients: 11, initial: [1, 1, 5, 1, 1] },
    { degree: 5, coefficients: 13, initial: [1, 1, 1, 3, 11] },
    { degree: 5, coefficients: 14, initial: [1, 3, 5, 5, 31] },
  ];
const bits = 32;
const directions: readonly Uint32Array[] = [
  Uint32Array.from({ length: bits }, (_, i) => 2 ** (bits - 1 - i)),
  ...axes.map(directionNumbers),
];

/** Axes that points have. */
export const sobolAxes: number = directions.length;

/**
 * One coordinate of a point of the Sobol sequence, in [0, 1): the first 2^k points fill every axis evenly, and
 * the cube more evenly than random points do.
 *
 * @param index  0 to 2^32 - 1
 * @param axis   0 to 12
 * @param shift  32-bit word that is added without carry: keeps the evenness, moves the points (0: the plain sequence)
 * @throws RangeError if there is no such axis
 * @see Joe and Kuo 2008, doi:10.1137/070709359
 */
export function sobolPoint(index: number, axis: number, shift = 0): number {
  if (!(axis >= 0 && axis < sobolAxes))
    throw new RangeError(`sobolPoint: the axis must be 0 to ${sobolAxes - 1}; got ${axis}`);
  const direction = directions[axis];
  // Gray code order, as Antonov and Saleev: neighbours differ in one direction number.
  let gray = (index ^ (index >>> 1)) >>> 0;
  let x = shift >>> 0;
  for (let bit = 0; gray > 0; bit++, gray >>>= 1) {
    if (gray & 1) x ^= direction[bit];
  }
  return (x >>> 0) / 2 ** bits;
}

function directionNumbers({ degree, coefficients, initial }: (typeof axes)[number]): Uint32Array {
  const v = new Uint32Array(bits);
  for (let i = 0; i < bits; i++) {
    if (i < degree) {
      v[i] = initial[i] * 2 ** (bits - 1 - i);
      continue;
    }
    v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
    for (let k = 1; k < degree; k++) if ((coefficients >>> (degree - 1 - k)) & 1) v[i] ^= v[i - k];
  }
  return v;
}
