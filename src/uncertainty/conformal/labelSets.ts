/** A set of classes is a whole number of 32 bits: bit k stands for class k. */
export const mostClasses = 32;

/** Whether a set holds a class. */
export function holdsClass(set: number, label: number): boolean {
  return ((set >>> label) & 1) === 1;
}

/** How many classes a set holds. */
export function setSize(set: number): number {
  let size = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) size++;
  return size;
}

/**
 * Sets of the classes that a test of row and class lets in.
 *
 * @returns one set per row, bit k for class k
 */
export function collectSets(rows: number, classes: number, isIn: (row: number, label: number) => boolean): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => {
    let set = 0;
    for (let label = 0; label < classes; label++) if (isIn(row, label)) set |= 1 << label;
    // The 32nd bit would make it negative.
    return set >>> 0;
  });
}
