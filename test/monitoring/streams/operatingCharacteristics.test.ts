import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { cusum, startCusum } from "../../../src/monitoring/streams/cusum.js";
import { falseAlarms } from "../../../src/monitoring/streams/falseAlarms.js";
import { operatingCharacteristics } from "../../../src/monitoring/streams/operatingCharacteristics.js";
import { pageHinkley, startPageHinkley } from "../../../src/monitoring/streams/pageHinkley.js";
import { settingsForRate } from "../../../src/monitoring/streams/settingsForRate.js";
import { errorStream, valueStream } from "../../../src/monitoring/streams/StreamLaw.js";
import {
  batchMeanMonitor,
  batchMonitor,
  rowMonitor,
  type MonitorState,
} from "../../../src/monitoring/streams/StreamMonitor.js";

const few = { streams: 20, stableRows: 4000, changeAfter: 1000 };
const independent = valueStream({ shift: 1, batchSize: 20, batchSpread: 0 });
const counting = (isAlarm: (rows: number) => boolean) => (state: MonitorState) => ({
  rows: state.rows + 1,
  alarms: state.alarms + (isAlarm(state.rows + 1) ? 1 : 0),
});
const start = (): MonitorState => ({ rows: 0, alarms: 0 });

describe("falseAlarms", () => {
  it("counts every alarm of every stream (closed form: one each hundred rows)", () => {
    const monitor = rowMonitor(
      start,
      counting((rows) => rows % 100 === 0),
    );
    const { alarms, rows, per10000Rows, runLength } = falseAlarms(monitor, independent, seededRandom(1), {
      streams: 10,
      rows: 1000,
    });
    expect({ alarms, rows, rate: per10000Rows.value, length: runLength.value }).toEqual({
      alarms: 100,
      rows: 10_000,
      rate: 100,
      length: 100,
    });
  });

  it("claims no more than the rows can show where there was no alarm", () => {
    const silent = rowMonitor(
      start,
      counting(() => false),
    );
    const { per10000Rows, runLength } = falseAlarms(silent, independent, seededRandom(1), { streams: 10, rows: 1000 });
    expect(per10000Rows.value).toBe(0);
    // 1 - 0.025^(1/10000), by Clopper and Pearson.
    expect(per10000Rows.interval.high).toBeCloseTo(3.6882, 3);
    expect(runLength.value).toBeNull();
    expect(runLength.atLeast).toBeCloseTo(2711.3, 0);
  });

  it("of Gaussian CUSUM with k = 0.5 and h = 4 is that of the tables: 168 rows two-sided", () => {
    // Montgomery, Introduction to Statistical Quality Control, table 9.3: ARL 168.
    const monitor = rowMonitor(() => startCusum({ mean: 0, sd: 1, slack: 0.5, threshold: 4 }), cusum);
    const { runLength } = falseAlarms(monitor, independent, seededRandom(2), { streams: 50, rows: 20_000 });
    expect(Math.abs(runLength.value! / 168 - 1)).toBeLessThan(0.04);
  });

  it("are many times as many where rows come in batches that deviate, at the same settings", () => {
    const monitor = rowMonitor(() => startCusum({ mean: 0, sd: 1, slack: 0.1, threshold: 30 }), cusum);
    const options = { streams: 20, rows: 20_000 };
    const batched = valueStream({ shift: 0, batchSize: 200, batchSpread: 0.2 });
    const [plain, deviating] = [independent, batched].map(
      (law) => falseAlarms(monitor, law, seededRandom(3), options).per10000Rows,
    );
    expect(deviating.interval.low).toBeGreaterThan(5 * plain.interval.high);
  });

  it("refuses too few streams and rows by name", () => {
    const silent = rowMonitor(
      start,
      counting(() => false),
    );
    expect(() => falseAlarms(silent, independent, seededRandom(1), { streams: 1 })).toThrow(
      "streams must be 2 or more",
    );
    expect(() => falseAlarms(silent, independent, seededRandom(1), { rows: 0 })).toThrow("rows must be 1 or more");
  });
});

