import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { binFeatures } from "../../../src/training/baselines/binFeatures.js";
import { growTree, type TreeNodes } from "../../../src/training/baselines/growTree.js";

interface Grown {
  readonly nodes: TreeNodes;
  readonly leafOf: (row: readonly number[]) => readonly number[];
}

function grown(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  {
    weights = labels.map(() => 1),
    leastLeaf = 1,
    columnsPerNode = rows[0].length,
  }: { weights?: readonly number[]; leastLeaf?: number; columnsPerNode?: number } = {},
): Grown {
  const features = makeMatrix(
    rows[0].map((_, j) => `x${j}`),
    Float32Array.from(rows.flat()),
  );
  const classes = Math.max(...labels) + 1;
  const nodes: TreeNodes = { column: [], threshold: [], next: [], leaves: [] };
  growTree(
    {
      features: binFeatures(features, 256),
      goal: { labels, classes },
      weights: Float64Array.from(weights),
      columnsPerNode,
      leastLeaf,
      thresholds: "best",
    },
    nodes,
    seededRandom(3),
  );
  const leafOf = (row: readonly number[]): readonly number[] => {
    let node = 0;
    while (nodes.column[node] >= 0)
      node = nodes.next[node] + (row[nodes.column[node]] <= nodes.threshold[node] ? 0 : 1);
    return nodes.leaves.slice(nodes.next[node] * classes, (nodes.next[node] + 1) * classes);
  };
  return { nodes, leafOf };
}

/** Weighted Gini impurity that a split leaves, and the lowest over all splits, by trying each. */
function impurity(groups: readonly (readonly { readonly label: number; readonly weight: number }[])[]): number {
  return groups.reduce((sum, group) => {
    const whole = group.reduce((total, { weight }) => total + weight, 0);
    const of = (label: number): number =>
      group.reduce((total, one) => total + (one.label === label ? one.weight : 0), 0);
    return sum + whole - [0, 1, 2].reduce((squares, label) => squares + of(label) ** 2, 0) / Math.max(whole, 1e-300);
  }, 0);
}

describe("growTree", () => {
  it("splits the root where a search over all columns and thresholds leaves the lowest impurity", () => {
    const row = fc.record({
      x: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 }),
      label: fc.integer({ min: 0, max: 2 }),
      weight: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 25 }), (all) => {
        const some = all.filter(({ weight }) => weight > 0);
        fc.pre(new Set(some.map(({ label }) => label)).size > 1 && new Set(some.map(({ x }) => x.join())).size > 1);
        const { nodes } = grown(
          all.map(({ x }) => x),
          all.map(({ label }) => label),
          { weights: all.map(({ weight }) => weight) },
        );
        const after = (column: number, threshold: number): number =>
          impurity([some.filter(({ x }) => x[column] <= threshold), some.filter(({ x }) => x[column] > threshold)]);
        const tried = [0, 1, 2].flatMap((column) => [0, 1, 2, 3, 4, 5].map((threshold) => after(column, threshold)));
        expect(after(nodes.column[0], nodes.threshold[0])).toBeCloseTo(Math.min(...tried), 10);
      }),
    );
  });

  it("grows until each leaf holds one class, also where no single column helps (exclusive or)", () => {
    const rows = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const labels = [0, 1, 1, 0];
    const { leafOf } = grown(rows, labels);
    expect(rows.map((row) => leafOf(row))).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ]);
  });

  it("answers with the weighted shares of equal rows", () => {
    const { leafOf, nodes } = grown([[5], [5], [5]], [0, 1, 1], { weights: [3, 0.5, 0.5] });
    expect(nodes.column).toEqual([-1]);
    expect(leafOf([9])).toEqual([0.75, 0.25]);
  });

  it("leaves at least leastLeaf rows in a leaf, and does not see rows of weight 0", () => {
    const rows = Array.from({ length: 12 }, (_, i) => [i]);
    const { nodes, leafOf } = grown(
      rows,
      rows.map((_, i) => i % 2),
      { leastLeaf: 3, weights: rows.map((_, i) => (i === 11 ? 0 : 1)) },
    );
    const sizes = new Map<string, number>();
    for (const row of rows.slice(0, 11)) sizes.set(leafOf(row).join(), (sizes.get(leafOf(row).join()) ?? 0) + 1);
    expect(nodes.column.length).toBeGreaterThan(1);
    expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(3);
  });

  it("chooses among fewer columns where told to: with one per node, some roots take a column of noise", () => {
    const random = seededRandom(8);
    const rows = Array.from({ length: 40 }, (_, i) => [i % 2, ...Array.from({ length: 9 }, () => random())]);
    const { nodes } = grown(
      rows,
      rows.map(([label]) => label),
      { columnsPerNode: 1 },
    );
    expect(
      grown(
        rows,
        rows.map(([label]) => label),
      ).nodes.column,
    ).toEqual([0, -1, -1]);
    expect(nodes.column.length).toBeGreaterThan(3);
  });
});
