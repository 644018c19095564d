import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { riskCoverage } from "../../../src/uncertainty/selective/riskCoverage.js";
import { selectiveRisk } from "../../../src/uncertainty/selective/selectiveRisk.js";
import { topLabelErrors } from "../../../src/uncertainty/selective/topLabelErrors.js";
import { softmaxRows } from "../../support/goldenMetrics.js";

interface Golden {
  readonly cases: {
    readonly temperature: {
      readonly input: { readonly logits: readonly (readonly number[])[]; readonly y: readonly number[] };
    };
    readonly calibration_metrics: {
      readonly expected: {
        readonly raw: {
          readonly aurc_mean_of_selective_risks: number;
          readonly e_aurc: number;
          readonly risk_at_coverage: Readonly<Record<string, number>>;
        };
      };
      readonly tolerance: number;
    };
  };
}

const { temperature, calibration_metrics: golden } = (
  JSON.parse(readFileSync(new URL("../../golden/b_calibration_metrics.json", import.meta.url), "utf8")) as Golden
).cases;
const { errors, uncertainty } = topLabelErrors(temperature.input.y, softmaxRows(temperature.input.logits));

const someRows = fc.array(
  fc.record({ error: fc.integer({ min: 0, max: 1 }), uncertainty: fc.integer({ min: 0, max: 4 }) }),
  { minLength: 1, maxLength: 7 },
);

describe("riskCoverage", () => {
  it("agrees with the golden area and its excess over the best order", () => {
    const { area, excessArea } = riskCoverage(errors, uncertainty);
    expect(Math.abs(area - golden.expected.raw.aurc_mean_of_selective_risks)).toBeLessThan(golden.tolerance);
    expect(Math.abs(excessArea - golden.expected.raw.e_aurc)).toBeLessThan(golden.tolerance);
  });

  it("ends at full coverage with the share of errors, and answers more from point to point", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const {
          coverage,
          risk,
          uncertainty: points,
        } = riskCoverage(
          rows.map((row) => row.error),
          rows.map((row) => row.uncertainty),
        );
        expect(coverage.at(-1)).toBe(1);
        expect(risk.at(-1)).toBeCloseTo(rows.reduce((sum, { error }) => sum + error, 0) / rows.length, 12);
        for (let i = 1; i < points.length; i++) {
          expect(points[i]).toBeGreaterThan(points[i - 1]);
          expect(coverage[i]).toBeGreaterThan(coverage[i - 1]);
        }
      }),
    );
  });

  it("gives ties the mean over their orders: equal uncertainty has the area of no order, the share of errors", () => {
    expect(riskCoverage([1, 0, 0, 1, 0], [7, 7, 7, 7, 7]).area).toBeCloseTo(0.4, 12);
    // Both orders of the tied pair: (0 + 1/2 + 1/3) / 3 and (0 + 0 + 1/3) / 3.
    expect(riskCoverage([0, 1, 0], [1, 2, 2]).area).toBeCloseTo((0 + 1 / 4 + 1 / 3) / 3, 12);
  });

  it("has no excess where errors come last, and refuses no rows and labels for errors", () => {
    expect(riskCoverage([0, 0, 1], [1, 2, 3]).excessArea).toBe(0);
    expect(riskCoverage([0, 0, 1], [3, 2, 1]).excessArea).toBeGreaterThan(0.3);
    expect(() => riskCoverage([], [])).toThrow("at least one row");
    expect(() => riskCoverage([2], [1])).toThrow("row 0 has 2");
    expect(() => riskCoverage([1], [NaN])).toThrow("row 0 has NaN");
  });
});

describe("selectiveRisk", () => {
  it("agrees with the golden risks at coverages", () => {
    for (const [coverage, risk] of Object.entries(golden.expected.raw.risk_at_coverage)) {
      expect(Math.abs(selectiveRisk(errors, uncertainty, { coverage: Number(coverage) }).risk! - risk)).toBeLessThan(
        golden.tolerance,
      );
    }
  });

  it("counts answers up to a threshold, with the exact bound of their risk", () => {
    const { answered, wrong, risk, riskBound, coverage } = selectiveRisk([0, 0, 1, 0, 1], [0.1, 0.1, 0.2, 0.3, 0.9], {
      threshold: 0.3,
    });
    expect({ answered, wrong, risk, coverage }).toEqual({ answered: 4, wrong: 1, risk: 0.25, coverage: 0.8 });
    // With 1 of 4 wrong the bound p solves (1-p)^4 + 4 p (1-p)^3 = 0.05.
    const p = riskBound!.high;
    expect((1 - p) ** 4 + 4 * p * (1 - p) ** 3).toBeCloseTo(0.05, 9);
  });

  it("answers with all that tie, and has no risk where nothing is answered", () => {
    expect(selectiveRisk([0, 1, 0], [1, 1, 2], { coverage: 0.3 }).answered).toBe(2);
    expect(selectiveRisk([0, 1], [1, 1], { threshold: 0 })).toMatchObject({
      answered: 0,
      coverage: 0,
      risk: null,
      riskBound: null,
    });
    expect(() => selectiveRisk([0], [1], { coverage: 0 })).toThrow("(0, 1]; got 0");
    expect(() => selectiveRisk([0], [1], { threshold: NaN })).toThrow("got NaN");
  });
});
