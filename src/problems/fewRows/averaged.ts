import type { Answerer, Candidate } from "./Candidate.js";
import type { TargetRows } from "./targetCandidates.js";

/**
 * The mean of what several candidates answer, of a quantity its value and how far off it may be: candidates that err in
 * different ways err less together.
 *
 * @param shares  what each counts, above 0 (default alike)
 * @throws RangeError if there is none
 */
export function averaged(
  name: string,
  candidates: readonly Candidate<TargetRows>[],
  shares: readonly number[] = candidates.map(() => 1),
): Candidate<TargetRows> {
  if (candidates.length === 0) throw new RangeError("averaged: at least one candidate is needed; got none");
  return {
    name,
    fit: async (rows, random) => {
      const learned: unknown[] = [];
      for (const candidate of candidates) learned.push(await candidate.fit(rows, random.fork(candidate.name)));
      return learned;
    },
    answerer: (learned: readonly unknown[]): Answerer<TargetRows> => {
      const all = shares.reduce((sum, share) => sum + share, 0);
      const answerers = candidates.map((candidate, i) => candidate.answerer(learned[i] as never));
      return (rows) => {
        const told = answerers.map((answer) => answer(rows));
        return told[0].map((_, i) => told.reduce((sum, own, k) => sum + shares[k] * own[i], 0) / all);
      };
    },
  };
}
