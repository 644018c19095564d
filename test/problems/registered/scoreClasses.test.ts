import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { scoreClasses } from "../../../src/problems/registered/scoreClasses.js";

const classes = ["a", "b"];
const random = seededRandom(1);

describe("scoreClasses", () => {
  const rows = {
    classes,
    truth: [0, 0, 1, null],
    probabilities: Float64Array.of(0.8, 0.2, 0.6, 0.4, 0.5, 0.5, 0.9, 0.1),
    sets: [[0], [0, 1], [], [0]],
    groups: ["p", "p", "q", "r"],
  };

  it("counts a class that is none of its own as missed, and leaves it out of the loss", () => {
    const score = scoreClasses(rows, random, { unit: "paper" });
    expect(score).toMatchObject({
      rows: 4,
      counts: { a: 2, b: 1, "none of these": 1 },
      accuracy: { value: 0.5, interval: { method: expect.stringContaining("paper") as string } },
      coverage: { value: 0.5 },
      meanSetSize: 1,
      emptySets: 1,
    });
    expect(score.logLoss.value).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6) + Math.log(0.5)) / 3, 12);
    expect(score.overconfidence.value).toBeCloseTo((0.8 + 0.6 + 0.5 + 0.9) / 4 - 0.5, 12);
  });

  it("sets the constant answer beside it, which knows the outcomes of all other groups", () => {
    const { constant, gain, logLoss } = scoreClasses(rows, random, { unit: "paper" });
    // Paper p sees one b, and q two a, with one of each added.
    const loss = -(2 * Math.log(1 / 3) + Math.log(1 / 4)) / 3;
    expect(constant).toEqual({ accuracy: 0, logLoss: expect.closeTo(loss, 12) as number });
    expect(gain.value).toBeCloseTo(loss - logLoss.value!, 12);
  });

  it("has values without intervals where all rows are of one group, and says why", () => {
    const one = scoreClasses({ ...rows, groups: ["p", "p", "p", "p"] }, random, { unit: "plate" });
    expect(one.accuracy).toMatchObject({
      value: 0.5,
      interval: null,
      reason: expect.stringContaining("at least 2 groups") as string,
    });
  });
});
