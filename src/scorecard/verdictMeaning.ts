import type { Verdict } from "./Scorecard.js";

/** Each verdict in words: what decides it, and what a user may do. */
export const verdictMeaning: Readonly<Record<Verdict, string>> = {
  NOT_READY: "Not ready: a hard gate fails. Rely on no prediction until it is mended.",
  NOT_SHOWN:
    "Not shown to be ready: evidence for a hard gate is missing. " +
    "Take predictions as suggestions for experiments, and confirm each in the lab.",
  RESEARCH:
    "For research only: no hard gate is closed, and the score is below 60. " +
    "Take predictions as suggestions for experiments, and confirm each in the lab.",
  SHADOW:
    "May run in the shadow of an expert: the score is below 75 or a soft gate is closed. " +
    "Compare predictions with what the expert does, and act on none.",
  CANARY:
    "May act on a small share of cases: the score is below 85 or a category is below 7 of 10. " +
    "Watch those cases, and be ready to go back.",
  PRODUCTION:
    "Ready for production: every gate is open, the score is at least 85 and every category at least 7 of 10. " +
    "Keep the monitors running.",
};
