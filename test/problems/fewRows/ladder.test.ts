import { describe, expect, it } from "vitest";
import { ladder } from "../../../src/problems/fewRows/ladder.js";
import { pairedGain } from "../../../src/problems/fewRows/pairedGain.js";

describe("pairedGain", () => {
  it("has the standard error of a mean where each row stands for itself", () => {
    const { gain, standardError } = pairedGain([3, 1, 2, 2], [1, 1, 1, 1], [0, 1, 2, 3]);
    expect(gain).toBe(1);
    // Differences 2, 0, 1, 1: variance 2/3, over 4 rows.
    expect(standardError).toBeCloseTo(Math.sqrt(2 / 3 / 4), 12);
  });

  it("counts a batch as one witness", () => {
    const rows = pairedGain([1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 1, 2, 3, 4, 5]);
    const batches = pairedGain([1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1]);
    expect(batches.gain).toBe(rows.gain);
    expect(batches.standardError).toBeCloseTo(0.5, 12);
    expect(batches.standardError).toBeGreaterThan(2 * rows.standardError);
  });

  it("knows no error from one batch alone", () => {
    expect(pairedGain([1, 2], [0, 1], [0, 0]).standardError).toBe(Infinity);
  });
});

describe("the ladder of rivals", () => {
  const codes = Array.from({ length: 8 }, (_, row) => row);
  const constant = (loss: number): Float64Array => new Float64Array(8).fill(loss);

  it("keeps the one that stands where a rival is as good", () => {
    const { kept, steps } = ladder(
      new Map([
        ["constant", constant(1)],
        ["twin", constant(1)],
      ]),
      "twin",
      codes,
    );
    expect(kept).toBe("twin");
    expect(steps).toEqual([{ rival: "constant", against: "twin", gain: 0, lowerBound: 0, replaces: false }]);
  });

  it("lets a rival in that is better by more than a standard error, and the next must beat that one", () => {
    const losses = new Map([
      ["constant", constant(2)],
      ["twin", constant(1)],
      ["forest", constant(0.5)],
      ["network", constant(0.6)],
    ]);
    const { kept, steps } = ladder(losses, "twin", codes);
    expect(kept).toBe("forest");
    expect(steps.map(({ against }) => against)).toEqual(["twin", "twin", "forest"]);
  });

  it("keeps out a rival whose gain hangs on one row", () => {
    const lucky = constant(1);
    lucky[0] = -7;
    expect(
      ladder(
        new Map([
          ["twin", constant(1)],
          ["lucky", lucky],
        ]),
        "twin",
        codes,
      ).kept,
    ).toBe("twin");
  });

  it("lets nobody in where all rows come from one batch", () => {
    const losses = new Map([
      ["twin", constant(1)],
      ["better", constant(0)],
    ]);
    expect(ladder(losses, "twin", new Uint32Array(8)).kept).toBe("twin");
  });
});
