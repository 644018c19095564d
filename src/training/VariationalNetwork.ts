import type { Matrix } from "../core/Matrix.js";
import type { Random } from "../core/random/Random.js";
import type { Architecture, Network } from "./Network.js";
import { predictProbabilities } from "./predictProbabilities.js";
import { standardNormals } from "./standardNormals.js";
import type { TrainingEngine } from "./engines/TrainingEngine.js";

/** Networks in the layout of one, each weight an independent normal number: plain data. */
export interface VariationalNetwork extends Architecture {
  /** Of each weight and bias, in the layout of Network.weights. */
  readonly means: Float32Array;
  /** Standard deviations. */
  readonly deviations: Float32Array;
}

/** One network drawn from a variational one. */
export function drawNetwork({ means, deviations, ...architecture }: VariationalNetwork, random: Random): Network {
  const noise = standardNormals(means.length, random);
  return { ...architecture, weights: means.map((mean, i) => mean + deviations[i] * noise[i]) };
}

/**
 * Probabilities by several networks drawn from a variational one, row-major [samples, rows, classes]. Their mean is
 * the prediction, their spread what the data leave open. Network s comes from the fork of `random` with its number,
 * the same for all rows.
 *
 * @throws as predictProbabilities; RangeError if samples is no whole number from 1
 */
export function sampleProbabilities(
  network: VariationalNetwork,
  features: Matrix,
  random: Random,
  { samples = 32, engine }: { readonly samples?: number; readonly engine?: TrainingEngine } = {},
): Float64Array {
  if (!(Number.isInteger(samples) && samples >= 1))
    throw new RangeError(`sampleProbabilities: samples must be a whole number from 1; got ${samples}`);
  const each = features.rows * network.classes.length;
  const probabilities = new Float64Array(samples * each);
  for (let sample = 0; sample < samples; sample++)
    probabilities.set(predictProbabilities(drawNetwork(network, random.fork(sample)), features, engine), sample * each);
  return probabilities;
}
