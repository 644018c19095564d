import { makeMatrix, type Matrix, selectMatrixColumns } from "../../core/Matrix.js";
import type { Network } from "../../training/Network.js";
import { predictTargets } from "../../training/predictTargets.js";
import { trainRegressor } from "../../training/trainRegressor.js";
import type { NetworkOptions } from "../../training/trainClassifier.js";
import type { Answerer, Candidate } from "./Candidate.js";
import { standardisedColumns, type TargetRows, withDeviations } from "./targetCandidates.js";

/** Networks of a standardised quantity on standardised features. */
interface QuantityNetworks {
  readonly networks: readonly Network[];
  readonly means: readonly number[];
  readonly scales: readonly number[];
  readonly mean: number;
  readonly scale: number;
}

/** How many networks are averaged, and what each looks like. */
export interface NetworkNumberOptions extends Omit<NetworkOptions, "weights" | "train" | "tune"> {
  /** At least 1 (default 4). */
  readonly members?: number;
}

/** Steps that a small network is trained for, whatever the number of rows. */
const steps = 400;

/**
 * The mean of a few small networks of a quantity on some columns, as sure of each row: 16 hidden units and 400 steps
 * with decaying weights unless options say otherwise.
 */
export function networkNumber(
  name: string,
  columns: readonly number[],
  { members = 4, batchSize = 16, ...options }: NetworkNumberOptions = {},
): Candidate<TargetRows> {
  return {
    name,
    fit: async ({ features, target }, random): Promise<QuantityNetworks> => {
      const { standardised, means, scales } = standardisedColumns(features, columns);
      const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
      const scale = Math.sqrt(target.reduce((sum, value) => sum + (value - mean) ** 2, 0) / target.length) || 1;
      const own = target.map((value) => (value - mean) / scale);
      const networks: Network[] = [];
      for (let member = 0; member < members; member++) {
        const { network } = await trainRegressor(standardised, own, ["target"], random.fork(member), {
          ...smallNetwork(features.rows, batchSize),
          ...options,
        });
        networks.push(network);
      }
      return { networks, means, scales, mean, scale };
    },
    answerer:
      ({ networks, means, scales, mean, scale }: QuantityNetworks): Answerer<TargetRows> =>
      ({ features }) => {
        const own = scaledColumns(features, columns, { means, scales });
        const told = networks.map((network) => predictTargets(network, own));
        return withDeviations(
          Array.from(
            { length: own.rows },
            (_, row) => mean + (scale * told.reduce((sum, one) => sum + one[row], 0)) / networks.length,
          ),
          null,
        );
      },
  };
}

/** How a small network is trained on so many rows. */
export function smallNetwork(rows: number, batchSize: number): NetworkOptions {
  return {
    hidden: [16],
    batchSize,
    epochs: Math.max(4, Math.round((steps * batchSize) / rows)),
    learningRate: 5e-3,
    schedule: { name: "cosine" },
    optimizer: { name: "adamW", weightDecay: 0.1 },
  };
}

/** Some columns of rows, standardised as those were that a model learned from. */
export function scaledColumns(
  features: Matrix,
  columns: readonly number[],
  { means, scales }: { readonly means: readonly number[]; readonly scales: readonly number[] },
): Matrix {
  const { names, values } = selectMatrixColumns(features, columns);
  return makeMatrix(
    names,
    values.map((value, i) => (value - means[i % columns.length]) / scales[i % columns.length]),
  );
}
