import { rocAuc } from "../../core/metrics/rocAuc.js";
import type { Random } from "../../core/random/Random.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import { type EstimateOrReason, estimateOf } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { holdsClass, setSize } from "../../uncertainty/conformal/labelSets.js";
import type { RivalAnswers } from "../rivals/judgeRivals.js";
import type { RealProblem } from "../rivals/RealProblem.js";
import type { RealSplit } from "../rivals/realSplit.js";
import { formedClasses } from "./plateletCandidates.js";
import { polarityAlone } from "./plateletProblems.js";

/** How failures were foreseen, beside what the polarity of the antisolvent alone foresees. */
export interface FormedScores {
  readonly rows: number;
  readonly failures: number;
  /** How likely a synthesis that formed was given a higher probability than one that failed (AUROC). */
  readonly area: EstimateOrReason;
  /** The same of the rival, and by how much the chosen one is better, on the same draws. */
  readonly polarity: EstimateOrReason;
  readonly gain: EstimateOrReason;
  /** Share of sets that hold what happened, of the rows of each class. */
  readonly coverage: Readonly<Record<(typeof formedClasses)[number], EstimateOrReason>>;
  /** Mean number of classes in a set: 2 says nothing. */
  readonly setSize: number;
}

/** With fewer an area says nothing; and of nine failures at least a set that promises 0.9 must know. */
const fewestFailures = 10;

/**
 * Areas pooled over all folds, with intervals over groups of the split (antisolvents, recipes), which are drawn whole,
 * or left out one after another where they are too few for draws to hold; and how often sets hold each class.
 *
 * Probabilities of different folds are compared as they are, which is what a chemist would do who sets one threshold
 * for all antisolvents. So chance is not 0.5 where groups differ: without the antisolvent that fails most, the share
 * that formed is the largest, and a constant answers its failures with the highest probabilities of all.
 *
 * @param answers  of judgeRivals with `byClass` and with the rival of polarity alone among all
 * @throws RangeError if that rival did not come
 */
export function scoreFormed(
  { truth }: RealProblem,
  split: RealSplit,
  answers: RivalAnswers,
  random: Random,
): FormedScores {
  const rival = Object.hasOwn(answers.byRival, polarityAlone) ? answers.byRival[polarityAlone] : undefined;
  if (rival === undefined) throw new RangeError(`scoreFormed: "${polarityAlone}" must be among the rivals`);
  const groups = Array.from(answers.places, (row) => split.groups[row]);
  const labels = Array.from(answers.places, (row) => truth[row]);
  const [own, polar] = [answers.chosen, rival].map((told) => told.filter((_, i) => i % formedClasses.length === 1));
  const failures = labels.filter((label) => label === 0).length;
  const { sets } = answers.limits;
  const coverageOf = (code: number): EstimateOrReason => {
    const rows = [...labels.keys()].filter((at) => labels[at] === code);
    if (rows.length < fewestFailures) return tooFew(formedClasses[code], rows.length);
    const covered = rows.map((at) => Number(holdsClass(sets[at], code)));
    const value = covered.reduce((sum, one) => sum + one, 0) / covered.length;
    const interval = coverageInterval(
      covered,
      { groups: rows.map((at) => groups[at]), random: random.fork(formedClasses[code]) },
      0.95,
    );
    return interval === null
      ? { value, interval, reason: `at least 2 groups of ${formedClasses[code]} are needed` }
      : { ...estimateOf(value, interval), reason: null };
  };
  const over = (statistic: (rows: Uint32Array) => number, kind: "share" | "mean"): EstimateOrReason => {
    if (failures < fewestFailures) return tooFew("failed", failures);
    return estimateOverGroups(groups, statistic, random.fork("area"), { kind, unit: split.unit });
  };
  const areaOf =
    (told: Float64Array) =>
    (rows: Uint32Array): number =>
      // A draw without rows of one class tells nothing, which is chance.
      rocAuc(
        Array.from(rows, (at) => labels[at]),
        Array.from(rows, (at) => told[at]),
      ) ?? 0.5;
  return {
    rows: labels.length,
    failures,
    area: over(areaOf(own), "share"),
    polarity: over(areaOf(polar), "share"),
    gain: over((rows) => areaOf(own)(rows) - areaOf(polar)(rows), "mean"),
    coverage: { failed: coverageOf(0), formed: coverageOf(1) },
    setSize: sets.reduce((sum, set) => sum + setSize(set), 0) / sets.length,
  };
}

function tooFew(name: string, got: number): EstimateOrReason {
  return {
    value: null,
    interval: null,
    reason: `at least ${fewestFailures} syntheses that ${name} are needed; got ${got}`,
  };
}
