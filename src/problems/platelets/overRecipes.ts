import type { Random } from "../../core/random/Random.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import { type EstimateOrReason, estimateOf } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import type { GroupIntervalOptions } from "../../core/statistics/groupInterval.js";

/** What happened, and what was told of it, one per row. */
export interface ToldRows {
  readonly truth: readonly number[];
  readonly told: readonly number[];
}

/** R2 with its interval over recipes: 1 is perfect, 0 is as good as the mean of these very rows. */
export function explainedOver(
  recipes: readonly string[],
  { truth, told }: ToldRows,
  random: Random,
  options: GroupIntervalOptions = {},
): EstimateOrReason {
  return estimateOverGroups(recipes, explainedOfRows(truth, told), random, {
    ...{ kind: "explained", unit: "recipe", alike: "at least 2 outcomes that differ are needed" },
    ...options,
  });
}

/** Log loss in nats of probabilities of what is 1, with its interval over recipes. */
export function logLossOver(recipes: readonly string[], { truth, told }: ToldRows, random: Random): EstimateOrReason {
  const losses = truth.map((formed, row) => lossOf(formed, told[row]));
  return estimateOver(recipes, (rows) => meanOver(losses, rows), random);
}

/** Log loss in nats, without an interval. */
export function meanLoss(truth: readonly number[], told: readonly number[]): number {
  return meanOver(
    truth.map((formed, row) => lossOf(formed, told[row])),
    truth.keys(),
  );
}

/** A statistic of all rows, with its interval over recipes. */
export function estimateOver(
  recipes: readonly string[],
  statistic: (rows: Uint32Array) => number,
  random: Random,
  options: GroupIntervalOptions = {},
): EstimateOrReason {
  return estimateOverGroups(recipes, statistic, random, { kind: "mean", unit: "recipe", ...options });
}

/** Share of rows that are covered, with its interval over recipes: of one recipe nobody knows how recipes differ. */
export function shareOver(
  recipes: readonly string[],
  covered: readonly number[],
  random: Random,
  { unit = "recipe" }: { readonly unit?: string } = {},
): EstimateOrReason {
  const value = meanOver(covered, covered.keys());
  const interval = covered.length === 0 ? null : coverageInterval(covered, { groups: recipes, random }, 0.95);
  return interval === null
    ? { value, interval, reason: `at least 2 ${unit}${unit.endsWith("ch") ? "es" : "s"} are needed` }
    : { ...estimateOf(value, interval), reason: null };
}

/** Mean of values over some rows. */
export function meanOver(values: readonly number[], rows: Iterable<number>): number {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    sum += values[row];
    count++;
  }
  return sum / count;
}

/** R2 of all rows, without an interval. */
export function explained(truth: readonly number[], told: readonly number[]): number {
  return explainedOfRows(truth, told)(Uint32Array.from(truth.keys()));
}

/** nats; as core's logLoss, no probability is taken as less than 1e-15. */
function lossOf(formed: number, probability: number): number {
  return -Math.log(Math.max(1e-15, formed === 1 ? probability : 1 - probability));
}
