import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { averaged } from "../../../src/problems/fewRows/averaged.js";
import type { Candidate } from "../../../src/problems/fewRows/Candidate.js";
import { ofLogarithm } from "../../../src/problems/fewRows/ofLogarithm.js";
import { constantNumber, ridge, type TargetRows } from "../../../src/problems/fewRows/targetCandidates.js";

const rows: TargetRows = {
  features: makeMatrix(["x"], Float32Array.of(0, 1, 2, 3)),
  places: Uint32Array.of(0, 1, 2, 3),
  target: Float64Array.of(1, 10, 100, 1000),
};
const told = async (candidate: Candidate<TargetRows>): Promise<number[]> => {
  const learned = JSON.parse(JSON.stringify(await candidate.fit(rows, seededRandom(1)))) as never;
  return Array.from(candidate.answerer(learned)(rows));
};
const off: Candidate<TargetRows> = {
  name: "off",
  fit: () => null,
  answerer:
    () =>
    ({ features }) =>
      Float64Array.from({ length: 2 * features.rows }, (_, i) => (i % 2 === 0 ? 4 : 3)),
};

describe("ofLogarithm", () => {
  it("learns ratios: the constant is the geometric mean, and how far off it may be is in its proportion", async () => {
    const [value, deviation] = await told(ofLogarithm(constantNumber));
    expect(value).toBeCloseTo(Math.sqrt(1000), 9);
    expect(deviation).toBeCloseTo(Math.sqrt(1000), 9);
  });

  it("refuses a quantity that is not above 0, by row", () => {
    const bad = { ...rows, target: Float64Array.of(1, 0, 2, 3) };
    expect(() => ofLogarithm(constantNumber).fit(bad, seededRandom(1))).toThrow(
      "ofLogarithm: targets must be above 0; row 1 has 0",
    );
  });
});

describe("averaged", () => {
  it("answers the mean of values and deviations, after JSON too", async () => {
    expect(await told(averaged("both", [constantNumber, off]))).toEqual(
      Array.from({ length: 4 }, () => [(277.75 + 4) / 2, 2]).flat(),
    );
    expect(await told(averaged("alone", [ridge("ridge", [0], 0.1)]))).toEqual(await told(ridge("ridge", [0], 0.1)));
  });

  it("counts each by its share, where shares are told", async () => {
    const told13 = await told(averaged("both", [constantNumber, off], [1, 3]));
    expect(told13.slice(0, 2)).toEqual([(277.75 + 3 * 4) / 4, (1 + 3 * 3) / 4]);
  });

  it("refuses none", () => {
    expect(() => averaged("none", [])).toThrow("averaged: at least one candidate is needed; got none");
  });
});
