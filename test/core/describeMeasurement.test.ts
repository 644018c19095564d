import { describe, expect, it } from "vitest";
import { describeMeasurement } from "../../src/core/describeMeasurement.js";
import { measurement, type Measurement } from "../../src/core/Evidence.js";

function described(known: Partial<Measurement> & Pick<Measurement, "value">): string {
  return describeMeasurement(measurement({ id: "a.b", meaning: "a number", unit: "1", ...known }));
}

const interval = (low: number, high: number): Measurement["interval"] => ({ low, high, level: 0.95, method: "Wilson" });

describe("describeMeasurement", () => {
  it("says UNKNOWN with the reason, whatever else is known", () => {
    expect(described({ value: null, reason: "nobody looked", unit: "rows", n: 5, interval: interval(0, 1) })).toBe(
      "UNKNOWN (nobody looked)",
    );
  });

  it("prints shares as percentages, interval included", () => {
    expect(described({ value: 14 / 87, unit: "share", interval: interval(0.0337, 0.3896), n: 87 })).toBe(
      "16.1 % [3.37 %, 39 %] (n = 87)",
    );
    expect(described({ value: 0, unit: "share", interval: interval(0, 0.00345), n: 866 })).toBe(
      "0 % [0 %, 0.345 %] (n = 866)",
    );
    // 100 * 0.07 is 7.000000000000001.
    expect(described({ value: 0.07, unit: "share" })).toBe("7 %");
  });

  it("prints differences of shares as percentage points, so that 4 points are not taken for 4 % of something", () => {
    expect(described({ value: 0.0437, unit: "share difference", interval: interval(0.0315, 0.0564), n: 12 })).toBe(
      "4.37 percentage points [3.15, 5.64] (n = 12)",
    );
  });

  it("says the level of an interval that is not one of 95 %", () => {
    const of = (level: number): string =>
      described({ value: 0.5, unit: "share", interval: { ...interval(0.4, 0.6)!, level }, n: 9 });
    expect(of(0.95)).toBe("50 % [40 %, 60 %] (n = 9)");
    expect(of(0.9)).toBe("50 % [40 %, 60 %; 90 % level] (n = 9)");
    expect(of(1 - 0.05 / 5)).toBe("50 % [40 %, 60 %; 99 % level] (n = 9)");
  });

  it("puts the unit behind the value, and none for pure numbers", () => {
    expect(described({ value: 12.345, unit: "nm", interval: interval(10, 14.999), n: 9 })).toBe(
      "12.3 nm [10, 15] (n = 9)",
    );
    expect(described({ value: 0.123456 })).toBe("0.123");
    expect(described({ value: -1.4713, unit: "", n: 6 })).toBe("-1.47 (n = 6)");
  });

  it("rounds to three digits and leaves whole numbers whole", () => {
    expect([1234.5, 98765, -0.000123456, 1e-7, 999.6].map((value) => described({ value }))).toEqual([
      "1,230",
      "98,765",
      "-0.000123",
      "1e-7",
      "1,000",
    ]);
    expect(described({ value: 0.859, unit: "share", interval: interval(0.852, 0.864), n: 79975 })).toBe(
      "85.9 % [85.2 %, 86.4 %] (n = 79,975)",
    );
  });

  it("does not tell a count its own n", () => {
    expect(described({ value: 312, unit: "rows", n: 312 })).toBe("312 rows");
    expect(described({ value: 3, unit: "laboratories", n: 312 })).toBe("3 laboratories (n = 312)");
  });
});
