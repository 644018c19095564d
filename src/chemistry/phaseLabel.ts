import {
  caesiumRichConfusion,
  leastOnset,
  leastYield,
  lnCaesiumSpread,
  mostCaesium,
  mostWater,
  perovskiteConfusion,
  referenceThreshold,
  thresholdSpread,
  waterSpread,
  yieldSpread,
} from "./constants.js";
import { phaseCode } from "./phases.js";

/** What decides which class an X-ray operator writes down. */
export interface LabelEvidence {
  /** Weight fractions of CsPbBr3, Cs4PbBr6, CsPb2Br5. */
  readonly weightFractions: readonly [number, number, number];
  readonly leadYield: number;
  /** Chance that enough nuclei formed, 0 to 1. */
  readonly onsetProbability: number;
  readonly waterFraction: number;
  readonly caesiumLeadRatio: number;
}

const coexistence = phaseCode("coexistence");
const nothing = phaseCode("no target product");

/** The noise-free label 0..4: what a perfect operator writes, whose threshold is the reference. */
export function phaseLabel({
  weightFractions,
  leadYield,
  onsetProbability,
  waterFraction,
  caesiumLeadRatio,
}: LabelEvidence): number {
  if (
    onsetProbability < leastOnset ||
    leadYield < leastYield ||
    waterFraction > mostWater ||
    caesiumLeadRatio > mostCaesium
  )
    return nothing;
  const largest = Math.max(...weightFractions);
  return largest >= 1 - referenceThreshold ? weightFractions.indexOf(largest) : coexistence;
}

/**
 * Probabilities of the five labels, over operators' noise at fixed products: sum 1.
 *
 * P(product) = onset x logistic borders of yield, water and Cs:Pb; P(pure | product) is logistic in how far the
 * by-product stays below the operator's threshold; then labels are mixed up by habit.
 *
 * @param threshold  weight fraction at which this operator notices a by-product, 0.10 to 0.22
 */
export function labelProbabilities(
  { weightFractions, leadYield, onsetProbability, waterFraction, caesiumLeadRatio }: LabelEvidence,
  threshold: number,
): [number, number, number, number, number] {
  const product =
    onsetProbability *
    logistic((leadYield - leastYield) / yieldSpread) *
    logistic((mostWater - waterFraction) / waterSpread) *
    logistic((Math.log(mostCaesium) - Math.log(caesiumLeadRatio)) / lnCaesiumSpread);
  const largest = Math.max(...weightFractions);
  const pure = product * logistic((threshold - (1 - largest)) / thresholdSpread);
  const mixed = product - pure;
  const [first, second, third] = [0, 1, 2].map((k) => (weightFractions.indexOf(largest) === k ? pure : 0));
  return [
    first + perovskiteConfusion * (mixed - first),
    second + caesiumRichConfusion * (mixed - second),
    third,
    mixed + perovskiteConfusion * (first - mixed) + caesiumRichConfusion * (second - mixed),
    1 - product,
  ];
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
