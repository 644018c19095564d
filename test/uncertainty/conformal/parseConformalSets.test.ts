import { describe, expect, it } from "vitest";
import { fitConformalSets } from "../../../src/uncertainty/conformal/fitConformalSets.js";
import { parseConformalSets } from "../../../src/uncertainty/conformal/parseConformalSets.js";

const labels = Array.from({ length: 30 }, (_, row) => row % 2);
const probabilities = labels.flatMap((label, row) => (label === 0 ? [0.5 + row / 100, 0.5 - row / 100] : [0.4, 0.6]));

describe("parseConformalSets", () => {
  it.each([
    { alpha: 0.1 },
    { alpha: 0.01 },
    { alpha: 0.2, strata: "class" as const },
    { alpha: 0.2, strata: labels.map((label) => `lab ${label}`) },
    { alpha: 0.1, score: "aps" as const, groups: labels.map((_, row) => row % 12) },
  ])("gives back sets from their JSON: %j", (options) => {
    const fitted = fitConformalSets(probabilities, labels, options);
    expect(parseConformalSets(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
  });

  it.each([
    null,
    {},
    { ...fitConformalSets(probabilities, labels, { alpha: 0.1 }), thresholds: [] },
    { ...fitConformalSets(probabilities, labels, { alpha: 0.1 }), alpha: "0.1" },
  ])("refuses what is none, and names the place", (value) => {
    expect(() => parseConformalSets(value, "the model")).toThrow(
      /^the model: must be conformal sets as fitConformalSets returns them; got /,
    );
  });
});
