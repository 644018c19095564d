import type { Random } from "../../core/random/Random.js";
import type { BinnedFeatures } from "./binFeatures.js";

/** Trees in one list of nodes: plain numbers. */
export interface TreeNodes {
  /** Column that a node asks for; -1 for a leaf. */
  readonly column: number[];
  /** A row whose value is at most this goes left; unused in a leaf. */
  readonly threshold: number[];
  /** Place of the left child, the right one follows it; in a leaf, which row of `shares` is its answer. */
  readonly next: number[];
  /** Shares of the classes in the leaves, row-major [leaves, classes]. */
  readonly shares: number[];
}

/** What a tree is grown on. */
export interface TreeTask {
  readonly features: BinnedFeatures;
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** Weight of each row in this tree; rows of weight 0 take no part. */
  readonly weights: Float64Array;
  /** Columns that a node chooses among, drawn anew for each node. */
  readonly columnsPerNode: number;
  /** Rows that a leaf must have. */
  readonly leastLeaf: number;
}

/**
 * Grows a classification tree and appends its nodes, the root first. A node that holds one class only is a leaf; any
 * other takes, of `columnsPerNode` random columns that are not constant in it, the split that leaves the lowest Gini
 * impurity, even if that is no lower (two columns may tell classes apart that neither does alone).
 *
 * @see Breiman et al. 1984, Classification and Regression Trees; split search
 *   over histograms as in Ke et al. 2017 (LightGBM)
 */
export function growTree(
  { features: { bins, borders }, labels, classes, weights, columnsPerNode, leastLeaf }: TreeTask,
  nodes: TreeNodes,
  random: Random,
): void {
  const rows = treeRows(bins, borders.length, labels, weights);
  const columns = Uint32Array.from(borders, (_, column) => column);
  const slots = classes + 1;
  // For each bin the weight of each class, then the number of rows.
  const histogram = new Float64Array(256 * slots);
  const left = new Float64Array(slots);

  /** The best split of one column, or null: the score is Σ L²/ΣL + Σ R²/ΣR, the higher the purer. */
  const split = (
    column: number,
    start: number,
    end: number,
    totals: Float64Array,
  ): { readonly bin: number; readonly score: number } | "constant" | null => {
    let [lowest, highest] = [255, 0];
    for (let i = start; i < end; i++) {
      const bin = rows.bins[i * rows.width + column];
      if (bin < lowest) lowest = bin;
      if (bin > highest) highest = bin;
      histogram[bin * slots + rows.labels[i]] += rows.weights[i];
      histogram[bin * slots + classes]++;
    }
    let best = null;
    left.fill(0);
    for (let bin = lowest; bin < highest; bin++) {
      const from = bin * slots;
      if (histogram[from + classes] === 0) continue;
      for (let k = 0; k < slots; k++) left[k] += histogram[from + k];
      if (left[classes] < leastLeaf) continue;
      if (totals[classes] - left[classes] < leastLeaf) break;
      const score = scoreOf(left, totals, classes);
      if (best === null || score > best.score) best = { bin, score };
    }
    histogram.fill(0, lowest * slots, (highest + 1) * slots);
    return lowest === highest ? "constant" : best;
  };

  const bestSplit = (
    start: number,
    end: number,
    totals: Float64Array,
  ): { readonly column: number; readonly bin: number } | null => {
    let best = { column: -1, bin: -1, score: -Infinity };
    for (let drawn = 0, tried = 0; drawn < columns.length && tried < columnsPerNode; drawn++) {
      const place = drawn + Math.floor(random() * (columns.length - drawn));
      const column = columns[place];
      columns[place] = columns[drawn];
      columns[drawn] = column;
      const found = split(column, start, end, totals);
      if (found === "constant") continue;
      tried++;
      if (found !== null && found.score > best.score) best = { column, ...found };
    }
    return best.column < 0 ? null : best;
  };

  const open = [{ node: addNode(nodes), start: 0, end: rows.labels.length }];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { node, start, end } = one;
    const totals = new Float64Array(slots);
    for (let i = start; i < end; i++) {
      totals[rows.labels[i]] += rows.weights[i];
      totals[classes]++;
    }
    const best = isPure(totals, classes) || end - start < 2 * leastLeaf ? null : bestSplit(start, end, totals);
    if (best === null) {
      nodes.next[node] = nodes.shares.length / classes;
      const whole = totals.subarray(0, classes).reduce((a, b) => a + b);
      for (let k = 0; k < classes; k++) nodes.shares.push(totals[k] / whole);
      continue;
    }
    const middle = partition(rows, start, end, best);
    nodes.column[node] = best.column;
    nodes.threshold[node] = borders[best.column][best.bin];
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

function isPure(totals: Float64Array, classes: number): boolean {
  let present = 0;
  for (let k = 0; k < classes; k++) if (totals[k] > 0) present++;
  return present === 1;
}

function scoreOf(left: Float64Array, totals: Float64Array, classes: number): number {
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

/** The rows of a tree, those of a node side by side: a node of few rows reads few lines of memory, not one for each. */
interface TreeRows {
  /** Row-major, `width` for each row: columns padded to whole words. */
  readonly bins: Uint8Array;
  readonly width: number;
  readonly labels: Uint32Array;
  readonly weights: Float64Array;
}

function treeRows(bins: Uint8Array, columns: number, labels: ArrayLike<number>, weights: Float64Array): TreeRows {
  const members = Uint32Array.from(weights.keys()).filter((row) => weights[row] > 0);
  const width = 4 * Math.ceil(columns / 4);
  const own = new Uint8Array(members.length * width);
  for (let column = 0; column < columns; column++)
    for (let i = 0; i < members.length; i++) own[i * width + column] = bins[column * weights.length + members[i]];
  return {
    bins: own,
    width,
    labels: members.map((row) => labels[row]),
    weights: Float64Array.from(members, (row) => weights[row]),
  };
}

/** Brings rows of bins up to `bin` to the front of a stretch; returns where the others begin. */
function partition(
  { bins, width, labels, weights }: TreeRows,
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
      const [label, weight] = [labels[i], weights[i]];
      labels[i] = labels[middle];
      weights[i] = weights[middle];
      labels[middle] = label;
      weights[middle] = weight;
    }
    middle++;
  }
  return middle;
}
