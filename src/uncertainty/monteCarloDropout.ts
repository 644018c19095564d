import type { Predictor } from "../core/Predictor.js";
import type { Random } from "../core/random/Random.js";
import { deepEnsemble } from "./deepEnsemble.js";
import type { UncertainPredictor } from "./Predictive.js";

/**
 * Monte Carlo dropout: one network that was trained with dropout, asked again and again with other units dropped. Each
 * pass has fresh masks from a fork of its own, so that more passes add to the first and change none; within a pass all
 * rows meet the same thinned network, so that a row's answer does not depend on the rows beside it.
 *
 * @param thinned  the network under fresh masks, drawn from the stream that it is given; see training's thinnedNetwork
 * @param options.passes  at least 2 (default 50); the error of the mean falls with their root
 * @throws RangeError if passes is no whole number of at least 2; when it predicts, as predictiveEntropy
 * @see Gal and Ghahramani 2016, arXiv:1506.02142
 */
export function monteCarloDropout(
  thinned: (random: Random) => Predictor,
  random: Random,
  { passes = 50 }: { readonly passes?: number } = {},
): UncertainPredictor {
  if (!(Number.isInteger(passes) && passes >= 2))
    throw new RangeError(
      `monteCarloDropout: passes must be a whole number of at least 2; got ${passes}; one pass alone cannot disagree`,
    );
  return deepEnsemble(Array.from({ length: passes }, (_, pass) => thinned(random.fork(pass))));
}
