import { calibrate } from "../calibration/calibrate.js";
import { encode } from "../features/encode.js";
import type { OutputEngine } from "../training/networkOutputs.js";
import { predictProbabilities } from "../training/predictProbabilities.js";
import { domainAnswers } from "./domainLimits.js";
import type { CandidateAnswers } from "./explainPhase.js";
import type { LoadedPhaseModel } from "./phaseModelOf.js";

/**
 * A model's answers to recipes that nobody wrote down, for explainPhase: unchecked, and without sets.
 *
 * @param engine  what computes (default float64, the same on every machine)
 */
export function candidateAnswers(
  { members, encoder, limits: { calibrator, domain } }: LoadedPhaseModel,
  engine?: OutputEngine,
): CandidateAnswers {
  return (candidates) => {
    const features = encode(encoder, candidates);
    const all = members.map((member) => predictProbabilities(member, features, engine));
    const mean = all[0].map((_, at) => all.reduce((total, one) => total + one[at], 0) / all.length);
    return {
      probabilities: calibrator === null ? mean : calibrate(calibrator, mean),
      inside: Uint8Array.from(domainAnswers(domain, features), ({ outside }) => Number(outside.length === 0)),
    };
  };
}
