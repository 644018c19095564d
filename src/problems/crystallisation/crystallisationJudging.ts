import type { Judging } from "../../io/predictions/predictionLedger.js";

/** How predictions of crystallisations will be judged, said before anybody knows the outcomes. */
export const crystallisationJudging: Judging = {
  sentence:
    "The set is right if it holds the score that a person gave the well (1 clear, 2 powder, 3 small crystals, " +
    "4 large crystals); the likeliest score is right if it was given; the probabilities are judged by the log loss " +
    "in nats of the score given. Shares and means are given for all wells, and apart for those inside and outside " +
    "of the training domain. Wells of one plate stand together: intervals are over plates. What is marked as known " +
    "when it was registered is not judged. No outcome may change what is registered.",
  rules: {
    score: { likeliest: "equal to the score given", set: "holds the score given", level: 0.9 },
    probabilities: "log loss in nats of the score given",
    notJudged: ["outcomes known when registered"],
    groups: ["all", "inside", "outside"],
    unit: "plate",
  },
};
