import type { Random } from "../../core/random/Random.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import type { Answerer, Candidate } from "../fewRows/Candidate.js";
import { type TargetRows, withDeviations } from "../fewRows/targetCandidates.js";

/** A law, and how much of a correction to it is believed. */
export interface ShrunkLaw {
  readonly law: unknown;
  readonly correction: unknown;
  readonly weight: CorrectionWeight;
}

/** How much of a correction papers that it had not seen speak for. */
export interface CorrectionWeight {
  /** In [0, 1]: what is taken; 0 is the law alone. */
  readonly taken: number;
  /** That leaves the least squares, and its standard error over papers; taken is one such error below it. */
  readonly best: number;
  readonly standardError: number;
  /** Papers that it was weighed on. */
  readonly papers: number;
}

/** What is left of a law, learned by another candidate. */
export interface ShrunkToLaw {
  readonly law: Candidate<TargetRows>;
  /** Learns what the law leaves. */
  readonly correction: Candidate<TargetRows>;
  /** Of all rows, by their places. */
  readonly papers: readonly string[];
}

/** Parts that the papers of training are divided into, where a correction is weighed. */
const mostParts = 8;

/**
 * The law plus a share of what another candidate learns from its residuals. The share is weighed on training papers
 * that neither had seen, and taken one standard error lower: papers that do not agree leave the law as it is.
 *
 * @see Breiman 1996, doi:10.1007/BF00117832 (stacking)
 */
export function shrunkToLaw(name: string, { law, correction, papers }: ShrunkToLaw): Candidate<TargetRows> {
  const learn = async (rows: TargetRows, random: Random): Promise<Omit<ShrunkLaw, "weight">> => {
    const learned = await law.fit(rows, random.fork("law"));
    const told = values(law.answerer(learned as never)(rows));
    const left = { ...rows, target: rows.target.map((value, row) => value - told[row]) };
    return { law: learned, correction: await correction.fit(left, random.fork("correction")) };
  };
  const answersOf = (
    learned: Omit<ShrunkLaw, "weight">,
    rows: TargetRows,
  ): { law: Float64Array; more: Float64Array } => ({
    law: values(law.answerer(learned.law as never)(rows)),
    more: values(correction.answerer(learned.correction as never)(rows)),
  });
  return {
    name,
    fit: async (rows, random): Promise<ShrunkLaw> => {
      const { codes, groups } = groupCodes(Array.from(rows.places, (place) => papers[place]));
      const left = new Float64Array(codes.length);
      const more = new Float64Array(codes.length);
      if (groups > 1) {
        const folds = groupedKFold(codes, random.fork("folds"), { folds: Math.min(mostParts, groups) });
        for (const [k, { train, test }] of folds.entries()) {
          const told = answersOf(await learn(someRows(rows, train), random.fork(k)), someRows(rows, test));
          test.forEach((row, i) => {
            left[row] = rows.target[row] - told.law[i];
            more[row] = told.more[i];
          });
        }
      }
      return { ...(await learn(rows, random.fork("all"))), weight: weighed(left, more, { codes, groups }) };
    },
    answerer:
      ({ weight, ...learned }: ShrunkLaw): Answerer<TargetRows> =>
      (rows) => {
        const told = answersOf(learned, rows);
        return withDeviations(
          told.law.map((value, row) => value + weight.taken * told.more[row]),
          null,
        );
      },
  };
}

/** Slope of the residuals on the corrections, through 0, with its error over papers. */
function weighed(
  left: Float64Array,
  more: Float64Array,
  { codes, groups }: { readonly codes: ArrayLike<number>; readonly groups: number },
): CorrectionWeight {
  const squares = more.reduce((sum, value) => sum + value * value, 0);
  if (groups < 2 || squares === 0) return { taken: 0, best: 0, standardError: 0, papers: groups };
  const best = more.reduce((sum, value, row) => sum + value * left[row], 0) / squares;
  const sums = new Float64Array(groups);
  more.forEach((value, row) => (sums[codes[row]] += value * (left[row] - best * value)));
  const spread = sums.reduce((sum, value) => sum + value * value, 0);
  const standardError = Math.sqrt((groups / (groups - 1)) * spread) / squares;
  return { taken: Math.min(1, Math.max(0, best - standardError)), best, standardError, papers: groups };
}

function someRows({ features, places, target }: TargetRows, rows: Uint32Array): TargetRows {
  return {
    features: selectMatrixRows(features, rows),
    places: rows.map((row) => places[row]),
    target: Float64Array.from(rows, (row) => target[row]),
  };
}

/** Without the deviations. */
function values(answers: Float64Array): Float64Array {
  return answers.filter((_, i) => i % 2 === 0);
}
