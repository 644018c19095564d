import type { Random } from "../../core/random/Random.js";
import type { BinnedFeatures } from "./binFeatures.js";

/** Trees in one list of nodes: plain numbers. */
export interface TreeNodes {
  /** Column that a node asks for; -1 for a leaf. */
  readonly column: number[];
  /** A row whose value is at most this goes left; unused in a leaf. */
  readonly threshold: number[];
  /** Place of the left child, the right one follows it; in a leaf, which row of `leaves` is its answer. */
  readonly next: number[];
  /** Answers of the leaves, row-major: shares of the classes, or one mean each. */
  readonly leaves: number[];
}

/** What leaves are to tell apart: classes by their codes, or values. */
export type TreeGoal =
  { readonly labels: ArrayLike<number>; readonly classes: number } | { readonly values: ArrayLike<number> };

/**
 * Where a node cuts a column: at the best of all borders, or at one that is drawn. The latter lies anywhere between the
 * least and the greatest value in the node, as in extremely randomised trees.
 */
export type Thresholds = "best" | "drawn";

/** What a tree is grown on. */
export interface TreeTask {
  readonly features: BinnedFeatures;
  readonly goal: TreeGoal;
  /** Weight of each row in this tree; rows of weight 0 take no part. */
  readonly weights: Float64Array;
  /** Columns that a node chooses among, drawn anew for each node. */
  readonly columnsPerNode: number;
  /** Rows that a leaf must have. */
  readonly leastLeaf: number;
  readonly thresholds: Thresholds;
}

/** A cut of one column: rows up to this bin go left, and so do new rows up to this threshold. */
interface Cut {
  readonly bin: number;
  readonly threshold: number;
  readonly score: number;
}

/**
 * Grows a tree and appends its nodes, the root first. A node that holds one class or value only is a leaf; any other
 * takes, of `columnsPerNode` random columns that are not constant in it, the cut that leaves the lowest impurity (Gini
 * of classes, variance of values), even if that is no lower (two columns may tell classes apart that neither does
 * alone).
 *
 * @see Breiman et al. 1984, Classification and Regression Trees; split search
 *   over histograms as in Ke et al. 2017 (LightGBM)
 * @see Geurts et al. 2006, doi:10.1007/s10994-006-6226-1 (drawn thresholds)
 */
