import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { logitOfMean } from "../../../src/core/statistics/logitOfMean.js";
import {
  awaitOutcomes,
  judgeOutcomes,
  type OutcomeSettings,
  type OutcomeState,
  startOutcomes,
  takeOutcomes,
} from "../../../src/monitoring/streams/outcomeMonitor.js";
import { batchEvidence } from "../../../src/monitoring/streams/batchEvidence.js";
import { errorStream } from "../../../src/monitoring/streams/StreamLaw.js";

const settings: OutcomeSettings = { oddsRatio: 1.44, batchSpread: 0.2, promise: { ever: 0.05 } };
const law = errorStream({ before: 0.14, after: 0.19, batchSize: 200, batchSpread: 0.2 });
const estimates = new Float64Array(200).fill(0.14);
const random = seededRandom(3);

/** Whether there is an alarm within so many batches, and the batch of the first. */
function firstAlarm(start: OutcomeState, batches: number, draw: (batch: number) => ArrayLike<number>): number | null {
  let state = start;
  for (let batch = 0; batch < batches; batch++) {
    state = judgeOutcomes(state, estimates, draw(batch));
    if (state.alarms > 0) return batch;
  }
  return null;
}

describe("startOutcomes", () => {
  it("alarms ever in at most the promised share of streams, looked at after each batch", () => {
    const streams = 400;
    const alarmed = Array.from({ length: streams }, (_, stream) => {
      const stable = random.fork("ever").fork(stream);
      return firstAlarm(startOutcomes(settings), 50, () => law.draw(stable, false)) !== null;
    }).filter(Boolean).length;
    expect(alarmed / streams).toBeLessThanOrEqual(0.05);
  });

  it("keeps that promise for estimates that differ from row to row, and finds errors that they do not tell", () => {
    const rows = 50;
    const alarmed = ["calibrated", "overconfident"].map((name) => {
      const streams = Array.from({ length: 100 }, (_, stream) => {
        const own = random.fork(name).fork(stream);
        const promise = { ever: 0.05 };
        let state = startOutcomes({ ...settings, oddsRatio: 2, promise });
        for (let batch = 0; batch < 20 && state.alarms === 0; batch++) {
          const told = Array.from({ length: rows }, () => 0.01 + 0.4 * Math.floor(10 * own()) * 0.1);
          const shift = 0.2 * boxMuller(1 - own(), own())[0] + (name === "calibrated" ? 0 : Math.log(2));
          const errors = told.map((share) => (own() < 1 / (1 + Math.exp(-logitOfMean(share, 0.2) - shift)) ? 1 : 0));
          state = judgeOutcomes(state, told, errors);
        }
        return state.alarms > 0;
      });
      return streams.filter(Boolean).length;
    });
    expect(alarmed[0]).toBeLessThanOrEqual(5);
    expect(alarmed[1]).toBeGreaterThan(90);
  });

  it("breaks that promise where batches differ by more than it allows for (planted)", () => {
    const blind = startOutcomes({ ...settings, batchSpread: 0 });
    const wide = errorStream({ before: 0.14, after: 0.19, batchSize: 200, batchSpread: 0.5 });
    const alarmed = Array.from({ length: 100 }, (_, stream) => {
      const stable = random.fork("blind").fork(stream);
      return firstAlarm(blind, 50, () => wide.draw(stable, false)) !== null;
    }).filter(Boolean).length;
    expect(alarmed).toBeGreaterThan(30);
  });

  it("runs for at least the promised batches to a false alarm on average, and finds 19 % for 14 % in a few", () => {
    const start = startOutcomes({ ...settings, promise: { runLength: 25 } });
    const lengths = Array.from({ length: 100 }, (_, stream) => {
      const stable = random.fork("run length").fork(stream);
      return 1 + (firstAlarm(start, 200, () => law.draw(stable, false)) ?? 199);
    });
    expect(lengths.reduce((a, b) => a + b, 0) / 100).toBeGreaterThan(25);
    const delays = Array.from({ length: 100 }, (_, stream) => {
      const changed = random.fork("changed").fork(stream);
      return 1 + firstAlarm(start, 200, () => law.draw(changed, true))!;
    });
    expect(delays.reduce((a, b) => a + b, 0) / 100).toBeLessThan(6);
  });

  it("finds fewer errors than estimated only where either direction counts", () => {
    const none = new Float64Array(200);
    expect(firstAlarm(startOutcomes(settings), 20, () => none)).toBeNull();
    expect(firstAlarm(startOutcomes({ ...settings, direction: "either" }), 20, () => none)).not.toBeNull();
  });

  it("refuses settings out of range by name", () => {
    expect(() => startOutcomes({ ...settings, oddsRatio: 1 })).toThrow("the odds ratio must be above 1; got 1");
    expect(() => startOutcomes({ ...settings, batchSpread: NaN })).toThrow("the batch spread must lie in [0, 2]");
    expect(() => startOutcomes({ ...settings, promise: { ever: 0 } })).toThrow("the probability must lie in (0, 1)");
    expect(() => startOutcomes({ ...settings, promise: { runLength: 1 } })).toThrow("run length must be above 1 batch");
  });
});

