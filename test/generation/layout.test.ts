import { describe, expect, it } from "vitest";
import {
  CalendarField,
  calendarFields,
  chunkRows,
  CodeSlot,
  codeSlots,
  DesignAxis,
  designAxes,
  NumberSlot,
  numberSlots,
  operatorsPerLab,
} from "../../src/generation/layout.js";

/** Members of an enum of numbers. */
function members(of: Readonly<Record<string, string | number>>): number[] {
  return Object.values(of).filter((value) => typeof value === "number");
}

describe("layout", () => {
  it("counts its slots, axes and fields without gaps", () => {
    expect(members(NumberSlot)).toEqual(Array.from({ length: numberSlots }, (_, i) => i));
    expect(members(CodeSlot)).toEqual(Array.from({ length: codeSlots }, (_, i) => i));
    expect(members(DesignAxis)).toEqual(Array.from({ length: designAxes }, (_, i) => i));
  });

  it("has room in a day's cache line for the thresholds of all operators", () => {
    expect(members(CalendarField)).toEqual(Array.from({ length: CalendarField.threshold + 1 }, (_, i) => i));
    expect(CalendarField.threshold + operatorsPerLab).toBeLessThanOrEqual(calendarFields);
    expect(4 * calendarFields).toBe(64);
  });

  it("keeps the three weight fractions and the five probabilities side by side, as loops over them need", () => {
    expect(
      [NumberSlot.trueWeightFractionCs4PbBr6, NumberSlot.trueWeightFractionCsPb2Br5].map(
        (slot) => slot - NumberSlot.trueWeightFractionCsPbBr3,
      ),
    ).toEqual([1, 2]);
    expect(
      [
        NumberSlot.trueProbabilityCs4PbBr6,
        NumberSlot.trueProbabilityCsPb2Br5,
        NumberSlot.trueProbabilityCoexistence,
        NumberSlot.trueProbabilityNothing,
      ].map((slot) => slot - NumberSlot.trueProbabilityCsPbBr3),
    ).toEqual([1, 2, 3, 4]);
  });

  it("makes chunks of whole SIMD vectors", () => {
    expect(chunkRows % 4).toBe(0);
  });
});