export function growTree(
  { features: { bins, borders, least, greatest }, goal, weights, columnsPerNode, leastLeaf, thresholds }: TreeTask,
  nodes: TreeNodes,
  random: Random,
): void {
  const rows = treeRows(bins, borders.length, goal, weights);
  const { values } = rows;
  const columns = Uint32Array.from(borders, (_, column) => column);
  // For each bin what adds up, by class the weight, or weight and weighted value; then the number of rows.
  const sums = "classes" in goal ? goal.classes : 2;
  const slots = sums + 1;
  const histogram = new Float64Array(256 * slots);
  const left = new Float64Array(slots);
  const scoreOf = values === null ? giniScore : varianceScore;

  const add = (to: Float64Array, from: number, i: number): void => {
    if (values === null) to[from + rows.labels[i]] += rows.weights[i];
    else {
      to[from] += rows.weights[i];
      to[from + 1] += rows.weights[i] * values[i];
    }
    to[from + sums]++;
  };

  /** The best cut of one column, or null where leaves would be too small: the score is the higher, the purer. */
  const bestOf = (column: number, start: number, end: number, totals: Float64Array): Cut | "constant" | null => {
    let [lowest, highest] = [255, 0];
    for (let i = start; i < end; i++) {
      const bin = rows.bins[i * rows.width + column];
      if (bin < lowest) lowest = bin;
      if (bin > highest) highest = bin;
      add(histogram, bin * slots, i);
    }
    let best: Cut | null = null;
    left.fill(0);
    for (let bin = lowest; bin < highest; bin++) {
      const from = bin * slots;
      if (histogram[from + sums] === 0) continue;
      for (let k = 0; k < slots; k++) left[k] += histogram[from + k];
      if (left[sums] < leastLeaf) continue;
      if (totals[sums] - left[sums] < leastLeaf) break;
      const score = scoreOf(left, totals, sums);
      if (best === null || score > best.score) best = { bin, threshold: borders[column][bin], score };
    }
    histogram.fill(0, lowest * slots, (highest + 1) * slots);
    return lowest === highest ? "constant" : best;
  };

  /** Fills `left` with the sums of rows up to a bin; those of values are kept in registers, as many small nodes ask. */
  const addUpTo = (bin: number, column: number, start: number, end: number): void => {
    const { bins: own, width, weights: heavy } = rows;
    left.fill(0);
    if (values === null) {
      for (let i = start; i < end; i++) if (own[i * width + column] <= bin) add(left, 0, i);
      return;
    }
    let [weight, weighted, count] = [0, 0, 0];
    for (let i = start; i < end; i++) {
      if (own[i * width + column] > bin) continue;
      weight += heavy[i];
      weighted += heavy[i] * values[i];
      count++;
    }
    left[0] = weight;
    left[1] = weighted;
    left[2] = count;
  };

  /** The drawn cut of one column, likewise. */
  const drawnOf = (column: number, start: number, end: number, totals: Float64Array): Cut | "constant" | null => {
    let [lowest, highest] = [255, 0];
    for (let i = start; i < end; i++) {
      const bin = rows.bins[i * rows.width + column];
      if (bin < lowest) lowest = bin;
      if (bin > highest) highest = bin;
    }
    if (lowest === highest) return "constant";
    const cut = drawnCut(borders[column], least[column], greatest[column], { lowest, highest }, random);
    addUpTo(cut.bin, column, start, end);
    if (left[sums] < leastLeaf || totals[sums] - left[sums] < leastLeaf) return null;
    return { ...cut, score: scoreOf(left, totals, sums) };
  };
  const cutOf = thresholds === "best" ? bestOf : drawnOf;

  const bestCut = (start: number, end: number, totals: Float64Array): (Cut & { readonly column: number }) | null => {
    let best = { column: -1, bin: -1, threshold: 0, score: -Infinity };
    for (let drawn = 0, tried = 0; drawn < columns.length && tried < columnsPerNode; drawn++) {
      const place = drawn + Math.floor(random() * (columns.length - drawn));
      const column = columns[place];
      columns[place] = columns[drawn];
      columns[drawn] = column;
      const found = cutOf(column, start, end, totals);
      if (found === "constant") continue;
      tried++;
      if (found !== null && found.score > best.score) best = { column, ...found };
    }
    return best.column < 0 ? null : best;
  };

  const isPure = (start: number, end: number, totals: Float64Array): boolean => {
    if (values !== null) return values.subarray(start, end).every((value) => value === values[start]);
    let present = 0;
    for (let k = 0; k < sums; k++) if (totals[k] > 0) present++;
    return present === 1;
  };

  const addLeaf = (node: number, totals: Float64Array): void => {
    nodes.next[node] = values === null ? nodes.leaves.length / sums : nodes.leaves.length;
    if (values !== null) {
      nodes.leaves.push(totals[1] / totals[0]);
      return;
    }
    const whole = totals.subarray(0, sums).reduce((a, b) => a + b);
    for (let k = 0; k < sums; k++) nodes.leaves.push(totals[k] / whole);
  };

  const open = [{ node: addNode(nodes), start: 0, end: rows.weights.length }];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { node, start, end } = one;
    const totals = new Float64Array(slots);
    for (let i = start; i < end; i++) add(totals, 0, i);
    const best = end - start < 2 * leastLeaf || isPure(start, end, totals) ? null : bestCut(start, end, totals);
    if (best === null) {
      addLeaf(node, totals);
      continue;
    }
    const middle = partition(rows, start, end, best);
    nodes.column[node] = best.column;
    nodes.threshold[node] = best.threshold;
    const children = addNode(nodes);
    addNode(nodes);
    nodes.next[node] = children;
    open.push({ node: children + 1, start: middle, end }, { node: children, start, end: middle });
  }
}

