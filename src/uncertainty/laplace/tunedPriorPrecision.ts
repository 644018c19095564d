/**
 * Precision of the prior where the marginal likelihood is greatest, and how many parameters the data then determine.
 */
export interface TunedPrior {
  readonly priorPrecision: number;
  readonly effectiveParameters: number;
}

/**
 * The precision τ of a normal prior around 0 that maximises the marginal likelihood in Laplace's approximation, n/2
 * ln τ - τ/2 |θ|² - 1/2 Σ ln(λ + τ). Its slope by ln τ is half of Σ λ/(λ + τ) - τ|θ|², which falls as τ grows: there
 * is one maximum, found by halving. At a fixed precision the variance of all rows can come out alike, and then says
 * nothing.
 *
 * @param eigenvalues  of the curvature of the negative log likelihood, at least 0 up to rounding
 * @param squaredNorm  |θ|² of the parameters, above 0
 * @throws RangeError if the parameters are all 0, or the curvature is
 * @see MacKay 1992, doi:10.1162/neco.1992.4.3.415; Immer et al. 2021, arXiv:2104.04975
 */
export function tunedPriorPrecision(eigenvalues: ArrayLike<number>, squaredNorm: number): TunedPrior {
  const curvatures = Array.from(eigenvalues, (value) => Math.max(0, value));
  if (!(squaredNorm > 0 && squaredNorm < Infinity))
    throw new RangeError(
      `tunedPriorPrecision: the parameters must be finite and not all 0; their squares sum to ${squaredNorm}; ` +
        "train the network first",
    );
  if (!curvatures.some((value) => value > 0))
    throw new RangeError(
      "tunedPriorPrecision: the rows must say something about the parameters; the curvature is 0 all over",
    );
  const determined = (precision: number): number =>
    curvatures.reduce((sum, value) => sum + value / (value + precision), 0);
  let high = Math.log(curvatures.length / squaredNorm);
  let low = high;
  while (determined(Math.exp(low)) < Math.exp(low) * squaredNorm) low -= 1;
  for (let halvings = 0; halvings < 60; halvings++) {
    const middle = (low + high) / 2;
    if (determined(Math.exp(middle)) > Math.exp(middle) * squaredNorm) low = middle;
    else high = middle;
  }
  const priorPrecision = Math.exp((low + high) / 2);
  return { priorPrecision, effectiveParameters: determined(priorPrecision) };
}
