import type { Random } from "../../core/random/Random.js";
import { effectiveGroups } from "../../core/statistics/effectiveGroups.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import { groupedStatistic, type GroupedStatistic } from "../../core/statistics/groupedStatistic.js";
import type { Interval } from "../../core/statistics/Interval.js";
import { percentileInterval } from "../../core/statistics/percentileInterval.js";
import type { IntervalScenario, ScenarioSums } from "./intervalScenarios.js";

/** How often intervals of one kind held, and how wide they were. */
export interface Coverage {
  /** Share of samples whose interval holds the population's statistic. */
  readonly held: number;
  readonly medianWidth: number;
  readonly samples: number;
}

/** What intervals over groups do in a scenario. */
export interface ScenarioCoverage {
  readonly name: string;
  readonly statistic: IntervalScenario["statistic"];
  readonly population: string;
  readonly layout: string;
  readonly effective: number;
  /** Of groupInterval; null where it gives none, with the reason. */
  readonly rule: Coverage | null;
  readonly reason: string | null;
  /** How the rule's intervals are made. */
  readonly method: string | null;
  /** Of the percentiles of draws, on the first samples. */
  readonly percentile: Coverage;
}

/** What is counted of a scenario; as many samples are drawn by percentiles as their draws allow in minutes. */
export interface CoverageEffort {
  readonly samples: number;
  readonly percentileSamples: number;
  readonly draws: number;
}

/**
 * Counts how often intervals over groups hold in a scenario: groupInterval's, and the percentiles of draws.
 *
 * @param random  sample i is drawn from its fork i, so that equal streams give equal counts
 */
export function intervalCoverage(
  scenario: IntervalScenario,
  random: Random,
  { samples, percentileSamples, draws }: CoverageEffort,
): ScenarioCoverage {
  const { name, statistic, population, layout, sizes, truth } = scenario;
  const groups = Array.from(sizes.keys());
  const members = groups.map((group) => [group]);
  const [rule, percentile]: [Interval[], Interval[]] = [[], []];
  let [reason, method]: (string | null)[] = [null, null];
  for (let sample = 0; sample < samples; sample++) {
    const own = random.fork(sample);
    const of = statisticOf(statistic, scenario.sample(own.fork("sample")));
    const found = groupInterval(groups, of, own.fork("rule"), { sizes: of.sizes, kind: of.kind });
    reason ??= found.reason;
    if (found.interval !== null) rule.push(found.interval);
    method ??= found.interval?.method ?? null;
    if (sample < percentileSamples)
      percentile.push(percentileInterval(members, of, own.fork("draws"), { draws, level: 0.95, unit: "group" }));
  }
  return {
    name,
    statistic,
    population,
    layout,
    effective: effectiveGroups(sizes),
    // One sample without an interval is enough to make the others a choice.
    rule: reason === null ? coverageOf(rule, truth) : null,
    reason,
    method: reason === null ? method : null,
    percentile: coverageOf(percentile, truth),
  };
}

function statisticOf(statistic: IntervalScenario["statistic"], sums: ScenarioSums): GroupedStatistic {
  const { rows, values, squares, errors } = sums;
  if (statistic === "r2")
    return groupedStatistic(
      { rows, values, squares, errors },
      (totals) => 1 - totals.errors / (totals.squares - totals.values ** 2 / totals.rows),
      { over: "rows", kind: "explained" },
    );
  return groupedStatistic({ rows, values }, (totals) => totals.values / totals.rows, { over: "rows", kind: statistic });
}

function coverageOf(intervals: readonly Interval[], truth: number): Coverage {
  const widths = Float64Array.from(intervals, ({ low, high }) => high - low).sort();
  const held = intervals.filter(({ low, high }) => low <= truth && truth <= high).length;
  return {
    held: held / intervals.length,
    medianWidth: Number(widths[Math.floor(widths.length / 2)].toPrecision(6)),
    samples: intervals.length,
  };
}