function addNode({ column, threshold, next }: TreeNodes): number {
  column.push(-1);
  threshold.push(0);
  return next.push(0) - 1;
}

/** A threshold drawn evenly between the least and the greatest value of bins; within a bin, its border. */
function drawnCut(
  borders: Float32Array,
  least: Float32Array,
  greatest: Float32Array,
  { lowest, highest }: { readonly lowest: number; readonly highest: number },
  random: Random,
): { readonly bin: number; readonly threshold: number } {
  const at = Math.fround(least[lowest] + (greatest[highest] - least[lowest]) * random());
  let bin = lowest;
  for (let beyond = highest; beyond - bin > 1;) {
    const middle = (bin + beyond) >> 1;
    if (greatest[middle] <= at) bin = middle;
    else beyond = middle;
  }
  return { bin, threshold: at >= greatest[bin] && at < least[bin + 1] ? at : borders[bin] };
}

/** Σ L²/ΣL + Σ R²/ΣR over classes. */
function giniScore(left: Float64Array, totals: Float64Array, classes: number): number {
  let [leftSum, leftSquares, rightSum, rightSquares] = [0, 0, 0, 0];
  for (let k = 0; k < classes; k++) {
    const right = totals[k] - left[k];
    leftSum += left[k];
    leftSquares += left[k] * left[k];
    rightSum += right;
    rightSquares += right * right;
  }
  return leftSquares / leftSum + rightSquares / rightSum;
}

/** What the means of both sides explain: weight times the square of the mean, of each. */
function varianceScore(left: Float64Array, totals: Float64Array): number {
  const right = totals[1] - left[1];
  return (left[1] * left[1]) / left[0] + (right * right) / (totals[0] - left[0]);
}

/** The rows of a tree, those of a node side by side: a node of few rows reads few lines of memory, not one for each. */
interface TreeRows {
  /** Row-major, `width` for each row: columns padded to whole words. */
  readonly bins: Uint8Array;
  readonly width: number;
  /** Of no use where there are values. */
  readonly labels: Uint32Array;
  readonly values: Float64Array | null;
  readonly weights: Float64Array;
}

function treeRows(bins: Uint8Array, columns: number, goal: TreeGoal, weights: Float64Array): TreeRows {
  const places = new Uint32Array(weights.length);
  let count = 0;
  for (let row = 0; row < weights.length; row++) if (weights[row] > 0) places[count++] = row;
  const members = places.subarray(0, count);
  const width = 4 * Math.ceil(columns / 4);
  const own = new Uint8Array(members.length * width);
  for (let column = 0; column < columns; column++)
    for (let i = 0; i < members.length; i++) own[i * width + column] = bins[column * weights.length + members[i]];
  return {
    bins: own,
    width,
    labels: "labels" in goal ? members.map((row) => goal.labels[row]) : new Uint32Array(count),
    values: "values" in goal ? selected(goal.values, members) : null,
    weights: selected(weights, members),
  };
}

function selected(values: ArrayLike<number>, places: Uint32Array): Float64Array {
  const own = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) own[i] = values[places[i]];
  return own;
}

/** Brings rows of bins up to `bin` to the front of a stretch; returns where the others begin. */
function partition(
  { bins, width, labels, values, weights }: TreeRows,
  start: number,
  end: number,
  { column, bin }: { readonly column: number; readonly bin: number },
): number {
  const words = new Uint32Array(bins.buffer);
  const perRow = width / 4;
  let middle = start;
  for (let i = start; i < end; i++) {
    if (bins[i * width + column] > bin) continue;
    if (i !== middle) {
      for (let a = i * perRow, b = middle * perRow, last = a + perRow; a < last; a++, b++) {
        const word = words[a];
        words[a] = words[b];
        words[b] = word;
      }
      swap(labels, i, middle);
      swap(weights, i, middle);
      if (values !== null) swap(values, i, middle);
    }
    middle++;
  }
  return middle;
}

function swap(some: Uint32Array | Float64Array, a: number, b: number): void {
  const one = some[a];
  some[a] = some[b];
  some[b] = one;
}
