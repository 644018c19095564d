import type { Forest } from "../../training/baselines/forestPredictor.js";

/**
 * A forest in few bytes: trees node by node, the left branch before the right one. Thresholds stay as they are; shares
 * of leaves are rounded to the 255th part.
 */
export interface CompactForest {
  readonly classes: readonly string[];
  readonly names: readonly string[];
  readonly trees: number;
  /** Column of each node, `leaf` for a leaf. */
  readonly columns: Uint8Array;
  /** Of each node that is no leaf, which of `thresholds`. */
  readonly places: Uint16Array;
  readonly thresholds: Float32Array;
  /** Row-major [leaves, classes - 1]: 255ths of all classes but the last, which has the rest. */
  readonly leaves: Uint8Array;
  readonly shares: Float64Array;
}

const leaf = 255;

/** @throws RangeError if a forest asks for more than 255 columns or 65,536 thresholds */
export function compactForest(forest: Forest): CompactForest {
  const { classes, names, roots, column, threshold, next, leafShares, shares } = forest;
  const inner = [...column.keys()].filter((node) => column[node] >= 0);
  const thresholds = Float32Array.from(new Set(inner.map((node) => threshold[node]))).sort();
  if (names.length > leaf || thresholds.length > 2 ** 16)
    throw new RangeError(
      `compactForest: at most ${leaf} columns and 65536 thresholds are kept; got ${names.length} and ` +
        String(thresholds.length),
    );
  const placeOf = new Map(Array.from(thresholds, (value, place) => [value, place]));
  const [columns, places, leaves]: [number[], number[], number[]] = [[], [], []];
  const width = classes.length;
  for (const root of roots) {
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (column[node] < 0) {
        columns.push(leaf);
        leaves.push(...wholeParts(leafShares.subarray(next[node] * width, (next[node] + 1) * width)).slice(0, -1));
      } else {
        columns.push(column[node]);
        places.push(placeOf.get(threshold[node])!);
        open.push(next[node] + 1, next[node]);
      }
    }
  }
  return {
    classes,
    names,
    trees: roots.length,
    columns: Uint8Array.from(columns),
    places: Uint16Array.from(places),
    thresholds,
    leaves: Uint8Array.from(leaves),
    shares,
  };
}

/** 255ths that sum to 255: each share's whole part, then one more for the largest rests. */
function wholeParts(shares: Float32Array): number[] {
  const exact = Array.from(shares, (share) => share * leaf);
  const parts = exact.map(Math.floor);
  const order = [...exact.keys()].sort((a, b) => exact[b] - parts[b] - (exact[a] - parts[a]) || a - b);
  const missing = leaf - parts.reduce((a, b) => a + b, 0);
  for (const k of order.slice(0, Math.max(0, missing))) parts[k]++;
  return parts;
}

/**
 * The forest that was compacted.
 *
 * @throws RangeError if its lists do not fit one another
 */
export function wholeForest(compact: CompactForest): Forest {
  const { classes, names, trees, columns, places, thresholds, leaves, shares } = compact;
  const nodes = columns.length;
  const [column, threshold, next] = [new Int32Array(nodes), new Float32Array(nodes), new Uint32Array(nodes)];
  const width = classes.length;
  const count = columns.filter((one) => one === leaf).length;
  if (leaves.length !== count * (width - 1) || places.length !== nodes - count || nodes !== 2 * count - trees)
    throw new RangeError("wholeForest: nodes, thresholds and leaves of a compact forest must fit one another");
  const leafShares = new Float32Array(count * width);
  const roots = new Uint32Array(trees);
  let [at, place, told, free] = [0, 0, 0, 0];
  for (let tree = 0; tree < trees; tree++) {
    roots[tree] = free++;
    const open = [roots[tree]];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const own = columns[at++];
      if (own === leaf) {
        column[node] = -1;
        next[node] = told;
        let rest = leaf;
        for (let k = 0; k < width - 1; k++) {
          const part = leaves[told * (width - 1) + k];
          leafShares[told * width + k] = part / leaf;
          rest -= part;
        }
        leafShares[told * width + width - 1] = rest / leaf;
        told++;
      } else {
        column[node] = own;
        threshold[node] = thresholds[places[place++]];
        next[node] = free;
        open.push(free + 1, free);
        free += 2;
      }
    }
  }
  return { classes, names, roots, column, threshold, next, leafShares, shares };
}
