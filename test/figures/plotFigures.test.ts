import { describe, expect, it } from "vitest";
import { plotCategoryScores } from "../../src/figures/plotCategoryScores.js";
import { plotRatioHistogram } from "../../src/figures/plotRatioHistogram.js";
import { plotRuleAgainstConstant } from "../../src/figures/plotRuleAgainstConstant.js";
import { plotSizeSeries } from "../../src/figures/plotSizeSeries.js";

const rule = { ratios: [0.75, 2.5], predictions: ["CsPb2Br5", "CsPbBr3", "Cs4PbBr6"] };

describe("plotRatioHistogram", () => {
  it("draws each phase's counts unchanged over exactly its bins, in the order of the phases", () => {
    const { data, alt } = plotRatioHistogram({ id: "01-x", binEdges: [0.1, 1, 10], counts: { Cs4PbBr6: [0, 4], CsPbBr3: [7, 1] }, rulePhaseBoundaries: rule });
    expect(data).toMatchObject([
      { name: "CsPbBr<sub>3</sub>", y: [7, 1] },
      { name: "Cs<sub>4</sub>PbBr<sub>6</sub>", y: [0, 4] },
    ]);
    const { x, width } = data[0] as { x: number[]; width: number[] };
    expect(x.map((centre, i) => centre - width[i] / 2)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(1, 12)]);
    expect(x.map((centre, i) => centre + width[i] / 2)).toEqual([expect.closeTo(1, 12), expect.closeTo(10, 12)]);
    expect(alt).toContain("12 experiments");
    expect(alt).toContain("Cs4PbBr6 4 between 1 and 10 mol/mol");
  });

  it.each([
    ["edges that do not ascend", { binEdges: [1, 1, 2], counts: {} }, /ascend from above 0/],
    ["an edge at zero", { binEdges: [0, 1], counts: {} }, /ascend from above 0/],
    ["a count too few", { binEdges: [1, 2, 3], counts: { CsPbBr3: [1] } }, /needs 2 counts, one per bin; CsPbBr3 has 1/],
    ["an unknown phase", { binEdges: [1, 2], counts: { delta: [1] } }, /must be one of CsPbBr3/],
    ["a prediction too few", { binEdges: [1, 2], counts: { CsPbBr3: [1] }, rulePhaseBoundaries: { ratios: [1], predictions: ["CsPbBr3"] } }, /1 boundaries need 2 predictions; got 1/],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotRatioHistogram({ id: "01-x", rulePhaseBoundaries: rule, ...change })).toThrow(message);
  });
});

describe("plotRuleAgainstConstant", () => {
  it("draws each share with its own interval and its n, and says all of it in words", () => {
    const { data, alt } = plotRuleAgainstConstant({ id: "01-x", bars: [{ name: "rule", share: 0.5, low: 0.25, high: 0.625, n: 12 }], referenceShare: { share: 0.9, label: "always CsPbBr3" } });
    expect(data).toMatchObject([{ x: [0.5], y: ["rule<br>n = 12"], error_x: { arrayminus: [0.25], array: [0.125] } }]);
    expect(alt).toContain("rule 50.0 % (95 % interval 25.0 % to 62.5 %, n = 12)");
    expect(alt).toContain("always CsPbBr3, stands at 90.0 %");
  });

  it("refuses an interval that does not hold its share", () => {
    expect(() => plotRuleAgainstConstant({ id: "01-x", bars: [{ name: "rule", share: 0.5, low: 0.6, high: 0.7, n: 1 }], referenceShare: { share: 0, label: "" } })).toThrow(/rule must have 0 <= low <= share <= high <= 1; got 0.6, 0.5, 0.7/);
  });
});

describe("plotSizeSeries", () => {
  it("draws error bars only for series with a published deviation, and a line only where one was fitted", () => {
    const points = [{ x: 1, size: 5, sd: null }, { x: 2, size: 8, sd: null }];
    const { data } = plotSizeSeries({ id: "01-x", xTitle: "Br:Pb (mol/mol)", series: [{ name: "a", doi: "10.1/a", points }, { name: "b", doi: "10.1/b", points: points.map((point) => ({ ...point, sd: 1 })), fit: [{ x: 1, size: 4 }, { x: 2, size: 9 }] }] });
    expect(data).toMatchObject([{ mode: "markers", y: [5, 8] }, { mode: "lines", y: [4, 9] }, { mode: "markers", error_y: { array: [1, 1] } }]);
    expect(data[0]).not.toHaveProperty("error_y");
  });

  it("refuses a size of zero, and more series than can be told apart", () => {
    const series = (size: number, name = "a"): { name: string; doi: string; points: { x: number; size: number; sd: null }[] } => ({ name, doi: "10.1/a", points: [{ x: 1, size, sd: null }] });
    expect(() => plotSizeSeries({ id: "01-x", xTitle: "T (°C)", series: [series(0)] })).toThrow(/sizes of a must be above 0 nm; got 0 at 1/);
    expect(() => plotSizeSeries({ id: "01-x", xTitle: "T (°C)", series: Array.from({ length: 7 }, (_, i) => series(1, `s${i}`)) })).toThrow(/at most 6 series/);
  });
});

describe("plotCategoryScores", () => {
  it("begins the UNKNOWN band where the earned bar ends, and ends it at what is possible", () => {
    const { data, alt } = plotCategoryScores({ id: "99-x", categories: [{ name: "Data", weight: 0.25, low: 4, high: 9 }] });
    expect(data).toMatchObject([{ x: [4] }, { base: [4], x: [5] }]);
    expect(alt).toContain("Data 4.0 earned, up to 9.0 possible");
  });

  it("refuses points beyond ten, or possible below earned", () => {
    for (const [low, high] of [[5, 11], [5, 4], [-1, 4]]) expect(() => plotCategoryScores({ id: "99-x", categories: [{ name: "Data", weight: 1, low, high }] })).toThrow(/0 <= low <= high <= 10/);
  });
});
