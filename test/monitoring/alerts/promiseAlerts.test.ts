import { describe, expect, it } from "vitest";
import { promiseAlerts } from "../../../src/monitoring/alerts/promiseAlerts.js";
import { coveragePromise, type GroupTally } from "../../../src/monitoring/streams/coveragePromise.js";

describe("promiseAlerts", () => {
  const promised = { promise: "the interval of the peak holds it", level: 0.9 };
  const stateOf = (misses: number): ReturnType<typeof coveragePromise> =>
    coveragePromise([Array.from({ length: 20 }, (_, i): GroupTally => [1, Number(i < misses)])], {
      level: 0.9,
      alpha: 0.05,
    });

  it("raise one that stops for each promise that is broken, with the numbers that its runbook names", () => {
    const alerts = promiseAlerts([{ ...promised, ...stateOf(12) }], { register: "plates" });
    expect(alerts).toMatchObject([
      {
        id: "promise-broken",
        severity: "stop",
        key: "plates: the interval of the peak holds it",
        numbers: { level: 0.9, rows: 20, misses: 12, threshold: 20 },
      },
    ]);
    expect(alerts[0].text).toMatch(/was promised of 90 %, and holds of 40 % of 20 rows \(evidence .*, limit 20\)/);
  });

  it("raise none of a promise that holds, or of which nothing can be said", () => {
    expect(promiseAlerts([{ ...promised, ...stateOf(1) }], { register: "plates" })).toEqual([]);
  });
});
