import { checkResampling } from "../core/statistics/checkResampling.js";
import type { Direction } from "../core/Evidence.js";
import type { Interval } from "../core/statistics/Interval.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import type { Random } from "../core/random/Random.js";
import { checkStatus, judgeCheck, type Exhibit, type Judgement } from "./judgeCheck.js";
import type { CheckStatus, Rubric } from "./Scorecard.js";
import { scoreReadiness } from "./scoreReadiness.js";
import { standingOf, withPreconditions } from "./withPreconditions.js";

/**
 * How much of the score is luck of the draw. Not the band low to high, which is ignorance: the two are never merged.
 */
export interface ScoreUncertainty {
  /** 5 % and 95 % points of the earned score `low` over the draws, of 100. */
  readonly from: number;
  readonly to: number;
  readonly draws: number;
  /** Measurements of the rubric that have an interval, and so were drawn again. */
  readonly resampled: readonly string[];
  /** Share of the draws in which each check that rests on one of them passes. */
  readonly passing: readonly { readonly id: string; readonly share: number }[];
}

/**
 * Sampling uncertainty of the earned score: every measurement that has an interval is drawn anew,
 * and every check judged again, many times over.
 *
 * Evidence holds no predictions row by row, so this is a parametric bootstrap: a value is drawn from a split normal
 * distribution with the measured value as its median and the interval's ends as its quantiles, and keeps an interval as
 * wide as before. Files are independent. Measurements of one file rest on the same rows: one draw moves them all to
 * their better or all to their worse side, which makes the range wide rather than narrow. Counts and facts stay.
 *
 * @param random  draws of a file depend on its name, so the order of the files does not matter
 */
export function scoreUncertainty(
  rubric: Rubric,
  exhibits: readonly Exhibit[],
  random: Random,
  { draws = 1000 }: { readonly draws?: number } = {},
): ScoreUncertainty {
  checkResampling({ draws }, "scoreUncertainty");
  const checks = rubric.categories.flatMap((category) => category.checks);
  const sampled = checks.flatMap(({ requires }) => requires).filter(({ exact }) => exact !== true);
  const directions = new Map([...sampled].reverse().map(({ measure, direction }) => [measure, direction]));
  const measured = new Map(exhibits.map((exhibit) => [exhibit.evidence.id, exhibit]));
  const resampled = exhibits.filter(
    ({ evidence }) => directions.has(evidence.id) && evidence.value !== null && evidence.interval !== null,
  );
  const streams = new Map(resampled.map(({ file }) => [file, random.fork(file)]));
  const names = new Set(resampled.map(({ evidence }) => evidence.id));
  const watched = checks.filter(({ requires }) => requires.some(({ measure }) => names.has(measure)));
  // What no draw can change is judged once: all checks on what was measured, for the exhibits behind them.
  const judged = new Map(
    checks.map((check): [string, Judgement] => [check.id, judgeCheck(check, measured, rubric.daysValid)]),
  );
  const score = (statuses: readonly CheckStatus[]): { readonly low: number; readonly passed: readonly string[] } => {
    watched.forEach(({ id }, i) => judged.set(id, { ...judged.get(id)!, status: statuses[i], reason: "" }));
    const judgements = withPreconditions(checks, judged);
    const { low } = scoreReadiness(
      rubric,
      Object.fromEntries(Array.from(judgements, ([id, judgement]) => [id, standingOf(judgement)])),
    );
    return { low, passed: watched.filter(({ id }) => judgements.get(id)!.status === "PASS").map(({ id }) => id) };
  };
  // Draws that turn the same checks have one score.
  const scores = new Map<string, ReturnType<typeof score>>();
  const drawn = new Map(measured);
  const passes = new Map(watched.map(({ id }) => [id, 0]));
  const lows = Float64Array.from({ length: draws }, () => {
    const luck = new Map(Array.from(streams, ([file, stream]) => [file, standardNormal(stream)]));
    for (const exhibit of resampled)
      drawn.set(exhibit.evidence.id, redrawn(exhibit, luck.get(exhibit.file)!, directions.get(exhibit.evidence.id)!));
    const statuses = watched.map((check) => checkStatus(check, drawn, rubric.daysValid));
    const { low, passed } =
      scores.get(statuses.join()) ?? scores.set(statuses.join(), score(statuses)).get(statuses.join())!;
    for (const id of passed) passes.set(id, passes.get(id)! + 1);
    return low;
  }).sort();
  const at = (share: number): number => lows[Math.min(draws - 1, Math.floor(share * draws))];
  return {
    from: at(0.05),
    to: at(0.95),
    draws,
    resampled: [...names].sort(),
    passing: watched.map(({ id }) => ({ id, share: passes.get(id)! / draws })),
  };
}

/** The measurement as another sample might have given it; luck above 0 is the side that the rubric likes. */
function redrawn(exhibit: Exhibit, luck: number, direction: Direction): Exhibit {
  const { evidence } = exhibit;
  const { value, unit } = evidence;
  const { low, high, level, method } = evidence.interval!;
  const side = direction === "atMost" ? -luck : luck;
  const shift = side * spread(evidence.interval!, value!, side);
  const within = (number: number): number => (unit === "share" ? Math.min(1, Math.max(0, number)) : number);
  return {
    ...exhibit,
    evidence: {
      ...evidence,
      value: within(value! + shift),
      interval: { low: within(low + shift), high: within(high + shift), level, method },
    },
  };
}

/** Standard deviation towards a side, such that the interval's end there is the quantile that its level says. */
function spread({ low, high, level }: Interval, value: number, side: number): number {
  return Math.max(0, side < 0 ? value - low : high - value) / normalQuantile((1 + level) / 2);
}

function standardNormal(random: Random): number {
  return normalQuantile(random() + 2 ** -54);
}
