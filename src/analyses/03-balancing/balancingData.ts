import type { Matrix } from "../../core/Matrix.js";
import type { Split } from "../../core/Split.js";
import { rowsWhere, selectRows, type Table, textsOf } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { fitEncoder } from "../../features/fitEncoder.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { targetedExperiments } from "../../generation/targetedExperiments.js";
import { countsOf, labelsOf, phaseCodes, splitByBatch } from "../../problems/phase/phaseTable.js";

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
  return {
    table,
    split,
    encoder,
    labels: phaseCodes(table),
    train: encode(encoder, table, split.train),
    test: encode(encoder, table, split.test),
  };
}

/**
 * New experiments that can fill every class up to the commonest one of the training rows: by the same laboratories, of
 * another seed so that no recipe comes twice, and from batches that no other part of the split holds.
 */
export async function targetedFor({ table, split, labels }: BalancingData, seed: number): Promise<Table> {
  const counts = countsOf(labelsOf(labels, split.train));
  const batches = textsOf(table, "batch");
  const held = new Set(
    [split.tune, split.calibrate, split.test].flatMap((rows) => Array.from(rows, (row) => batches[row])),
  );
  // Two fifths of the batches are held by other parts; the rest must suffice.
  const fresh = await targetedExperiments({ seed: seed + 1, labsSeed: seed, perClass: 2 * Math.max(...counts) });
  const own = textsOf(fresh, "batch");
  return selectRows(
    fresh,
    rowsWhere(fresh, (row) => !held.has(own[row])),
  );
}
