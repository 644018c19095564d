import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import {
  degradationMonitors,
  measureDegradationMonitors,
} from "../../../src/monitoring/streams/degradationMonitors.js";
import { followBatch } from "../../../src/monitoring/streams/followBatch.js";
import { errorStream } from "../../../src/monitoring/streams/StreamLaw.js";
import type { MonitorState } from "../../../src/monitoring/streams/StreamMonitor.js";
import { chosenMonitor, degradationTable } from "../../../src/monitoring/streams/degradationTable.js";

const { degradation, options, seed, monitors } = degradationTable;

describe("degradationTable", () => {
  it("has every monitor of the list, with false alarms and power at its threshold for each spread of batches", () => {
    expect(monitors.map(({ id, name }) => ({ id, name }))).toEqual(
      degradationMonitors.map(({ id, name }) => ({ id, name })),
    );
    for (const { threshold, spreads } of monitors) {
      expect(threshold).toBeGreaterThan(0);
      expect(Object.keys(spreads)).toEqual(options.spreads.map(String));
      for (const { falseAlarms, detected } of Object.values(spreads)) {
        expect(falseAlarms.streams).toBe(options.streams);
        expect(falseAlarms.per10000Rows.interval.high).toBeGreaterThan(0);
        expect(detected).toMatchObject({ within: 1000, changes: options.streams });
      }
    }
  });

  it("has a monitor with an average run length of 5,000 rows that finds 0.8 in 1,000 labels, by bounds", () => {
    const met = monitors.filter(({ spreads }) => {
      const { falseAlarms, detected } = spreads["0.2"];
      return falseAlarms.runLength.atLeast >= 5000 && detected.interval.low >= 0.8;
    });
    expect(met.map(({ id }) => id)).toContain("outcomes");
  });

  it("shows what promises cost: proved ones alarm less than promised, and find less in time", () => {
    const of = (id: string) => monitors.find((one) => one.id === id)!.spreads["0.2"];
    expect(of("outcomes-run-length").falseAlarms.runLength.atLeast).toBeGreaterThan(25 * degradation.batchSize);
    expect(of("outcomes-run-length").detected.value).toBeLessThan(of("outcomes").detected.value);
    expect(of("outcomes-ever").detected.value).toBeLessThan(of("outcomes-run-length").detected.value);
  });

  it("is what measureDegradationMonitors gives, byte for byte (of the cheapest monitor, at its threshold)", () => {
    const recorded = monitors.find(({ id }) => id === "cusum-batches")!;
    const listed = degradationMonitors.find(({ id }) => id === "cusum-batches")!;
    const [again] = measureDegradationMonitors(degradation, seededRandom(seed), {
      ...options,
      spreads: [0.2],
      monitors: [{ ...listed, thresholds: recorded.threshold }],
    });
    expect(JSON.stringify(again.spreads["0.2"])).toBe(JSON.stringify(recorded.spreads["0.2"]));
  }, 60_000);
});

it.each(degradationMonitors.map((one) => [one.id, one] as const))(
  "%s goes on from JSON as if it had never stopped, alarms included",
  (_, { at, thresholds }) => {
    const monitor = at(typeof thresholds === "number" ? thresholds : thresholds.from, degradation);
    const law = errorStream({ ...degradation, before: 0.14, after: 0.4 });
    const random = seededRandom(3);
    let [kept, revived] = [monitor.start(), monitor.start()];
    for (let batch = 0; batch < 12; batch++) {
      const errors = law.draw(random, batch >= 6);
      kept = followBatch(monitor, kept, errors).state;
      revived = JSON.parse(JSON.stringify(followBatch(monitor, revived, errors).state)) as MonitorState;
    }
    expect(revived).toEqual(kept);
    expect(kept.alarms).toBeGreaterThan(0);
  },
);

it("measureDegradationMonitors sets thresholds for the degradation that it is given", () => {
  const [{ threshold, spreads }] = measureDegradationMonitors(
    { before: 0.05, after: 0.15, batchSize: 50, batchSpread: 0.3 },
    seededRandom(2),
    {
      per10000Rows: 4,
      spreads: [0.3],
      streams: 40,
      stableRows: 5000,
      monitors: degradationMonitors.filter(({ id }) => id === "cusum-batches"),
    },
  );
  expect(threshold).toBeGreaterThan(0.3);
  expect(spreads["0.3"].falseAlarms.per10000Rows.value).toBeLessThan(6);
  expect(spreads["0.3"].detected.value).toBeGreaterThan(0.9);
});

describe("chosenMonitor", () => {
  it("is the one that found most in the committed table, of those that keep the rate", () => {
    expect(chosenMonitor(5000)).toBe("outcomes");
    expect(chosenMonitor(100_000)).toBe("outcomes-ever");
    expect(() => chosenMonitor(1e9)).toThrow(TypeError);
  });
});
