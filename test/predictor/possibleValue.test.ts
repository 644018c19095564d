import { describe, expect, it } from "vitest";
import { possibleValue } from "../../src/predictor/possibleValue.js";

describe("possibleValue", () => {
  it("lets no limit of a width or a size fall below 0 nm, as those of the network did, and leaves others alone", () => {
    expect(possibleValue("photoluminescenceWidthNanometre", -3.2)).toBe(0);
    expect(possibleValue("sizeNanometre", 140)).toBe(140);
  });

  it("keeps shares between 0 and 1", () => {
    expect([-0.1, 0.4, 1.2].map((share) => possibleValue("quantumYield", share))).toEqual([0, 0.4, 1]);
  });
});
