import { expect, it } from "vitest";
import { logitOfMean } from "../../../src/core/statistics/logitOfMean.js";
import { averageOver, sigmoid } from "../../support/averageOver.js";

it("logitOfMean keeps the share over batches to 1e-10, up to a spread of 1", () => {
  for (const spread of [0, 0.1, 0.2, 0.5, 1])
    for (const share of [0.001, 0.14, 0.19, 0.5, 0.8])
      expect(Math.abs(averageOver((u) => sigmoid(logitOfMean(share, spread) + u), spread) - share)).toBeLessThan(1e-10);
});
