import type { CanaryPlan } from "../../deployment/evaluateCanary.js";

/** How a new version is judged in notebook 08 and in rehearsals, fixed before the first request. */
export const rolloutPlan: CanaryPlan = {
  share: 0.2,
  alpha: 0.01,
  margin: 0.03,
  leastOutcomes: 2000,
  mostAwaited: 4000,
};
