import { describe, expect, it } from "vitest";
import { categoryColumn } from "../../../src/core/Table.js";
import { labelBalance } from "../../../src/monitoring/quality/labelBalance.js";

const counts = { CsPbBr3: 590, Cs4PbBr6: 334, CsPb2Br5: 71, "": 5 };
const column = categoryColumn(Object.entries(counts).flatMap(([name, rows]) => new Array<string>(rows).fill(name)));

describe("labelBalance", () => {
  it("takes smallest over largest class, with the interval of the odds between the two", () => {
    const { ratio, unlabelled } = labelBalance(column, { label: "phase" });
    expect(unlabelled).toBe(5);
    expect(ratio!.value).toBeCloseTo(71 / 590, 12);
    // Wilson interval of 71 of 661, as odds.
    expect(ratio!.interval.low).toBeCloseTo(0.0941, 3);
    expect(ratio!.interval.high).toBeCloseTo(0.1538, 3);
  });

  it("asks for 60 rows of a class in a test of a fifth, for which a recall of 0.85 is known within 0.10", () => {
    const { classes } = labelBalance(column, { label: "phase" });
    expect(classes.map(({ name, testRows, enough }) => [name, testRows, enough])).toEqual([
      ["CsPbBr3", 118, true],
      ["Cs4PbBr6", 66, true],
      ["CsPb2Br5", 14, false],
    ]);
    const [sixty] = labelBalance(categoryColumn(new Array<string>(300).fill("a")), { label: "x" }).classes;
    expect(sixty).toMatchObject({ testRows: 60, enough: true });
    expect(sixty.recallHalfWidth).toBeLessThanOrEqual(0.1);
    expect(classes[2].recallHalfWidth).toBeGreaterThan(0.1);
  });

  it("counts a class that should be there and is not: ratio 0, no interval of its recall", () => {
    const { classes, ratio } = labelBalance(column, { label: "phase", levels: ["CsPbBr3", "coexistence"] });
    expect(classes.map(({ name }) => name)).toEqual(["CsPbBr3", "coexistence", "Cs4PbBr6", "CsPb2Br5"]);
    expect(classes[1]).toEqual({ name: "coexistence", rows: 0, testRows: 0, recallHalfWidth: null, enough: false });
    expect(ratio).toMatchObject({ value: 0, interval: { low: 0 } });
  });

  it("has no ratio where nothing is labelled", () => {
    expect(labelBalance(categoryColumn(["", ""]), { label: "phase" })).toMatchObject({
      ratio: null,
      classes: [],
      unlabelled: 2,
    });
    expect(labelBalance(categoryColumn([], ["a"]), { label: "phase" }).ratio).toBeNull();
  });
});
