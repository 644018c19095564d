import type { Random } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { batchDifference, batchSums, meanLoss, overall } from "./batchSums.js";
import { type JudgedByPaper, judgeByPaper } from "./judgeByPaper.js";

/** The network and the simulator on published recipes, with intervals over papers. */
export interface OpinionsByPaper {
  readonly network: JudgedByPaper;
  readonly simulator: JudgedByPaper;
  /** What the simulator gains on the network: accuracy more, log loss less. Above 0 the simulator is better. */
  readonly gain: { readonly accuracy: Estimate; readonly logLoss: Estimate };
  /** Whose log loss is lower by an interval without 0; null: so many papers do not say. */
  readonly better: "network" | "simulator" | null;
}

/**
 * Which of the two opinions on a recipe is the better one, decided by paper on published recipes: that of the network,
 * or that of the simulator it learned from, averaged over laboratories and days.
 *
 * @param answers  probabilities of the same recipes, row-major [recipes, phases] each
 * @param on       phase codes, and the DOI of each recipe; leave papers that are held out to the end out before
 * @throws RangeError if there are fewer than two papers
 */
export function opinionsByPaper(
  answers: Readonly<Record<"network" | "simulator", Float64Array>>,
  on: { readonly labels: ArrayLike<number>; readonly papers: readonly string[] },
  random: Random,
): OpinionsByPaper {
  const { codes, groups: batches } = groupCodes(on.papers);
  const [network, simulator] = [answers.network, answers.simulator].map((one) =>
    batchSums(on.labels, one, { codes, batches }),
  );
  const unit = { unit: "paper" };
  const logLoss = batchDifference(network, simulator, meanLoss, random.fork("log loss gain"), unit);
  const { low, high } = logLoss.interval;
  return {
    network: judgeByPaper(answers.network, on, random.fork("network")),
    simulator: judgeByPaper(answers.simulator, on, random.fork("simulator")),
    gain: {
      accuracy: batchDifference(simulator, network, overall, random.fork("accuracy gain"), unit),
      logLoss,
    },
    better: low > 0 ? "simulator" : high < 0 ? "network" : null,
  };
}
