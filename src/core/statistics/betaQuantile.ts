import { createRequire } from "node:module";

type BetaQuantile = (probability: number, alpha: number, beta: number) => number;
let loaded: BetaQuantile | undefined;

/** Quantile of the beta distribution, by stdlib. Loading it takes 0.2 s, so it waits for the first call. */
export function betaQuantile(probability: number, alpha: number, beta: number): number {
  loaded ??= createRequire(import.meta.url)("@stdlib/stats-base-dists-beta-quantile") as BetaQuantile;
  return loaded(probability, alpha, beta);
}
