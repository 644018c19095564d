import { phaseNames } from "../../chemistry/phases.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import type { LimitsWithout } from "../../predictor/limitsWithout.js";
import { domainAnswers, type DomainLimits } from "../../predictor/domainLimits.js";
import { type QuantityLimits, unanswerable } from "../../predictor/quantityLimits.js";
import { endOfFit } from "../../training/baselines/endOfFit.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import type { IntervalOrReason } from "../../core/statistics/Interval.js";
import { conformalIntervals } from "../../uncertainty/conformal/conformalIntervals.js";
import { coverageOfIntervals } from "../../uncertainty/conformal/coverageOfIntervals.js";
import { coverageOfSets } from "../../uncertainty/conformal/coverageOfSets.js";
import type { ConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import { batchEstimate, batchSums, meanLoss, overall } from "./batchSums.js";
import type { PhaseData } from "./phaseData.js";
import { phaseRandom } from "./phaseExperiments.js";
import { logisticIterations } from "./phaseNetwork.js";
import { labelsOf } from "./phaseTable.js";

/** On test rows. Intervals: 95 %, over whole groups (PhaseData), or rows where there are none (groupInterval). */
export interface PhaseScore {
  readonly accuracy: Estimate;
  /** Nats; without an interval where one group has nearly all test rows. */
  readonly logLoss: { readonly value: number } & IntervalOrReason;
}

export interface NamedScore extends PhaseScore {
  readonly name: string;
}

/**
 * What sets cover of the test rows, and how many phases they hold
 * on average. Intervals: 95 %, those of phases hold together.
 */
export interface SetScore {
  readonly coverage: Estimate;
  readonly phases: readonly PhaseCoverage[];
  readonly meanSize: number;
}

export interface PhaseCoverage {
  readonly phase: string;
  /** Test rows of the phase. */
  readonly rows: number;
  /** Null where rows are too few to say, with the reason. */
  readonly coverage: Estimate | null;
  readonly reason: string | null;
}

/** Which of the test rows are called outside. */
export interface DomainScore {
  /** In any way. */
  readonly outside: Estimate;
  /** By their distance, of which the share was stated; or the reason why that is not checked. */
  readonly distance:
    { readonly far: Estimate; readonly falseAlarm: number; readonly threshold: number } | { readonly reason: string };
}

const level = 0.95;

/** Groups of the test rows that are drawn whole, or each row alone, which then has no name. */
function testGroups({ split, groups }: Pick<PhaseData, "split" | "groups">): {
  readonly codes: ArrayLike<number>;
  readonly batches: number;
  readonly names?: readonly string[];
} {
  if (groups === null) return { codes: Uint32Array.from(split.test.keys()), batches: split.test.length };
  const names = Array.from(split.test, (row) => groups[row]);
  const coded = groupCodes(names);
  return { codes: coded.codes, batches: coded.groups, names };
}

/** Scores probabilities of the test rows, row-major [rows, phases]. */
export function judgeOn(
  data: Pick<PhaseData, "labels" | "split" | "groups" | "seed" | "splitBy">,
): (probabilities: Float64Array) => PhaseScore {
  const labels = labelsOf(data.labels, data.split.test);
  const groups = testGroups(data);
  const random = phaseRandom(data.seed, "phase model, intervals");
  return (probabilities) => {
    const sums = batchSums(labels, probabilities, groups);
    const loss = meanLoss(sums);
    const batches = Array.from({ length: groups.batches }, (_, batch) => batch);
    return {
      accuracy: batchEstimate(groups.batches, overall(sums), random.fork("accuracy"), { unit: data.splitBy }),
      logLoss: {
        value: loss(Uint32Array.from(batches)),
        ...groupInterval(batches, loss, random.fork("log loss"), {
          draws: 1000,
          unit: data.splitBy,
          sizes: loss.sizes,
          kind: "mean",
        }),
      },
    };
  };
}

/** Logistic regression and the constant answer, trained on the same rows. */
export function baselineScores(
  { features, labels, split }: PhaseData,
  judge: (probabilities: Float64Array) => PhaseScore,
): readonly NamedScore[] {
  const [train, test] = [split.train, split.test].map((rows) => selectMatrixRows(features, rows));
  const own = labelsOf(labels, split.train);
  const logistic = trainLogistic(train, own, phaseNames, { maxIterations: logisticIterations });
  return [
    { name: `logistic regression${endOfFit([logistic])}`, ...judge(logistic.predict(test)) },
    { name: "always the commonest", ...judge(trainMajority(own, phaseNames).predict(test)) },
  ];
}

/** @param sets  of the test rows, as conformalSets gives them from `fitted` */
export function setScore(data: PhaseData, fitted: ConformalSets, sets: Uint32Array): SetScore {
  const { coverage, interval, classes, meanSize } = coverageOfSets(
    fitted,
    sets,
    labelsOf(data.labels, data.split.test),
    { groups: testGroups(data).names, level },
    phaseRandom(data.seed, "phase model, sets"),
  );
  return {
    // Test rows come from two groups or more.
    coverage: estimateOf(coverage, interval!),
    phases: classes.map(({ n, coverage: own, interval: ends, reason }, k) => ({
      phase: phaseNames[k],
      rows: n,
      coverage: own === null ? null : estimateOf(own, ends!),
      reason,
    })),
    meanSize,
  };
}

export function domainScore(data: PhaseData, limits: DomainLimits, whole: LimitsWithout): DomainScore {
  const test = selectMatrixRows(data.features, data.split.test);
  const { outside, distance: distances } = domainAnswers(limits, whole, test);
  const groups = testGroups(data).names;
  const share = (name: string, isIn: (row: number) => boolean): Estimate => {
    const flags = Uint8Array.from(distances, (_, row) => Number(isIn(row)));
    const interval = coverageInterval(
      flags,
      groups && { groups, random: phaseRandom(data.seed, `phase model, ${name}`) },
      level,
    );
    return estimateOf(flags.reduce((total, one) => total + one, 0) / flags.length, interval!);
  };
  const { distance: limit } = limits;
  return {
    outside: share("outside", (row) => outside.has(row)),
    distance:
      "reason" in limit
        ? limit
        : {
            far: share("far", (row) => distances[row] > limit.threshold),
            falseAlarm: limit.falseAlarm,
            threshold: limit.threshold,
          },
  };
}

/** How the intervals of a number kept their promise, and what they are worth. */
export interface QuantityScore {
  readonly column: string;
  /** Test rows that were measured. */
  readonly rows: number;
  /** Null where they are too few to say. */
  readonly coverage: Estimate | null;
  /** Width over that of one interval for all recipes. */
  readonly relativeWidth: number | null;
  /** That of the simulator itself (QuantityCeiling); null where it is not known. */
  readonly ceilingWidth: number | null;
  /** Why it is not answered; null where it is. */
  readonly reason: string | null;
}

/** @param outputs  standardised, of the test rows, row-major [rows, quantities] */
export function quantityScores(
  data: PhaseData,
  limits: readonly QuantityLimits[],
  outputs: Float64Array,
): readonly QuantityScore[] {
  const { split, targets } = data;
  const groups = testGroups(data).names;
  return limits.map((limit, k) => {
    const own = (row: number): number => targets[split.test[row] * limits.length + k];
    const measured = Array.from(split.test.keys()).filter((row) => !Number.isNaN(own(row)));
    const calibrated = Float64Array.from(split.calibrate, (row) => targets[row * limits.length + k]);
    const judged = { column: limit.column, rows: measured.length, reason: unanswerable(limit) };
    const ceilingWidth = "reason" in limit.ceiling ? null : limit.ceiling.relativeWidth;
    if (measured.length === 0) return { ...judged, coverage: null, relativeWidth: null, ceilingWidth };
    const { coverage, interval, relativeWidth } = coverageOfIntervals(
      conformalIntervals(limit.intervals, {
        centre: Float64Array.from(measured, (row) => outputs[row * limits.length + k]),
      }),
      Float64Array.from(measured, own),
      {
        alpha: limit.intervals.alpha,
        reference: calibrated.filter((value) => !Number.isNaN(value)),
        level,
        groups: groups && measured.map((row) => groups[row]),
      },
      phaseRandom(data.seed, `phase model, ${limit.column}`),
    );
    return {
      ...judged,
      coverage: interval === null ? null : estimateOf(coverage, interval),
      relativeWidth,
      ceilingWidth,
    };
  });
}
