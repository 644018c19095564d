import { describe, expect, it } from "vitest";
import { eventsOf } from "../../../src/core/metrics/Bins.js";
import { equalWidthBins } from "../../../src/core/metrics/equalWidthBins.js";

describe("equalWidthBins", () => {
  it("closes bins above, takes 0 into the first, and counts rows as often as they come", () => {
    const counts = Uint32Array.of(1, 2, 0, 1, 1);
    const made = equalWidthBins(Float64Array.of(0, 0.25, 0.26, 0.75, 1), counts, 4);
    expect(Array.from(made.rows)).toEqual([3, 0, 1, 1]);
    expect(Array.from(made.probabilities)).toEqual([0.5, 0, 0.75, 1]);
    expect(Array.from(eventsOf(made, counts, Uint8Array.of(0, 1, 1, 1, 0)))).toEqual([2, 0, 1, 0]);
  });
});
