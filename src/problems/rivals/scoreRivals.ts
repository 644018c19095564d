import { argmax } from "../../core/metrics/argmax.js";
import { rocAuc } from "../../core/metrics/rocAuc.js";
import type { Random } from "../../core/random/Random.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import { type EstimateOrReason, estimateOf } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import type { StatisticKind } from "../../core/statistics/jackknifeInterval.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import { holdsClass, setSize } from "../../uncertainty/conformal/labelSets.js";
import type { RivalAnswers } from "./judgeRivals.js";
import { logLosses } from "./logLosses.js";
import type { RealProblem } from "./RealProblem.js";
import type { RealSplit } from "./realSplit.js";
import { type ProbabilityScores, scoreProbabilities } from "./scoreProbabilities.js";
import { unlessAlike } from "./unlessAlike.js";

/** How one rival told rows that it had not seen. */
export interface RivalScore {
  readonly name: string;
  /** R² of a quantity, accuracy of classes: larger is better. */
  readonly score: EstimateOrReason;
  /** Mean absolute error in the unit of the quantity, log loss of classes in nats: smaller is better. */
  readonly loss: EstimateOrReason;
}

/** How limits kept their promise. */
export interface LimitScore {
  readonly promised: number;
  /** Share of rows whose limits hold the outcome, each group one witness. */
  readonly coverage: EstimateOrReason;
  /** Mean over groups of the share in each: a large group counts as a small one does. */
  readonly overGroups: EstimateOrReason;
  /** Mean width over that of the middle of all outcomes, or classes in a set; null where no limit is told. */
  readonly width: number | null;
  readonly byGroup: readonly { readonly group: string; readonly rows: number; readonly covered: number }[];
}

/** Whether the check of the domain saw it coming. */
export interface DomainScore {
  /** Share of rows that are as strange as one training row in twenty, or stranger; null where that is not known. */
  readonly outside: number | null;
  /** How likely a row whose limits failed is stranger than one whose limits held: 0.5 is chance. */
  readonly area: EstimateOrReason;
}

/** Rivals beside one another under one split. */
export interface SplitScores {
  readonly problem: string;
  readonly split: string;
  readonly sha256: string;
  readonly unit: string;
  readonly rows: number;
  readonly groups: number;
  readonly measure: "R²" | "accuracy";
  /** In the order in which they challenge. */
  readonly rivals: readonly RivalScore[];
  /** Of whichever rival the training rows of each fold chose. */
  readonly chosen: RivalScore;
  /** How many folds chose each. */
  readonly choices: Readonly<Record<string, number>>;
  /** Null for a quantity, and where the training rows were not divided: then no temperature could be learned. */
  readonly calibration: ProbabilityScores | null;
  readonly limits: LimitScore;
  readonly domain: DomainScore;
}

/**
 * Scores of rivals with their intervals, each group one witness; and of the chosen one's probabilities, limits and
 * domain check.
 *
 * @param answers  of judgeRivals under this split
 */
export function scoreRivals(
  problem: RealProblem,
  split: RealSplit,
  answers: RivalAnswers,
  random: Random,
): SplitScores {
  const { unit } = split;
  const groups = Array.from(answers.places, (row) => split.groups[row]);
  const truth = Array.from(answers.places, (row) => problem.truth[row]);
  const over: Overs = { groups, unit };
  const scoreOf = (name: string, told: Float64Array): RivalScore => {
    const own = random.fork(name);
    const { statistic, losses, kind } = statisticOf(problem, truth, told);
    return {
      name,
      score: estimateOverGroups(groups, statistic, own.fork("score"), { kind, unit }),
      loss: unlessAlike(estimateOverGroups(groups, meanOfRows(losses), own.fork("loss"), { kind: "mean", unit })),
    };
  };
  const choices: Record<string, number> = {};
  for (const { kept } of answers.choices) choices[kept] = (choices[kept] ?? 0) + 1;
  const covered = coveredRows(problem, answers, truth);
  return {
    problem: problem.id,
    split: split.name,
    sha256: split.sha256,
    unit,
    rows: truth.length,
    groups: new Set(groups).size,
    measure: problem.classes === null ? "R²" : "accuracy",
    rivals: problem.candidates.flatMap(({ name }) =>
      Object.hasOwn(answers.byRival, name) ? [scoreOf(name, answers.byRival[name])] : [],
    ),
    chosen: scoreOf("chosen", answers.chosen),
    choices,
    calibration:
      problem.classes === null || !answers.limits.areTold
        ? null
        : scoreProbabilities(
            truth,
            {
              raw: answers.chosen,
              calibrated: answers.calibrated ?? answers.chosen,
              temperatures: answers.choices.map(({ temperature }) => temperature),
            },
            over,
            random.fork("chosen"),
          ),
    limits: limitScore({ problem, answers, truth, covered, over }, random.fork("limits")),
    domain: domainScore(answers, covered, over, random.fork("domain")),
  };
}

