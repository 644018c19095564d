/** One round of a cross-validation: row indices, disjoint, ascending. */
export interface Fold {
  readonly name: string;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}
