import { selectMatrixRows } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { type ComparisonVerdict, judgeComparison } from "../../validation/judgeComparison.js";
import { type PairedComparison, pairedComparison } from "../../validation/pairedComparison.js";
import type { RivalAnswers } from "../rivals/judgeRivals.js";
import type { RealQuestion } from "../rivals/RealQuestion.js";
import type { RealSplit } from "../rivals/realSplit.js";
import type { CorrectionWeight, ShrunkLaw } from "./shrunkToLaw.js";
import { sizeRivals } from "./sizeCandidates.js";

/** The chosen rival beside one of the others, over papers. */
export interface SizeBar {
  readonly against: string;
  /** Of R². */
  readonly comparison: PairedComparison;
  readonly verdict: ComparisonVerdict;
  /** Of the mean squared error in (ln nm)²: what the other loses more, without the variance of few papers below it. */
  readonly squares: PairedComparison;
  /** Papers, those that speak for the other first: where the bar is lost or won. */
  readonly profile: readonly PaperErrors[];
}

/** Mean squared errors in one paper, (ln nm)². */
export interface PaperErrors {
  readonly paper: string;
  readonly rows: number;
  readonly chosen: number;
  readonly other: number;
}

/** Loss of R² that would not matter. */
export const sizeMargin = 0.05;

/**
 * The chosen rival against extremely randomised trees and against the law of the physics' form, as differences of R² of
 * ln size over papers. Against the law no pass is claimed where equal rivals would pass with a power below a half.
 *
 * @param answers  of judgeRivals under this split, both among its rivals
 */
export function sizeBars(
  { problem }: Pick<RealQuestion, "problem">,
  { groups, unit }: RealSplit,
  { places, byRival, chosen }: Pick<RivalAnswers, "places" | "byRival" | "chosen">,
  random: Random,
): readonly SizeBar[] {
  const truth = Array.from(places, (row) => problem.truth[row]);
  const own = Array.from(places, (row) => groups[row]);
  return [sizeRivals.trees, sizeRivals.law].map((against) => {
    const comparison = pairedComparison(
      own,
      explainedOfRows(truth, chosen),
      explainedOfRows(truth, byRival[against]),
      random.fork(against),
      { unit },
    );
    const [squared, others] = [chosen, byRival[against]].map((told) =>
      truth.map((value, at) => (value - told[at]) ** 2),
    );
    return {
      against,
      comparison,
      verdict: judgeComparison(comparison, { margin: sizeMargin }),
      squares: pairedComparison(own, meanOfRows(squared), meanOfRows(others), random.fork(against).fork("squares"), {
        unit,
        better: "smaller",
      }),
      profile: profileOf(own, squared, others),
    };
  });
}

function profileOf(papers: readonly string[], chosen: readonly number[], other: readonly number[]): PaperErrors[] {
  const all = [...new Set(papers)].map((paper): PaperErrors => {
    const rows = Uint32Array.from(papers.keys()).filter((row) => papers[row] === paper);
    return { paper, rows: rows.length, chosen: meanOfRows(chosen)(rows), other: meanOfRows(other)(rows) };
  });
  const gain = (one: PaperErrors): number => one.rows * (one.other - one.chosen);
  return all.sort((a, b) => gain(a) - gain(b));
}

/**
 * How much of its correction the shrunk law takes in each fold, learned from the training rows alone.
 *
 * @param random  that of judgeRivals, for the very weights that it answered with
 */
export async function correctionWeights(
  { problem }: Pick<RealQuestion, "problem">,
  split: RealSplit,
  random: Random,
): Promise<readonly { readonly fold: string; readonly weight: CorrectionWeight }[]> {
  const { name, fit } = problem.candidates.find((candidate) => candidate.name === sizeRivals.shrunk)!;
  const weights = [];
  for (const [k, { name: fold, train }] of split.folds.entries()) {
    const rows = {
      features: selectMatrixRows(problem.features, train),
      places: train,
      target: Float64Array.from(train, (row) => problem.truth[row]),
    };
    const { weight } = (await fit(rows, random.fork(split.name).fork(k).fork(name).fork("all"))) as ShrunkLaw;
    weights.push({ fold, weight });
  }
  return weights;
}
