import { InputError } from "../core/InputError.js";
import { philoxKey } from "../core/random/philoxKey.js";
import type { Random } from "../core/random/Random.js";
import { dropoutFactors } from "./dropoutFactors.js";
import { layersOf } from "./layersOf.js";
import type { Network } from "./Network.js";

/**
 * A network with fresh dropout masks drawn into its weights: what a dropped unit hands on is multiplied with 0, that of
 * the others with dropoutScale. So a stochastic pass is a plain prediction, by any engine, of one function for all
 * rows: a draw of the weights, as Monte Carlo dropout has it.
 *
 * @param rate  share of hidden units dropped, in (0, 0.99]: the one that the network was trained with
 * @throws InputError if the rate is outside; RangeError if the network has no hidden layer
 * @see Gal and Ghahramani 2016, arXiv:1506.02142, equation 1 of its appendix
 */
export function thinnedNetwork(network: Network, rate: number, random: Random): Network {
  if (!(rate > 0 && rate <= 0.99))
    throw new InputError({
      where: "thinnedNetwork, rate",
      must: "must be in (0, 0.99]",
      got: String(rate),
      mend: "give the dropout that the network was trained with; one trained without has no masks to draw",
    });
  if (network.hidden.length === 0)
    throw new RangeError("thinnedNetwork: the network must have a hidden layer; a linear model has no units to drop");
  const key = philoxKey(random);
  const weights = Float32Array.from(network.weights);
  layersOf(network)
    .slice(1)
    .forEach(({ inputs, outputs, weights: first }, layer) => {
      const factors = dropoutFactors(inputs, rate, key, { layer, row: 0, step: 1 });
      for (let i = 0; i < inputs; i++) for (let j = 0; j < outputs; j++) weights[first + i * outputs + j] *= factors[i];
    });
  return { ...network, weights };
}
