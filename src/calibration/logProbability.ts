/** Smallest probability that counts as itself, as in logLoss: a rounded 0 would else be beyond all repair. */
export const leastProbability = 1e-15;

/** Natural logarithm of a probability, which counts as at least 1e-15. */
export function logProbability(probability: number): number {
  return Math.log(Math.max(leastProbability, Math.min(1, probability)));
}

/** Logarithm of the odds of a probability; it and its complement count as at least 1e-15. */
export function logOdds(probability: number): number {
  return logProbability(probability) - logProbability(1 - probability);
}
