import { InputError } from "../../core/InputError.js";
import { type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import type { DriftTest, DriftTestOptions } from "./DriftTest.js";
import { checkRows } from "./maximumMeanDiscrepancy.js";
import type { GroupCounts } from "./permutationFloor.js";
import { permutedTest } from "./permutedTest.js";
import { pooledGroups } from "./pooledGroups.js";

/**
 * Learns to tell rows of two samples apart and scores others: larger where a row looks like a current one.
 *
 * @param labels  of the training rows: 1 current, 0 reference
 */
export type SampleClassifier = (
  training: Matrix,
  labels: Uint8Array,
  judged: Matrix,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** What a classifier two-sample test takes. */
export interface ClassifierTwoSampleOptions extends DriftTestOptions {
  readonly classify: SampleClassifier;
}

/**
 * Classifier two-sample test: whether a classifier can tell current rows from those of the reference. It learns from
 * half of the groups of either sample and is judged on the others, whose groups are permuted. The statistic is the
 * area under its receiver operating characteristic, 0.5 at chance.
 *
 * @param reference,current  the same columns, at least two groups each
 * @throws InputError if samples do not fit each other, a number or a score is not finite, or groups do not fit
 * @see Lopez-Paz and Oquab 2017, https://openreview.net/forum?id=SJkXfE5xx
 */
export async function classifierTwoSample(
  reference: Matrix,
  current: Matrix,
  { classify, groups, random, ...options }: ClassifierTwoSampleOptions,
): Promise<DriftTest> {
  const where = "classifierTwoSample";
  checkRows(reference, current, where);
  const among = pooledGroups({ reference: reference.rows, current: current.rows }, { groups, random, where });
  if (among.reference < 2 || among.current < 2)
    throw new InputError({
      where,
      must: "both samples must have two groups at least",
      got: `${among.reference} in the reference and ${among.current} in the current one`,
      mend: "wait for more batches: half of them train, the others are judged",
    });
  const taught = taughtGroups(
    among,
    shuffledRows(
      Uint32Array.from({ length: among.reference + among.current }, (_, group) => group),
      random,
    ),
  );
  const training = among.rows.filter((row) => taught[among.codes[row]] === 1);
  const judged = among.rows.filter((row) => taught[among.codes[row]] === 0);
  const pooled = stacked(reference, current);
  const labels = Uint8Array.from(training, (row) => (row < reference.rows ? 0 : 1));
  const scores = await classify(selectMatrixRows(pooled, training), labels, selectMatrixRows(pooled, judged));
  requireScores(scores, judged.length, where);

  // Judged groups in order: the reference's first.
  const place = new Map<number, number>();
  for (let group = 0; group < taught.length; group++) if (taught[group] === 0) place.set(group, place.size);
  const left = Array.from(place.keys()).filter((group) => group < among.reference).length;
  const counts: GroupCounts = { reference: left, current: place.size - left };
  const statistic = areaOf(
    scores,
    Array.from(judged, (row) => place.get(among.codes[row])!),
    place.size,
  );
  const by = { ...counts, isByRow: among.isByRow };
  return permutedTest(statistic, by, { ...options, random: random.fork("permuted"), which: "judged " });
}

/** 1 for the groups that train: half of either sample, the smaller half where they are odd. */
function taughtGroups({ reference, current }: GroupCounts, order: Uint32Array): Uint8Array {
  const taught = new Uint8Array(reference + current);
  let [there, here] = [Math.floor(reference / 2), Math.floor(current / 2)];
  for (const group of order) taught[group] = (group < reference ? there-- : here--) > 0 ? 1 : 0;
  return taught;
}

function stacked(reference: Matrix, current: Matrix): Matrix {
  const values = new Float32Array(reference.values.length + current.values.length);
  values.set(reference.values);
  values.set(current.values, reference.values.length);
  return { rows: reference.rows + current.rows, columns: reference.columns, names: reference.names, values };
}

function requireScores(scores: ArrayLike<number>, rows: number, where: string): void {
  const wrong = Array.from(scores).findIndex((score) => !Number.isFinite(score));
  if (scores.length === rows && wrong < 0) return;
  throw new InputError({
    where: `${where}: classify`,
    must: "must give a finite score for every judged row",
    got: scores.length === rows ? `${scores[wrong]} for row ${wrong + 1}` : `${scores.length} scores for ${rows} rows`,
    mend: "let it score the rows of its third argument, in their order",
  });
}

/** Area under the curve of groups that are taken for the current ones, from sums of ranks: ties share a rank. */
function areaOf(
  scores: ArrayLike<number>,
  groupOf: readonly number[],
  groups: number,
): (chosen: Uint32Array) => number {
  const order = Uint32Array.from(groupOf.keys()).sort((a, b) => scores[a] - scores[b]);
  const [ranks, sizes] = [new Float64Array(groups), new Uint32Array(groups)];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]] === scores[order[from]]) to++;
    for (let at = from; at < to; at++) {
      ranks[groupOf[order[at]]] += (from + to + 1) / 2;
      sizes[groupOf[order[at]]]++;
    }
    from = to;
  }
  return (chosen) => {
    let [sum, here] = [0, 0];
    for (const group of chosen) {
      sum += ranks[group];
      here += sizes[group];
    }
    return (sum - (here * (here + 1)) / 2) / (here * (order.length - here));
  };
}
