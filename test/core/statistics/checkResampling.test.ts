import { describe, expect, it } from "vitest";
import { confidenceGap } from "../../../src/calibration/confidenceGap.js";
import { fitSigmaScale } from "../../../src/calibration/fitSigmaScale.js";
import { reliabilityCurve } from "../../../src/calibration/reliabilityCurve.js";
import { InputError } from "../../../src/core/InputError.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { checkResampling, type ResamplingOptions } from "../../../src/core/statistics/checkResampling.js";
import { groupBootstrapInterval, groupCountsInterval } from "../../../src/core/statistics/groupBootstrapInterval.js";
import { groupedEstimate } from "../../../src/core/statistics/groupedEstimate.js";
import { meanWithInterval } from "../../../src/core/statistics/meanWithInterval.js";
import { pairedDifference } from "../../../src/core/statistics/pairedDifference.js";
import { outOfDomainAuc } from "../../../src/uncertainty/domain/outOfDomainAuc.js";
import { usefulness } from "../../../src/uncertainty/selective/usefulness.js";

const groups = [0, 0, 1, 1];
const size = (drawn: ArrayLike<number>): number => drawn.length;
const random = seededRandom(1);

/** Every function that resamples; a new one is added here. */
const resampling: Readonly<Record<string, (options: ResamplingOptions) => unknown>> = {
  confidenceGap: (options) => confidenceGap([0, 1, 0, 1], [1, 0, 0, 1, 1, 0, 0, 1], random, { ...options, groups }),
  fitSigmaScale: (options) => fitSigmaScale([1, 2, 3, 4], [1, 2, 4, 4], [1, 1, 1, 1], random, { ...options, groups }),
  groupBootstrapInterval: (options) => groupBootstrapInterval(groups, size, random, options),
  groupCountsInterval: (options) => groupCountsInterval(groups, size, random, options),
  groupedEstimate: (options) => groupedEstimate(4, size, random, options),
  meanWithInterval: (options) => meanWithInterval([1, 2, 3, 4], random, { ...options, groups }),
  outOfDomainAuc: (options) => outOfDomainAuc([1, 3, 2], [2, 5, 4], random, options),
  pairedDifference: (options) => pairedDifference(groups, size, size, random, options),
  reliabilityCurve: (options) => reliabilityCurve([0, 0.4, 0.6, 1], [0, 1, 0, 1], random, { ...options, groups }),
  usefulness: (options) => usefulness([0, 1, 0, 1], [0, 1, 2, 3], random, { ...options, groups }),
};

describe("checkResampling", () => {
  it.each(Object.entries(resampling))(
    "%s refuses levels and draws that gave NaN for an interval: 95, 0, NaN, no draws, half a draw",
    (_, call) => {
      for (const level of [95, 1, 0, -0.5, NaN])
        expect(() => call({ level }), `level ${level}`).toThrow(/level must lie in \(0, 1\); got/);
      for (const draws of [0, 1, 1.5, -2, NaN, Infinity])
        expect(() => call({ draws }), `draws ${draws}`).toThrow(/draws must be a whole number of at least 2; got/);
    },
  );

  it("says how per cent are written", () => {
    expect(() => checkResampling({ level: 95 }, "here")).toThrow(
      new InputError({
        where: "here",
        must: "the level must lie in (0, 1)",
        got: "95",
        mend: "give 95 % as 0.95",
      }),
    );
  });

  it("passes what is left out, and what fits", () => {
    expect(() => checkResampling({}, "here")).not.toThrow();
    expect(() => checkResampling({ draws: 2, level: 0.5 }, "here")).not.toThrow();
  });
});
