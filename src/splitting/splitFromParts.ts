import { splitParts, type Split } from "../core/Split.js";

/** A part that is none: the row is left out. */
export const noPart = 255;

/**
 * Row indices of each part, ascending.
 *
 * @param partOf  number of the part of each row, in the order of `splitParts`, or `noPart`, shape [n]
 */
export function splitFromParts(partOf: Uint8Array): Split {
  const sizes = new Uint32Array(256);
  for (const part of partOf) sizes[part]++;
  const rows = splitParts.map((_, part) => new Uint32Array(sizes[part]));
  const filled = new Uint32Array(splitParts.length);
  partOf.forEach((part, row) => {
    if (part !== noPart) rows[part][filled[part]++] = row;
  });
  const [train, tune, calibrate, test] = rows;
  return { train, tune, calibrate, test };
}
