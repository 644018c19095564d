import type { Random } from "../core/random/Random.js";
import { kolmogorovOfSteps } from "../core/statistics/kolmogorovSmirnov.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import { studentQuantile } from "../core/statistics/studentQuantile.js";
import { chiSquareOf, compareCounts, countsOf, lawHolds } from "./detectors/chiSquareDrift.js";
import { differenceOfMeans } from "./detectors/differenceOfMeans.js";
import { compareLevels } from "./detectors/levelDrift.js";
import { normalScores } from "./detectors/normalScores.js";
import { tooFewGroups } from "./detectors/permutationFloor.js";
import { permuteGaps } from "./detectors/permuteGaps.js";
import { permuteGroups } from "./detectors/permuteGroups.js";
import { groupMeans, type NumberPair, type PooledGroups } from "./detectors/pooledGroups.js";
import { cellsInOrder, groupCells, massEdges, overGroups, type SampleCells } from "./detectors/sampleCells.js";
import { combined, foundShift, levelAlpha } from "./detectors/smallestDetectable.js";
import { type PooledOrder, pooledOrder } from "./detectors/pooledOrder.js";
import { inRowOrder, merged, pooled } from "./detectors/SortedSample.js";
import type { FeatureChange, FeatureDrift } from "./DriftReport.js";
import type { FeaturePair } from "./featurePairs.js";

/** Probability with which the shift that is called detectable is found. */
const power = 0.8;
/** Strange permutations after which a comparison ends: it has not drifted. */
const stopAfter = 20;

interface Judging {
  /** Of one comparison. */
  readonly alpha: number;
  readonly mustFind: number;
  readonly random: Random;
}

type Comparison = Omit<FeatureDrift, "adjusted" | "drifted">;

/** Compares one feature of two tables. What it says of drift is not yet adjusted for all the other comparisons. */
export function compareFeature(pair: FeaturePair, { alpha, mustFind, random: all }: Judging): Comparison {
  const { feature, compared, unit, rows, groups } = pair;
  const random = all.fork(feature).fork(compared);
  const described = pair.numbers === null ? ofLevels(pair) : ofNumbers(pair);
  const { change, distance, wasserstein, values } = described;
  // Thinned groups are for the test alone: what is said of a feature rests on every row.
  const every = groups.thinnedTo === null ? groups.rows : Uint32Array.from(groups.codes.keys());
  const means = described.means?.numbers ?? differenceOfMeans(groupMeans(groups, values, every));
  const spent = compared === "values" ? levelAlpha(alpha) : alpha;
  const detectable = means.freedom > 0 ? foundShift(means.error, { ...means, alpha: spent, power }) : null;
  const floor = tooFewGroups(groups, spent, groups.isByRow ? "row" : "batch");
  const isBlind =
    detectable === null || !(detectable <= mustFind * (groups.isByRow ? means.deviation : deviationOf(values)));
  const missed = detectable === null ? "any shift" : `shifts up to ${short(detectable)}${unitText(unit)}`;
  return {
    feature,
    compared,
    unit,
    distance,
    wasserstein,
    pValue: floor === null ? probability(pair, described, { alpha, random }) : null,
    unknown: floor ?? (isBlind ? `${countText(groups)} would miss ${missed}` : null),
    change: { of: change, ...changed(means) },
    detectable,
    rows,
    groups: { reference: groups.reference, current: groups.current },
  };
}

/** What is said of a comparison, and a value per row whose mean is what changed. */
interface Described {
  readonly change: string;
  readonly distance: number;
  readonly wasserstein: number | null;
  /** Of numbers. */
  readonly order: PooledOrder | null;
  /** Of numbers whose rows stand in their order, since none belongs to a batch. */
  readonly means: PooledOrder["means"] | null;
  readonly values: NumberPair;
}