describe("takeOutcomes", () => {
  const start = startOutcomes(settings);
  const two = awaitOutcomes(awaitOutcomes(start, { batch: "a", estimates: [0.1, 0.2] }), {
    batch: "b",
    estimates: [0.3],
  });

  it("judges a batch by the estimates it was predicted with, however late outcomes come", () => {
    const state = takeOutcomes(two, { batch: "a", errors: [1, 0] });
    expect(state.more).toBeCloseTo(batchEvidence([0.1, 0.2], [1, 0], settings), 12);
    expect(state).toMatchObject({ rows: 2, batches: 1, observed: 1, unlabelled: 0, last: "a" });
    expect(state.expected).toBeCloseTo(0.3, 12);
    expect(state.awaited).toEqual([{ batch: "b", estimates: [0.3] }]);
  });

  it("goes on from JSON as if it had never stopped, with batches awaited and whatever came", () => {
    const batches = fc.array(fc.array(fc.constantFrom(0, 1, null), { minLength: 1, maxLength: 5 }), { maxLength: 10 });
    fc.assert(
      fc.property(batches, fc.constantFrom("worse" as const, "either" as const), (all, direction) => {
        const promise = { runLength: 3 };
        let [kept, revived] = [0, 1].map(() => startOutcomes({ ...settings, direction, promise }));
        const revive = (state: OutcomeState): OutcomeState => JSON.parse(JSON.stringify(state)) as OutcomeState;
        all.forEach((errors, i) => {
          const batch = { batch: String(i), estimates: errors.map(() => 0.14) };
          [kept, revived] = [awaitOutcomes(kept, batch), revive(awaitOutcomes(revived, batch))];
        });
        all.forEach((errors, i) => {
          kept = takeOutcomes(kept, { batch: String(i), errors });
          revived = revive(takeOutcomes(revived, { batch: String(i), errors }));
        });
        expect(revived).toEqual(kept);
        expect(kept.rows + kept.unlabelled).toBe(all.flat().length);
      }),
      { numRuns: 50 },
    );
  });

  it("leaves out rows whose outcome never comes, and counts them", () => {
    const state = takeOutcomes(two, { batch: "a", errors: [null, 1] });
    expect(state.more).toBeCloseTo(batchEvidence([0.2], [1], settings), 12);
    expect(state).toMatchObject({ rows: 1, unlabelled: 1 });
    expect(takeOutcomes(two, { batch: "a", errors: [null, null] })).toMatchObject({ more: null, batches: 0 });
  });

  it("refuses outcomes that come twice, out of order, for nobody, or that do not fit, and loses nothing", () => {
    const before = JSON.stringify(two);
    expect(() => takeOutcomes(two, { batch: "b", errors: [1] })).toThrow('got them before those of "a"; keep them');
    expect(() => takeOutcomes(two, { batch: "c", errors: [1] })).toThrow("a batch that nobody awaits");
    const judged = takeOutcomes(two, { batch: "a", errors: [1, 0] });
    expect(() => takeOutcomes(judged, { batch: "a", errors: [1, 0] })).toThrow("outcomes of this batch a second time");
    expect(() => takeOutcomes(two, { batch: "a", errors: [1] })).toThrow("one outcome for each of the 2 rows; got 1");
    expect(() => takeOutcomes(two, { batch: "a", errors: [1, 0.5] })).toThrow('batch "a", row 1: an outcome must be 1');
    expect(() => takeOutcomes(two, { batch: "a", errors: [NaN, 1] })).toThrow("got NaN");
    expect(JSON.stringify(two)).toBe(before);
  });
});

it("awaitOutcomes refuses batches without rows, that came before, or whose estimates are none", () => {
  const start = startOutcomes(settings);
  const one = awaitOutcomes(start, { batch: "a", estimates: [0.1] });
  expect(() => awaitOutcomes(start, { batch: "a", estimates: [] })).toThrow("a batch must have rows; got none");
  expect(() => awaitOutcomes(one, { batch: "a", estimates: [0.1] })).toThrow("each batch must be predicted once");
  const judged = takeOutcomes(one, { batch: "a", errors: [0] });
  expect(() => awaitOutcomes(judged, { batch: "a", estimates: [0.1] })).toThrow("a batch that came before");
  for (const bad of [NaN, 0, 1, 1.2])
    expect(() => awaitOutcomes(start, { batch: "a", estimates: [0.5, bad] })).toThrow(
      `row 1: an estimated error share must lie in (0, 1); got ${bad}`,
    );
});
