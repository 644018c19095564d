import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { intervalCoverage } from "../../../src/workspace/proofs/intervalCoverage.js";
import { intervalScenarios } from "../../../src/workspace/proofs/intervalScenarios.js";

const effort = { samples: 300, percentileSamples: 100, draws: 100 };
const named = (name: string) => intervalScenarios.find((one) => one.name === name)!;

describe("intervalScenarios", () => {
  it("has every statistic on 2 to 40 groups, equal and not, on our papers and laboratories", () => {
    expect(new Set(intervalScenarios.map(({ name }) => name)).size).toBe(intervalScenarios.length);
    const layouts = new Set(intervalScenarios.map(({ layout }) => layout));
    expect([...layouts]).toEqual(
      expect.arrayContaining(["2 equal", "40 equal", "3 uneven", "40 uneven", "21 papers", "13 papers"]),
    );
    for (const layout of layouts)
      expect(new Set(intervalScenarios.filter((one) => one.layout === layout).map((one) => one.statistic))).toEqual(
        new Set(["mean", "share", "r2"]),
      );
  });

  it("draws samples whose mean, share and R² are the population's", () => {
    for (const name of [
      "mean, correlation 0.5, 40 equal",
      "share, logit 1.5 ± 2, 40 equal",
      "r2, correlations 0.5 and 0.1, 40 equal",
    ]) {
      const { sample, truth, statistic } = named(name);
      const totals = { rows: 0, values: 0, squares: 0, errors: 0 };
      for (let i = 0; i < 200; i++) {
        const sums = sample(seededRandom(2).fork(i));
        for (const key of ["rows", "values", "squares", "errors"] as const)
          totals[key] += sums[key].reduce((a, b) => a + b, 0);
      }
      const { rows, values, squares, errors } = totals;
      const found = statistic === "r2" ? 1 - errors / (squares - values ** 2 / rows) : values / rows;
      // 8,000 groups: a standard error of at most 0.01.
      expect(Math.abs(found - truth), name).toBeLessThan(0.03);
    }
  });
});

describe("intervalCoverage", () => {
  it("counts that the rule holds where percentiles do not, equally for equal streams", () => {
    const scenario = named("mean, correlation 0.5, 3 equal");
    const once = intervalCoverage(scenario, seededRandom(3), effort);
    expect(intervalCoverage(scenario, seededRandom(3), effort)).toEqual(once);
    expect(once.rule!.held).toBeGreaterThan(0.9);
    expect(once.percentile.held).toBeLessThan(0.85);
    expect(once).toMatchObject({ effective: 3, reason: null, rule: { samples: 300 }, percentile: { samples: 100 } });
  });

  it("gives the reason where there is no interval", () => {
    const { rule, reason, method } = intervalCoverage(
      named("r2, correlations 0.1 and 0.1, 2 equal"),
      seededRandom(3),
      effort,
    );
    expect([rule, method]).toEqual([null, null]);
    expect(reason).toMatch(/needs more than 2 of each group/);
  });
});
