import type { Matrix } from "../core/Matrix.js";
import type { Network } from "../training/Network.js";
import { networkPredictor } from "../training/networkPredictor.js";

/**
 * Mean of the members' probabilities, row-major; of one member its own. In float64, by
 * the readable engine: the same on every machine.
 */
export function meanProbabilities(members: readonly Network[], features: Matrix): Float64Array {
  const all = members.map((member) => networkPredictor(member).predict(features));
  if (all.length === 1) return all[0];
  return all[0].map((_, at) => all.reduce((total, one) => total + one[at], 0) / all.length);
}
