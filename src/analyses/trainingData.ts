import { availableParallelism } from "node:os";
import { phaseNames } from "../chemistry/phases.js";
import { canonicalJson } from "../core/canonicalJson.js";
import { InputError } from "../core/InputError.js";
import { makeMatrix, type Matrix } from "../core/Matrix.js";
import { type Random, seededRandom } from "../core/Random.js";
import { shuffledRows } from "../core/shuffledRows.js";
import type { Split } from "../core/Split.js";
import { categoryColumn, numbersOf, type Table, textsOf } from "../core/Table.js";
import type { Touch } from "../core/Touch.js";
import { encode } from "../features/encode.js";
import type { Encoder } from "../features/Encoder.js";
import { type EncoderOptions, fitEncoder } from "../features/fitEncoder.js";
import { generateExperiments } from "../generation/generateExperiments.js";
import { sha256 } from "../io/sha256.js";
import { recordTouch } from "../io/touchLedger.js";
import { defaultShares } from "../splitting/partShares.js";
import { splitManifest } from "../splitting/splitManifest.js";
import type { Network } from "../training/Network.js";
import type { TrainingJob } from "../training/trainMany.js";
import type { HiddenLayers, TrainingOptions } from "../training/TrainingOptions.js";
import { phaseCodes, splitByBatch } from "./balancingData.js";

/** What made the numbers, for the evidence. */
export const trainingEngine = "simd (WebAssembly) for the twin and for networks, typescript for baselines";
/** Enough for nineteen training rows per parameter of the network. */
const experiments = 400_000;

/** The network of all notebooks: 12,581 parameters on 28 features. */
export const phaseNetwork: HiddenLayers = { hidden: [96, 96] };
/** Chosen by hand on tune rows of another seed; notebook 05 is where search belongs. */
export const phaseTraining: TrainingOptions = { epochs: 15, batchSize: 256, learningRate: 4e-3, schedule: { name: "cosine" }, optimizer: { name: "adamW", weightDecay: 1e-3 } };

/** Of logistic regression as a baseline: from 24,000 rows its log loss is then within 0.0001 nats of that at convergence, some 400 steps. */
export const logisticIterations = 100;

/** Experiments, split by batches, encoded as training rows taught. */
export interface TrainingExperiments {
  readonly seed: number;
  readonly table: Table;
  readonly split: Split;
  readonly encoder: Encoder;
  /** All rows of the table, in memory that threads share. */
  readonly features: Matrix;
  readonly labels: Uint8Array;
}

/** The experiments that notebooks 04 and 06 train on. */
export async function trainingExperiments({ seed, rows = experiments }: { readonly seed: number; readonly rows?: number }): Promise<TrainingExperiments> {
  const { table } = await generateExperiments({ rows, seed });
  const split = splitByBatch(table, seed);
  const { encoder, features } = encoded(table, split.train);
  return { seed, table, split, encoder, features, labels: phaseCodes(table) };
}

/** An encoder fitted on training rows, and all rows through it. */
export function encoded(table: Table, train: Uint32Array, options: EncoderOptions = {}): { readonly encoder: Encoder; readonly features: Matrix } {
  const encoder = fitEncoder(table, train, options);
  return { encoder, features: sharedMatrix(encode(encoder, table)) };
}

/** A copy in memory that threads share, so that training in them copies no rows. */
export function sharedMatrix({ names, values }: Matrix): Matrix {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return makeMatrix(names, copy);
}

/** The phase network's training on the given rows; `tune` rows decide when to stop, without them all epochs are run. */
export function phaseJob({ features, labels }: Pick<TrainingExperiments, "features" | "labels">, rows: { readonly train: Uint32Array; readonly tune?: Uint32Array }, layers: HiddenLayers = phaseNetwork, options: TrainingOptions = phaseTraining): TrainingJob {
  return { data: { features, labels, classes: phaseNames, ...rows }, layers, options };
}

/** Rows of as many whole batches, in an order drawn once, as hold the number of rows wanted: the next experiments a laboratory makes come in batches too. */
export function rowsOfBatches(table: Table, rows: Uint32Array, random: Random): (wanted: number) => Uint32Array {
  const { codes, levels } = categoryColumn(textsOf(table, "batch"));
  const members = levels.map((): number[] => []);
  for (const row of rows) members[codes[row]].push(row);
  const order = Array.from(shuffledRows(Uint32Array.from(members.keys()).filter((batch) => members[batch].length > 0), random));
  return (wanted) => {
    const taken: number[] = [];
    for (const batch of order) {
      if (taken.length >= wanted) break;
      taken.push(...members[batch]);
    }
    if (taken.length < wanted) throw new RangeError(`rowsOfBatches: ${wanted} rows were asked for; the batches hold ${taken.length}`);
    return Uint32Array.from(taken).sort();
  };
}

/** SHA-256 of the manifest of the split: which rows are the locked test. */
export function splitSha256({ seed, table, split }: Pick<TrainingExperiments, "seed" | "table" | "split">): string {
  return sha256(canonicalJson(splitManifest(split, { kind: "grouped by batch", seed, shares: defaultShares, rows: table.numRows, hash: sha256, labels: textsOf(table, "phase"), rowIds: Array.from(numbersOf(table, "sourceRow")) })));
}

/** Notes that networks are about to be judged on the locked test; the same weights again are no new look. */
export function lookAtTest(data: Pick<TrainingExperiments, "seed" | "table" | "split">, line: string, networks: readonly Network[]): Promise<readonly Touch[]> {
  return recordTouch({ line, manifest: splitSha256(data), model: sha256(Buffer.concat(networks.map(({ weights }) => Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength)))) });
}

/** More threads than these gain nothing where a dozen networks train. */
const mostThreads = 8;

/**
 * Threads that train; results do not depend on it. TWIN_WORKERS overrides the number of cores, so that a proof can compare.
 *
 * @throws InputError if TWIN_WORKERS is no number of threads
 */
export function trainingThreads({ wanted = process.env.TWIN_WORKERS }: { readonly wanted?: string } = {}): number {
  if (wanted === undefined) return Math.min(availableParallelism(), mostThreads);
  if (!/^[1-9]$/.test(wanted) || Number(wanted) > mostThreads) throw new InputError({ where: "TWIN_WORKERS", must: `must be a whole number of threads from 1 to ${mostThreads}`, got: `"${wanted}"`, mend: "write for example 2, or leave it out" });
  return Number(wanted);
}

export function phaseRandom(seed: number, name: string): Random {
  return seededRandom(seed).fork(`training, ${name}`);
}

/** What the twin knows of each row: the probability of each phase, row-major [rows, phases]. */
export function trueProbabilities(table: Table, rows: Uint32Array): Float64Array {
  const columns = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "Coexistence", "Nothing"].map((name) => numbersOf(table, `trueProbability${name}`));
  const probabilities = new Float64Array(rows.length * columns.length);
  rows.forEach((row, i) => { columns.forEach((column, k) => (probabilities[i * columns.length + k] = column[row])); });
  return probabilities;
}
