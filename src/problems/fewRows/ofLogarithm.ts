import type { Answerer, Candidate } from "./Candidate.js";
import type { TargetRows } from "./targetCandidates.js";

/**
 * A candidate of a quantity above 0 that learns its logarithm: ratios count, and answers are above 0. How far off an
 * answer may be is in its proportion. Answers are medians where errors of the logarithm are symmetric.
 */
export function ofLogarithm(candidate: Candidate<TargetRows>): Candidate<TargetRows> {
  return {
    name: candidate.name,
    fit: ({ target, ...rows }, random) => {
      const bad = target.findIndex((value) => !(value > 0));
      if (bad >= 0) throw new RangeError(`ofLogarithm: targets must be above 0; row ${bad} has ${target[bad]}`);
      return candidate.fit({ ...rows, target: target.map(Math.log) }, random);
    },
    answerer: (learned: never): Answerer<TargetRows> => {
      const own = candidate.answerer(learned);
      return (rows) => {
        const told = own(rows);
        return told.map((value, i) => (i % 2 === 0 ? Math.exp(value) : Math.exp(told[i - 1]) * value));
      };
    },
  };
}
