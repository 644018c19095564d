import { describe, expect, it } from "vitest";
import { categoryColumn } from "../../../src/core/Table.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { clopperPearson } from "../../../src/core/statistics/clopperPearson.js";
import { labelBalance } from "../../../src/monitoring/quality/labelBalance.js";

const counts = { CsPbBr3: 590, Cs4PbBr6: 334, CsPb2Br5: 71, "": 5 };
const column = categoryColumn(Object.entries(counts).flatMap(([name, rows]) => new Array<string>(rows).fill(name)));

describe("labelBalance", () => {
  it("takes smallest over largest class, with the least odds of all pairs, whose intervals hold together", () => {
    const { ratio, unlabelled } = labelBalance(column, { label: "phase" });
    expect(unlabelled).toBe(5);
    expect(ratio!.value).toBeCloseTo(71 / 590, 12);
    // Clopper-Pearson of 71 of 661 at 1 - 0.05/3, as odds: the other two pairs lie apart.
    const { low, high } = clopperPearson(71, 661, { level: 1 - 0.05 / 3 });
    expect(ratio!.interval.low).toBeCloseTo(low / (1 - low), 12);
    expect(ratio!.interval.high).toBeCloseTo(high / (1 - high), 12);
  });

  it("holds the ratio 1 of ten equal classes, which the interval of the chosen two held in 38 % of samples", () => {
    const random = seededRandom(5);
    const levels = Array.from({ length: 10 }, (_, k) => `class ${k}`);
    let held = 0;
    for (let sample = 0; sample < 300; sample++) {
      const codes = Uint8Array.from({ length: 200 }, () => Math.floor(random() * 10));
      held += Number(labelBalance({ codes, levels }, { label: "x" }).ratio!.interval.high === 1);
    }
    expect(held / 300).toBeGreaterThan(0.93);
  });

  it("has no ratio of a class to itself", () => {
    expect(labelBalance(categoryColumn(["a", "a", "a"]), { label: "x" }).ratio).toBeNull();
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
