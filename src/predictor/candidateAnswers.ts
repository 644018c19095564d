import { calibrate } from "../calibration/calibrate.js";
import { selectMatrixRows } from "../core/Matrix.js";
import { encode } from "../features/encode.js";
import { domainAnswers } from "./domainLimits.js";
import type { CandidateAnswers } from "./explainPhase.js";
import type { LoadedPhaseModel } from "./phaseModelOf.js";

/**
 * A model's answers to recipes that nobody wrote down, for explainPhase: in the twin's terms, unchecked, without sets.
 *
 * @param missing  columns that none of the candidates tells
 */
export function candidateAnswers(
  { encoder, limits: { calibrator, domain }, answer, without }: LoadedPhaseModel,
  missing: readonly string[] = [],
): CandidateAnswers {
  return (candidates) => {
    const features = encode({ ...encoder, unseen: "ignore" }, candidates);
    const { probabilities } = answer(features, candidates);
    return {
      probabilities: calibrator === null ? probabilities : calibrate(calibrator, probabilities),
      inside: (places) => {
        const { outside } = domainAnswers(domain, without(missing), selectMatrixRows(features, places));
        return Uint8Array.from(places, (_, i) => Number(!outside.has(i)));
      },
    };
  };
}
