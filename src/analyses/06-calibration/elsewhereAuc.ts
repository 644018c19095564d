import { type Estimate, knownEstimate } from "../../core/statistics/Estimate.js";
import { batchCodes } from "../../problems/phase/batchSums.js";
import { phaseRandom } from "../../problems/phase/phaseExperiments.js";
import { outOfDomainAuc } from "../../uncertainty/domain/outOfDomainAuc.js";
import type { UncertainModels } from "./uncertainModels.js";

/**
 * Chance that a recipe from elsewhere looks stranger than one of the test rows where all methods are compared, with its
 * 95 % interval by batch; recipes from elsewhere are of no batch. One sign has one stream, so it has one interval
 * wherever it is asked for.
 *
 * @param sign     its name: the stream of its draws
 * @param inside   strangeness of those test rows
 * @param outside  strangeness of the recipes from elsewhere
 */
export function elsewhereAuc(
  { data: { seed, table }, someTestRows }: Pick<UncertainModels, "data" | "someTestRows">,
  sign: string,
  inside: ArrayLike<number>,
  outside: ArrayLike<number>,
): Estimate {
  const groups = [
    ...batchCodes(table, someTestRows).names,
    ...Array.from({ length: outside.length }, (_, i) => `elsewhere ${i}`),
  ];
  const area = outOfDomainAuc(inside, outside, phaseRandom(seed, "elsewhere").fork(sign), {
    groups,
    unit: "batch",
    draws: 500,
  });
  return knownEstimate(area, `elsewhereAuc: ${sign}`);
}
