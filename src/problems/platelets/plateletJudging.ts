import type { Judging } from "../../io/predictions/predictionLedger.js";

/** Note of a registered synthesis. */
export const repeatsTraining = "repeats a recipe of training";

/** How predictions of platelets will be judged, said before anybody knows the outcomes. */
export const plateletJudging: Judging = {
  sentence:
    "Where a perovskite formed and it was measured, the interval of the peak and that of the width (at half maximum, " +
    "nm) are right if low <= measured <= high, and the value is judged by its absolute error; of every synthesis the " +
    "set is right if it holds what happened (formed or failed), and the probability of formed is judged by its log " +
    "loss in nats. Means and shares are given for all syntheses, apart for those inside and outside of the training " +
    "domain, and apart for those that repeat a recipe of training, which stayed in training. Rows of one recipe " +
    "stand together: intervals are over recipes. Two models of the same syntheses are compared by the mean of their " +
    "differences in absolute error and in log loss, over recipes. An antisolvent that no training row had is " +
    "answered, and outside. What is marked as known when it was registered is not judged. No outcome may change what " +
    "is registered.",
  rules: {
    peak: { unit: "nm", interval: "low <= measured <= high", level: 0.9, value: "absolute error" },
    width: { unit: "nm", interval: "low <= measured <= high", level: 0.9, value: "absolute error" },
    formed: { set: "holds what happened", level: 0.9, probability: "log loss in nats" },
    notJudged: ["peak and width where nothing formed or none was measured", "outcomes known when registered"],
    groups: ["all", "inside", "outside", repeatsTraining, "new recipe"],
    unit: "recipe",
    comparison: "paired over recipes",
  },
};
