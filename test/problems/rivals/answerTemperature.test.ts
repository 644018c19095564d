import { describe, expect, it } from "vitest";
import { fitTemperature } from "../../../src/calibration/fitTemperature.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { answerTemperature } from "../../../src/problems/rivals/answerTemperature.js";
import { sharpenedForecast } from "../../calibration/sharpenedForecast.js";

describe("answerTemperature", () => {
  it("is that of fitTemperature", () => {
    const { labels, probabilities } = sharpenedForecast(300, 0.6, seededRandom(1));
    expect(answerTemperature(Float64Array.from(labels), probabilities, 3)).toBe(
      fitTemperature(labels, probabilities).temperature,
    );
  });

  it("is none where fitTemperature would refuse: one class, or an answer that is wrong by nearly nothing", () => {
    expect(answerTemperature(Float64Array.of(1, 1), Float64Array.of(0.9, 0.1, 0.2, 0.8), 2)).toBeNull();
    expect(answerTemperature(new Float64Array(0), new Float64Array(0), 2)).toBeNull();
    const truth = Float64Array.of(0, 0, 0, 1);
    const hair = Float64Array.of(0.5025, 0.4975, 0.5025, 0.4975, 0.5025, 0.4975, 0.500001, 0.499999);
    expect(answerTemperature(truth, hair, 2)).toBeNull();
    expect(() => fitTemperature(truth, hair)).toThrow("some rows must be answered wrongly or in doubt");
  });
});
