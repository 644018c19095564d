import type { Matrix } from "../core/Matrix.js";

/** How a row of a training set came to be. */
export const rowKinds = ["original", "copy", "smote", "borderline", "adasyn", "generated"] as const;
/** How one row of a training set came to be. */
export type RowKind = (typeof rowKinds)[number];

/** A resampled training set: the original rows first and in order, then what was added, class by class. */
export interface Resampled {
  readonly features: Matrix;
  readonly labels: Uint8Array;
  readonly origins: Origins;
}

/** Where each row came from; a synthetic row lies at `gaps` of the way from its first parent to its second. */
export interface Origins {
  /** Per row a place in `rowKinds`. */
  readonly kinds: Uint8Array;
  /**
   * Two per row, as rows of the set that was resampled; an original or a copy is twice its own parent, a generated row
   * has none (4294967295).
   */
  readonly parents: Uint32Array;
  readonly gaps: Float32Array;
}

/** Parent of a row that has none. */
export const noParent = 0xffffffff;

/** Rows to add for one class. `parents` and `gaps` as in Origins; `values` row-major. */
export interface Addition {
  readonly label: number;
  readonly kind: RowKind;
  readonly values: Float32Array;
  readonly parents: Uint32Array;
  readonly gaps: Float32Array;
}

/** Originals, then additions in the order given. */
export function appendRows(features: Matrix, labels: Uint8Array, additions: readonly Addition[]): Resampled {
  const added = additions.map(({ gaps }) => gaps.length);
  const rows = features.rows + added.reduce((a, b) => a + b, 0);
  const values = new Float32Array(rows * features.columns);
  values.set(features.values);
  const all = {
    labels: new Uint8Array(rows),
    kinds: new Uint8Array(rows),
    parents: new Uint32Array(2 * rows),
    gaps: new Float32Array(rows),
  };
  all.labels.set(labels);
  for (let row = 0; row < features.rows; row++) all.parents.fill(row, 2 * row, 2 * row + 2);
  let at = features.rows;
  additions.forEach(({ label, kind, values: own, parents, gaps }, i) => {
    values.set(own, at * features.columns);
    all.labels.fill(label, at, at + added[i]);
    all.kinds.fill(rowKinds.indexOf(kind), at, at + added[i]);
    all.parents.set(parents, 2 * at);
    all.gaps.set(gaps, at);
    at += added[i];
  });
  // Finite since the originals are: mixtures and copies of finite rows.
  return {
    features: { ...features, rows, values },
    labels: all.labels,
    origins: { kinds: all.kinds, parents: all.parents, gaps: all.gaps },
  };
}
