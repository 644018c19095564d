import { phaseWords } from "../../chemistry/phases.js";
import { makeMatrix, type Matrix } from "../../core/Matrix.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import type { Split } from "../../core/Split.js";
import { categoryColumn, numbersOf, type Table, textsOf } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { type EncoderOptions, fitEncoder } from "../../features/fitEncoder.js";
import { hideValues } from "../../features/hideValues.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { hidingPlan } from "./hidingPlan.js";
import { phaseCodes, splitByBatch } from "./phaseTable.js";

/** Enough for nineteen training rows per parameter of the network. */
const experiments = 400_000;

/** Experiments, split by batches, encoded as training rows taught. */
export interface TrainingExperiments {
  readonly seed: number;
  readonly table: Table;
  readonly split: Split;
  /** Fitted on training rows with values hidden, so that it has a word for each that is missing. */
  readonly encoder: Encoder;
  /** All rows of the table, whole, in memory that threads share. */
  readonly features: Matrix;
  /** The same for models of whole recipes: fewer features, as none says that something is missing. */
  readonly whole: { readonly encoder: Encoder; readonly features: Matrix };
  /** The same rows as networks learn from them: half with values hidden, as open tables leave them out or at random. */
  readonly taught: Matrix;
  /** The recipes of `taught`. */
  readonly hidden: Table;
  readonly labels: Uint8Array;
}

/** The experiments that notebooks 04 and 06 train on. */
export async function trainingExperiments({
  seed,
  rows = experiments,
}: {
  readonly seed: number;
  readonly rows?: number;
}): Promise<TrainingExperiments> {
  const { table } = await generateExperiments({ rows, seed });
  const split = splitByBatch(table, seed);
  const hidden = hideValues(table, phaseRandom(seed, "hidden values"), await hidingPlan(), { whole: 0.5 });
  const { encoder, features: taught } = encoded(hidden, split.train, { missing: "median", unseen: "ignore" });
  const features = sharedMatrix(encode(encoder, table));
  const whole = encoded(table, split.train, { missing: "median", unseen: "ignore" });
  return { seed, table, split, encoder, features, whole, taught, hidden, labels: phaseCodes(table) };
}

/** An encoder fitted on training rows, and all rows through it. */
export function encoded(
  table: Table,
  train: Uint32Array,
  options: EncoderOptions = {},
): { readonly encoder: Encoder; readonly features: Matrix } {
  const encoder = fitEncoder(table, train, options);
  return { encoder, features: sharedMatrix(encode(encoder, table)) };
}

/** A copy in memory that threads share, so that training in them copies no rows. */
export function sharedMatrix({ names, values }: Matrix): Matrix {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return makeMatrix(names, copy);
}

/**
 * Rows of as many whole batches, in an order drawn once, as hold the number of
 * rows wanted: the next experiments a laboratory makes come in batches too.
 */
export function rowsOfBatches(table: Table, rows: Uint32Array, random: Random): (wanted: number) => Uint32Array {
  const { codes, levels } = categoryColumn(textsOf(table, "batch"));
  const members = levels.map((): number[] => []);
  for (const row of rows) members[codes[row]].push(row);
  const order = Array.from(
    shuffledRows(
      Uint32Array.from(members.keys()).filter((batch) => members[batch].length > 0),
      random,
    ),
  );
  return (wanted) => {
    const taken: number[] = [];
    for (const batch of order) {
      if (taken.length >= wanted) break;
      taken.push(...members[batch]);
    }
    if (taken.length < wanted)
      throw new RangeError(`rowsOfBatches: ${wanted} rows were asked for; the batches hold ${taken.length}`);
    return Uint32Array.from(taken).sort();
  };
}

export function phaseRandom(seed: number, name: string): Random {
  return seededRandom(seed).fork(`training, ${name}`);
}

/** Columns of the twin's own probabilities, in the order of phaseNames. */
export const probabilityColumns: readonly string[] = phaseWords.map((word) => `trueProbability${word}`);

/** What the twin knows of each row: the probability of each phase, row-major [rows, phases]. */
export function trueProbabilities(table: Table, rows: Uint32Array): Float64Array {
  const columns = probabilityColumns.map((name) => numbersOf(table, name));
  const probabilities = new Float64Array(rows.length * columns.length);
  rows.forEach((row, i) => {
    columns.forEach((column, k) => (probabilities[i * columns.length + k] = column[row]));
  });
  return probabilities;
}
