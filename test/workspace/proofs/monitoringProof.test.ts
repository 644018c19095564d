import { describe, expect, it, vi } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { monitoringMeasurements, monitoringResult } from "../../../src/workspace/proofs/monitoringProof.js";

describe("monitoringProof", () => {
  it("measures every monitor, with an interval and what was tried, and asks for the bars of the issue", async () => {
    vi.spyOn(console, "log").mockImplementation(() => undefined);
    const effort = { windows: 2, drills: 1, cleanTrials: 2, changedTrials: 1, streams: 2, variants: 5 };
    // Two streams cannot show one false alarm in 10,000 rows: the search says so.
    await expect(monitoringResult(effort, seededRandom(1))).rejects.toThrow("must keep 0.8 false alarms");
    const result = await monitoringResult({ ...effort, streams: 8 }, seededRandom(1));
    const measurements = monitoringMeasurements(result);
    expect(new Set(measurements.map(({ id }) => id)).size).toBe(measurements.length);
    expect(measurements.every(({ n, value }) => n !== null && value !== null)).toBe(true);
    const bars = measurements.filter(({ threshold }) => threshold !== null);
    expect(bars.map(({ id, threshold, direction }) => [id, threshold, direction])).toEqual([
      ["monitoring.windowAlarms.independentRows.03", 0.05, "atMost"],
      ["monitoring.windowDetected.independentRows.03", 0.9, "atLeast"],
      ["monitoring.windowAlarms.batchesOf10.03", 0.05, "atMost"],
      ["monitoring.windowDetected.batchesOf10.03", 0.9, "atLeast"],
      ["monitoring.inputAlarms.independentRows", 1, "atMost"],
      ["monitoring.inputAlarms.batchesOf10", 1, "atMost"],
      ["monitoring.degradationRunLength", 5000, "atLeast"],
      ["monitoring.degradationPower", 0.8, "atLeast"],
      ["monitoring.peekedTypeOne", 0.05, "atMost"],
    ]);
    const margin = measurements.find(({ id }) => id === "PI5.typeIErrorMargin")!;
    expect(margin.value).toBeCloseTo(result.variants.called.value - 0.05, 12);
    expect(margin.interval!.high).toBeCloseTo(result.variants.called.interval.high - 0.05, 12);
    expect(result.degradation.points.length).toBe(7 * 2 * 6);
  }, 120_000);
});
