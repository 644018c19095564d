import { phaseNames } from "../chemistry/phases.js";
import type { Matrix } from "../core/Matrix.js";
import { seededRandom } from "../core/Random.js";
import type { Split } from "../core/Split.js";
import { codesOf, rowsWhere, selectRows, textsOf, type Table } from "../core/Table.js";
import { encode } from "../features/encode.js";
import type { Encoder } from "../features/Encoder.js";
import { fitEncoder } from "../features/fitEncoder.js";
import { generateExperiments } from "../generation/generateExperiments.js";
import { targetedExperiments } from "../generation/targetedExperiments.js";
import { groupedSplit } from "../splitting/groupedSplit.js";

/** What made the numbers, for the evidence. */
export const balancingEngine = "simd (WebAssembly) for the twin and for neighbours, typescript for logistic regression";
/** Twenty thousand experiments as laboratories run them: the rarest class then has more than a hundred test rows. */
const experiments = 20_000;

/** Experiments, split by batches, encoded as training rows taught. */
export interface BalancingData {
  readonly table: Table;
  readonly split: Split;
  readonly encoder: Encoder;
  readonly labels: Uint8Array;
  readonly train: Matrix;
  readonly test: Matrix;
}

/** The experiments of all that notebook 03 shows. */
export async function balancingData(seed: number): Promise<BalancingData> {
  const { table } = await generateExperiments({ rows: experiments, seed });
  const split = splitByBatch(table, seed);
  const encoder = fitEncoder(table, split.train);
  return { table, split, encoder, labels: phaseCodes(table), train: encode(encoder, table, split.train), test: encode(encoder, table, split.test) };
}

/** Batches share stocks and a day, so a batch is whole in one part. */
export function splitByBatch(table: Table, seed: number): Split {
  return groupedSplit(textsOf(table, "phase"), textsOf(table, "batch"), seededRandom(seed).fork("split by batch"));
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

/**
 * New experiments that can fill every class up to the commonest one of the training rows: by the same laboratories, of
 * another seed so that no recipe comes twice, and from batches that no other part of the split holds.
 */
export async function targetedFor({ table, split, labels }: BalancingData, seed: number): Promise<Table> {
  const counts = countsOf(labelsOf(labels, split.train));
  const batches = textsOf(table, "batch");
  const held = new Set([split.tune, split.calibrate, split.test].flatMap((rows) => Array.from(rows, (row) => batches[row])));
  // Two fifths of the batches are held by other parts; the rest must suffice.
  const fresh = await targetedExperiments({ seed: seed + 1, labsSeed: seed, perClass: 2 * Math.max(...counts) });
  const own = textsOf(fresh, "batch");
  return selectRows(fresh, rowsWhere(fresh, (row) => !held.has(own[row])));
}
