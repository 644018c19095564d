import { describe, expect, it } from "vitest";
import { checkScores } from "../../../src/core/metrics/checkScores.js";

describe("checkScores", () => {
  it("names the row whose label is neither 0 nor 1 or whose score is not finite", () => {
    expect(() => checkScores([0, 1], [-3, 7], "f")).not.toThrow();
    expect(() => checkScores([0, 2], [0, 0], "f")).toThrow(
      "row 1 has 2; of several classes take one with oneAgainstRest",
    );
    expect(() => checkScores([0, 1], [0, NaN], "f")).toThrow("scores must be finite; row 1 has NaN");
    expect(() => checkScores([0, 1], [0], "f")).toThrow("got 1 for 2 labels");
  });
});
