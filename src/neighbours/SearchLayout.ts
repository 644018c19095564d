// Read by tsc and by the AssemblyScript compiler.

/** Sizes that both sides of the search agree on. */
export enum SearchLayout {
  /** Points per leaf, a multiple of 8: eight points are compared at once. */
  leafPoints = 128,
  /** Questions that visit the leaves together, a multiple of 4: four are compared at once. */
  groupQuestions = 16,
  /**
   * Most pairs of coordinates in a point's code. With more than 20 columns the last coordinate
   * is the length of all that the others leave out.
   */
  mostPairs = 10,
  /** Largest code of a coordinate: the dot product of two codes and half a square stay below 2^31. */
  largestCode = 8000,
  /** Codes of a pair of coordinates of eight points. */
  pairBytes = 32,
}
