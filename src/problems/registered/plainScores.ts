/** Scores as JSON holds them: a number that is none is null, which its reason stands beside. */
export function plainScores(scores: unknown): unknown {
  if (typeof scores === "number") return Number.isFinite(scores) ? scores : null;
  if (Array.isArray(scores)) return scores.map(plainScores);
  if (scores === null || typeof scores !== "object") return scores;
  return Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, plainScores(value)]));
}
