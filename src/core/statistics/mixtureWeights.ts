/** Weights of a mixture, and how far it stays from its target. */
export interface MixtureWeights {
  /** One per component, at least 0, sum 1. */
  readonly weights: readonly number[];
  /** What the mixture comes to. */
  readonly shares: readonly number[];
  /** Kullback-Leibler divergence of the mixture from the target, in nats; 0 if the target can be mixed. */
  readonly divergence: number;
  /** The least divergence lies below by this at most, in nats. */
  readonly excess: number;
}

/**
 * Mixes components so that class shares come as near to a target as they can: the weights that maximise
 * Σ target_c ln Σ_k w_k share_kc, by expectation-maximisation from equal weights (the objective is concave, so the
 * start does not matter to the divergence; among equally good weights it ends at balanced ones). After t iterations
 * the divergence lies above the least one by ln(components) / t at most; how much at most by what was found, `excess`
 * says.
 *
 * @param components  class shares of each component, each summing to 1
 * @param target      class shares wanted, summing to 1
 */
export function mixtureWeights(
  components: readonly (readonly number[])[],
  target: readonly number[],
  { iterations = 2000 }: { readonly iterations?: number } = {},
): MixtureWeights {
  const classes = target.length;
  const weights = new Float64Array(components.length).fill(1 / components.length);
  const mixed = new Float64Array(classes);
  const mix = (): void => {
    mixed.fill(0);
    for (let k = 0; k < weights.length; k++)
      for (let c = 0; c < classes; c++) mixed[c] += weights[k] * components[k][c];
  };
  for (let i = 0; i < iterations; i++) {
    mix();
    let total = 0;
    // Where no component has any class of the target, all weights are as good as any.
    if (!target.some((share, c) => share > 0 && mixed[c] > 0)) break;
    for (let k = 0; k < weights.length; k++) {
      let gain = 0;
      for (let c = 0; c < classes; c++) if (mixed[c] > 0) gain += (target[c] * components[k][c]) / mixed[c];
      weights[k] *= gain;
      total += weights[k];
    }
    for (let k = 0; k < weights.length; k++) weights[k] /= total;
  }
  mix();
  const shares = Array.from(mixed);
  const divergence = target.reduce(
    (sum, share, c) => (share === 0 ? sum : sum + share * Math.log(share / Math.max(shares[c], 1e-12))),
    0,
  );
  // The objective is concave: no component, mixed in fully, gains more than its slope.
  const slopes = components.map((component) =>
    target.reduce((sum, share, c) => (share > 0 && shares[c] > 0 ? sum + (share * component[c]) / shares[c] : sum), 0),
  );
  return { weights: Array.from(weights), shares, divergence, excess: Math.max(0, Math.max(...slopes) - 1) };
}