/** A score over any multiset of places in the answers, and the loss of each. */
export interface RivalStatistic {
  readonly statistic: (rows: Uint32Array) => number;
  readonly losses: Float64Array;
  readonly kind: StatisticKind;
}

/**
 * R² and absolute errors of a quantity, or accuracy and log losses of classes, of what a rival told.
 *
 * @param truth  one per place
 * @param told   a value, or probabilities, of each place
 */
export function statisticOf(
  { classes }: Pick<RealProblem, "classes">,
  truth: readonly number[],
  told: Float64Array,
): RivalStatistic {
  if (classes === null) {
    return {
      statistic: explainedOfRows(truth, told),
      losses: Float64Array.from(truth, (value, at) => Math.abs(value - told[at])),
      kind: "explained",
    };
  }
  const named = argmax(told, classes.length);
  const right = Float64Array.from(truth, (code, at) => Number(named[at] === code));
  return {
    statistic: meanOfRows(right),
    losses: logLosses(truth, told, classes.length),
    kind: "share",
  };
}

interface Overs {
  readonly groups: readonly string[];
  readonly unit: string;
}

function coveredRows({ classes }: RealProblem, { limits }: RivalAnswers, truth: readonly number[]): Uint8Array {
  const { low, high, sets } = limits;
  return Uint8Array.from(truth, (value, at) =>
    Number(classes === null ? value >= low[at] && value <= high[at] : holdsClass(sets[at], value)),
  );
}

const notTold: EstimateOrReason = {
  value: null,
  interval: null,
  reason: "no limits are told where the training rows are not divided",
};

interface LimitTask {
  readonly problem: RealProblem;
  readonly answers: RivalAnswers;
  readonly truth: readonly number[];
  readonly covered: Uint8Array;
  readonly over: Overs;
}

function limitScore({ problem, answers, truth, covered, over }: LimitTask, random: Random): LimitScore {
  const { alpha, areTold, low, high, sets } = answers.limits;
  if (!areTold) return { promised: 1 - alpha, coverage: notTold, overGroups: notTold, width: null, byGroup: [] };
  const all = Uint32Array.from(truth.keys());
  const share = meanOfRows(covered)(all);
  const members = new Map<string, number[]>();
  over.groups.forEach((group, at) => members.set(group, [...(members.get(group) ?? []), at]));
  const byGroup = Array.from(members, ([group, places]) => ({
    group,
    rows: places.length,
    covered: places.filter((at) => covered[at] === 1).length,
  }));
  const shares = byGroup.map((one) => one.covered / one.rows);
  const interval =
    members.size < 2 ? null : coverageInterval(covered, { groups: over.groups, random: random.fork("rows") }, 0.95);
  const widths = low.map((end, at) => high[at] - end);
  return {
    promised: 1 - alpha,
    coverage:
      interval === null
        ? { value: share, interval, reason: `at least 2 of each ${over.unit} are needed` }
        : { ...estimateOf(share, interval), reason: null },
    overGroups: estimateOverGroups([...members.keys()], meanOfRows(shares), random.fork("groups"), {
      kind: "share",
      unit: over.unit,
    }),
    width:
      problem.classes === null
        ? relativeWidth(widths, truth, alpha)
        : sets.reduce((sum, set) => sum + setSize(set), 0) / sets.length,
    byGroup,
  };
}

function relativeWidth(widths: Float64Array, truth: readonly number[], alpha: number): number | null {
  const mean = widths.reduce((a, b) => a + b, 0) / widths.length;
  const sorted = Float64Array.from(truth).sort();
  const middle = sortedQuantile(sorted, 1 - alpha / 2) - sortedQuantile(sorted, alpha / 2);
  return Number.isFinite(mean) && middle > 0 ? mean / middle : null;
}

/** With fewer rows of either kind an area says nothing. */
const fewestOfEach = 10;

function domainScore(
  { likeTraining, limits }: RivalAnswers,
  covered: Uint8Array,
  over: Overs,
  random: Random,
): DomainScore {
  if (!limits.areTold) return { outside: null, area: notTold };
  const missed = covered.map((one) => 1 - one);
  const strange = likeTraining.map((p) => -p);
  const outside = likeTraining.filter((p) => p <= 0.05).length / likeTraining.length;
  const few = Math.min(
    missed.reduce((a, b) => a + b, 0),
    covered.reduce((a, b) => a + b, 0),
  );
  if (few < fewestOfEach)
    return {
      outside,
      area: {
        value: null,
        interval: null,
        reason: `at least ${fewestOfEach} rows whose limits held and as many whose did not are needed; got ${few}`,
      },
    };
  const area = (rows: Uint32Array): number =>
    rocAuc(
      Array.from(rows, (at) => missed[at]),
      Array.from(rows, (at) => strange[at]),
    ) ?? 0.5;
  return { outside, area: estimateOverGroups(over.groups, area, random, { kind: "share", unit: over.unit }) };
}