describe("operatingCharacteristics", () => {
  it("counts delay in labels received after the change, the lag of labels included (closed form)", () => {
    // Alarms at row 1,050 alone: 50 rows behind the change.
    const monitor = rowMonitor(
      start,
      counting((rows) => rows === 1050),
    );
    expect(operatingCharacteristics(monitor, independent, seededRandom(1), few).medianDelay).toBe(50);
    const late = { ...few, labelDelay: 200 };
    expect(operatingCharacteristics(monitor, independent, seededRandom(1), late).medianDelay).toBe(250);
    const tooLate = operatingCharacteristics(monitor, independent, seededRandom(1), { ...late, within: 249 });
    expect(tooLate.detected.value).toBe(0);
  });

  it("of a monitor of batches counts whole batches", () => {
    const monitor = batchMonitor(
      start,
      counting((batches) => batches === 53),
    );
    expect(operatingCharacteristics(monitor, independent, seededRandom(1), few).medianDelay).toBe(60);
  });

  it("finds a shift of one standard deviation in about nine rows by CUSUM at k = 0.5, h = 4 (table: 8.38)", () => {
    const monitor = rowMonitor(() => startCusum({ mean: 0, sd: 1, slack: 0.5, threshold: 4 }), cusum);
    const { medianDelay, detected } = operatingCharacteristics(monitor, independent, seededRandom(5), {
      ...few,
      streams: 200,
    });
    expect(medianDelay).toBeGreaterThan(5);
    expect(medianDelay).toBeLessThan(10);
    expect(detected).toMatchObject({ value: 1, within: 1000, changes: 200 });
    expect(detected.interval.low).toBeGreaterThan(0.98);
  });

  it("says that under half were found, and is the same for the same stream", () => {
    const silent = rowMonitor(
      start,
      counting(() => false),
    );
    expect(operatingCharacteristics(silent, independent, seededRandom(1), few).medianDelay).toBeNull();
    const page = rowMonitor(() => startPageHinkley({ threshold: 20, slack: 0.5 }), pageHinkley);
    const once = operatingCharacteristics(page, independent, seededRandom(4), few);
    expect(operatingCharacteristics(page, independent, seededRandom(4), few)).toEqual(once);
  });

  it("refuses a lag that leaves no label to be judged", () => {
    const silent = rowMonitor(
      start,
      counting(() => false),
    );
    expect(() =>
      operatingCharacteristics(silent, independent, seededRandom(1), { within: 200, labelDelay: 200 }),
    ).toThrow("labels must be waited for longer than they lag (200); got 200");
  });
});

