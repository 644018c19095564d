import { describe, expect, it } from "vitest";
import { testRowsIn } from "../../../src/analyses/05-tuning/phaseTuning.js";

describe("testRowsIn", () => {
  const test = Uint32Array.of(7, 8, 9);

  it("finds a planted test row once, wherever and however often it was handed", () => {
    expect(testRowsIn(test, [Uint32Array.of(1, 8), Uint32Array.of(8, 2)])).toBe(1);
  });

  it("finds none where none was handed", () => {
    expect(testRowsIn(test, [Uint32Array.of(1, 2), Uint32Array.of(3)])).toBe(0);
  });
});
