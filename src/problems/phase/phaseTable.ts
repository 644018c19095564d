import { phaseNames } from "../../chemistry/phases.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Split } from "../../core/Split.js";
import { codesOf, textsOf, type Table } from "../../core/Table.js";
import { groupedSplit } from "../../splitting/groupedSplit.js";

/**
 * Batches share stocks and a day, so a batch is whole in one part.
 *
 * @param groups  of each row, where more than the batch stands together (recipeGroups)
 */
export function splitByBatch(table: Table, seed: number, groups: readonly string[] = textsOf(table, "batch")): Split {
  return groupedSplit(textsOf(table, "phase"), groups, seededRandom(seed).fork("split by batch"));
}

export function phaseCodes(table: Table): Uint8Array {
  return Uint8Array.from(codesOf(table, "phase").codes);
}

export function labelsOf(labels: Uint8Array, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => labels[row]);
}

/** Rows of each class, by code. */
export function countsOf(labels: Uint8Array): number[] {
  return phaseNames.map((_, label) => labels.reduce((total, one) => total + Number(one === label), 0));
}

/** Share of each class, by code. */
export function sharesOf(labels: Uint8Array): Float64Array {
  const shares = new Float64Array(phaseNames.length);
  labels.forEach((label) => (shares[label] += 1 / labels.length));
  return shares;
}
