/** Nodes lie half a standard deviation apart, where the rule of trapezoids is exact to rounding. */
const nodes: readonly number[] = Array.from({ length: 33 }, (_, i) => (i - 16) / 2);
const weights: readonly number[] = nodes.map((z) => Math.exp(-(z ** 2) / 2) / 2 / Math.sqrt(2 * Math.PI));

/**
 * Where the logit of a batch must be centred so that the share averaged over batches is the given one: a Gaussian
 * spread of batches pulls the average towards one half.
 *
 * @param share   in (0, 1)
 * @param spread  standard deviation of batches on the logit, in [0, 2]
 */
export function logitOfMean(share: number, spread: number): number {
  const logit = Math.log(share / (1 - share));
  if (spread === 0) return logit;
  // MacKay's probit approximation (doi:10.1162/neco.1992.4.5.720), read backwards, is near enough for Newton's steps.
  let centre = logit * Math.sqrt(1 + (Math.PI * spread ** 2) / 8);
  for (let round = 0, step = 1; Math.abs(step) > 1e-12 && round < 20; round++) {
    let [mean, slope] = [0, 0];
    for (let i = 0; i < nodes.length; i++) {
      const one = 1 / (1 + Math.exp(-(centre + spread * nodes[i])));
      mean += weights[i] * one;
      slope += weights[i] * one * (1 - one);
    }
    step = (mean - share) / slope;
    centre -= step;
  }
  return centre;
}