describe("settingsForRate", () => {
  const law = errorStream({ before: 0.14, after: 0.19, batchSize: 200, batchSpread: 0.2 });
  const deviation = Math.hypot(Math.sqrt((0.14 * 0.86) / 200), 0.2 * 0.14 * 0.86);
  const monitorAt = (threshold: number) =>
    batchMeanMonitor(() => startCusum({ mean: 0.14, sd: deviation, slack: 0.7, threshold, direction: "up" }), cusum);
  const search = { per10000Rows: 3, from: 0.2, to: 5, streams: 40, steps: 6 };

  it("finds the lowest threshold that keeps the rate, and measures it on streams that the search did not see", () => {
    const { threshold, measured, tried } = settingsForRate(monitorAt, law, seededRandom(6), search);
    expect(measured.per10000Rows.value).toBeLessThan(3);
    expect(measured.per10000Rows.value).toBeGreaterThan(1);
    const kept = tried.filter(({ atMost }) => atMost <= 3).map((one) => one.threshold);
    const broken = tried.filter(({ atMost }) => atMost > 3).map((one) => one.threshold);
    expect(Math.min(...kept)).toBe(threshold);
    expect(Math.max(...broken)).toBeLessThan(threshold);
  });

  it.each([
    ["0.2 in batches of 10", { shift: 0.2, batchSize: 10 }, 0.95],
    ["0.5 in batches of 200", { shift: 0.5, batchSize: 200 }, 0.95],
  ])(
    "sets a watch on an input to at most 1 false alarm per 10,000 rows that finds a shift of %s, spread 0.2",
    (_, { shift, batchSize }, power) => {
      const input = valueStream({ shift, batchSize, batchSpread: 0.2 });
      const sd = Math.hypot(1 / Math.sqrt(batchSize), 0.2);
      const at = (threshold: number) =>
        batchMeanMonitor(() => startCusum({ mean: 0, sd, slack: shift / 2 / sd, threshold }), cusum);
      const search = { per10000Rows: 0.8, from: 0.5, to: 50, streams: 60, steps: 7 };
      const { threshold, measured } = settingsForRate(at, input, seededRandom(10), search);
      expect(measured.per10000Rows.interval.high).toBeLessThan(1);
      const { detected } = operatingCharacteristics(at(threshold), input, seededRandom(11), { ...few, streams: 100 });
      expect(detected.value).toBeGreaterThan(power);
    },
  );

  it("refuses a range without such a threshold, with what was measured", () => {
    expect(() => settingsForRate(monitorAt, law, seededRandom(6), { ...search, to: 0.5 })).toThrow(
      /the highest threshold must keep 3 false alarms per 10,000 rows; got at most \d+/,
    );
    expect(() => settingsForRate(monitorAt, law, seededRandom(6), { ...search, from: 9 })).toThrow("0 < from < to");
    expect(() => settingsForRate(monitorAt, law, seededRandom(6), { ...search, per10000Rows: 0 })).toThrow(
      "the wanted rate must be above 0",
    );
  });
});

describe("streams", () => {
  it("have the error shares that were asked for, whatever the spread of batches", () => {
    for (const batchSpread of [0, 0.2, 0.5]) {
      const law = errorStream({ before: 0.14, after: 0.19, batchSize: 50, batchSpread });
      const random = seededRandom(7);
      for (const [changed, share] of [
        [false, 0.14],
        [true, 0.19],
      ] as const) {
        let errors = 0;
        for (let batch = 0; batch < 4000; batch++) errors += law.draw(random, changed).reduce((a, b) => a + b, 0);
        expect(Math.abs(errors / 200_000 - share)).toBeLessThan(0.006);
      }
    }
  });

  it("of values have the mean, the shift and the spread that were asked for", () => {
    const law = valueStream({ shift: 2, batchSize: 9, batchSpread: 0.5 });
    const random = seededRandom(9);
    const means = Array.from({ length: 4000 }, () => law.draw(random, true).reduce((a, b) => a + b, 0) / 9);
    const mean = means.reduce((a, b) => a + b, 0) / 4000;
    expect(Math.abs(mean - 2)).toBeLessThan(0.05);
    const variance = means.reduce((a, b) => a + (b - mean) ** 2, 0) / 3999;
    expect(Math.abs(variance / (0.25 + 1 / 9) - 1)).toBeLessThan(0.1);
  });

  it("refuse shares, sizes and spreads that are none", () => {
    const law = { before: 0.1, after: 0.2, batchSize: 10, batchSpread: 0.1 };
    expect(() => errorStream({ ...law, before: 0 })).toThrow("an error share must lie in (0, 1); got 0");
    expect(() => errorStream({ ...law, after: NaN })).toThrow("got NaN");
    expect(() => errorStream({ ...law, batchSize: 0 })).toThrow("the batch size must be an integer of at least 1");
    expect(() => valueStream({ shift: NaN, batchSize: 1, batchSpread: 0 })).toThrow(
      "the shift must be a finite number",
    );
    expect(() => valueStream({ shift: 0, batchSize: 1, batchSpread: -1 })).toThrow("spread must be at least 0");
  });
});