function ofNumbers({ numbers }: FeaturePair): Described {
  const { reference, current } = numbers!;
  const order = pooledOrder(reference.sorted, current.sorted);
  return {
    change: "mean",
    distance: order.steps / (current.sorted.length * reference.sorted.length),
    wasserstein: order.wasserstein,
    order,
    means: reference.places === null ? order.means : null,
    values: { reference: reference.values, current: current.values },
  };
}

/** Of levels, the share that changed most. */
function ofLevels({ levels, rows, compared }: FeaturePair): Described {
  const [there, here] = countsOf(levels!, rows.reference);
  const changes = there.map((count, cell) => Math.abs(here[cell] / rows.current - count / rows.reference));
  const most = compared === "missing" ? 1 : changes.indexOf(changes.reduce((one, other) => Math.max(one, other)));
  const isMost = Float64Array.from(levels!.codes, (code) => (code === most ? 1 : 0));
  return {
    change: compared === "missing" ? "share missing" : `share of ${levels!.names[most]}`,
    distance: changes.reduce((sum, change) => sum + change, 0) / 2,
    wasserstein: null,
    order: null,
    means: null,
    values: { reference: isMost.subarray(0, rows.reference), current: isMost.subarray(rows.reference) },
  };
}

/** Permutations at which a probability of alpha is known to a third; a million at most. */
function drawsFor(alpha: number): number {
  return Math.min(1e6, Math.max(999, Math.ceil(10 / alpha)));
}

function probability(
  { numbers, levels, rows, groups }: FeaturePair,
  { order, means: ofRows }: Described,
  { alpha, random }: Pick<Judging, "alpha" | "random">,
): number {
  const { reference, current } = groups;
  const draws = drawsFor(alpha - levelAlpha(alpha));
  const permuting = { reference, current, draws, stopAfter, isSymmetric: true };
  if (numbers === null) {
    const [there, here] = countsOf(levels!, rows.reference);
    if (groups.isByRow && lawHolds(there, here)) return compareCounts(here, there).pValue;
    return permuteGroups(overGroups(groupCells(groups, levels!), chiSquareOf), { ...permuting, random }).pValue;
  }
  const scores = normalScores(numbers.reference, numbers.current, order!.scores);
  const level = compareLevels(scores, groups, {
    draws,
    stopAfter,
    random: random.fork("level"),
    known: ofRows?.scores,
  }).pValue;
  // Its level alone has drifted already: the shape could not change the verdict.
  if (combined(level, 1) <= alpha) return combined(level, 1);
  if (groups.isByRow) return combined(level, kolmogorovOfSteps(order!.steps, rows.current, rows.reference).pValue);
  const shape = permuteGaps(groups, massCells(numbers), { draws, stopAfter, random: random.fork("shape") });
  return combined(level, shape);
}

/** Cells of about equal mass over both samples, by row. */
function massCells({ reference, current }: NonNullable<FeaturePair["numbers"]>): SampleCells {
  const edges = massEdges(merged(reference.sorted, current.sorted));
  const [there, here] = [reference, current].map((sample) => inRowOrder(cellsInOrder(sample.sorted, edges), sample));
  return { codes: pooled(there, here), cells: edges.length + 1 };
}

function changed({
  reference,
  current,
  difference,
  error,
  freedom,
}: ReturnType<typeof differenceOfMeans>): Omit<FeatureChange, "of"> {
  const of = { from: reference, to: current, difference };
  if (freedom < 1) return { ...of, interval: null };
  const reach = (freedom > 1000 ? normalQuantile(0.975) : studentQuantile(0.975, freedom)) * error;
  const method = `Student over ${freedom + 2} groups`;
  return { ...of, interval: { low: difference - reach, high: difference + reach, level: 0.95, method } };
}

/** Standard deviation of rows, whatever groups they come in. */
function deviationOf(values: NumberPair): number {
  return differenceOfMeans(values).deviation;
}

function countText({ reference, current, isByRow }: PooledGroups): string {
  return `${current} ${isByRow ? "rows" : "batches"} against ${reference}`;
}

function unitText(unit: string): string {
  return unit === "1" || unit === "" ? "" : ` ${unit}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
