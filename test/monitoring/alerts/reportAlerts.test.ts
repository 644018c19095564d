import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { makeTable, type Table } from "../../../src/core/Table.js";
import {
  evaluateCanary,
  observeOutcomes,
  observeRequests,
  startCanary,
} from "../../../src/deployment/evaluateCanary.js";
import { compareShadow } from "../../../src/deployment/compareShadow.js";
import { sampleRatioMismatch } from "../../../src/deployment/sampleRatioMismatch.js";
import { driftAlerts, labelShiftAlerts } from "../../../src/monitoring/alerts/driftAlerts.js";
import { raiseAlerts } from "../../../src/monitoring/alerts/alertBook.js";
import { degradationAlerts, estimateAlerts, outcomesAlerts } from "../../../src/monitoring/alerts/performanceAlerts.js";
import { qualityAlerts } from "../../../src/monitoring/alerts/qualityAlerts.js";
import {
  promotionAlert,
  registryAlert,
  rollbackAlert,
  rolloutAlerts,
  undoneRolloutAlert,
} from "../../../src/monitoring/alerts/rolloutAlerts.js";
import { serverAlerts } from "../../../src/monitoring/alerts/serverAlerts.js";
import { detectDrift } from "../../../src/monitoring/detectDrift.js";
import { labelShift } from "../../../src/monitoring/detectors/labelShift.js";
import { fitReference } from "../../../src/monitoring/quality/incoming/fitReference.js";
import { inspectIncoming } from "../../../src/monitoring/quality/incoming/inspectIncoming.js";
import { estimatePerformance } from "../../../src/monitoring/streams/estimatePerformance.js";
import { judgeOutcomes, startOutcomes } from "../../../src/monitoring/streams/outcomeMonitor.js";

const schema = { temperatureCelsius: { kind: "number", unit: "°C", meaning: "" } } as const;
const days = (zero: number, spoil: (row: number) => number | null = () => null): Table =>
  makeTable(schema, {
    temperatureCelsius: Float64Array.from({ length: 100 }, (_, row) => spoil(row) ?? zero + 160 + (row % 37)),
  });

describe("alerts of reports", () => {
  it("on one column are as many as its findings: none takes the place of another in a book", () => {
    const ranged = { temperatureCelsius: { ...schema.temperatureCelsius, min: -273, max: 2000 } } as const;
    const table = (spoil: (row: number) => number | null) => makeTable(ranged, days(0, spoil).columns);
    const spoilt = table((row) => (row === 41 ? -999 : row === 42 ? 1900 : null));
    const incoming = inspectIncoming(spoilt, fitReference(table(() => null)));
    const book = raiseAlerts([], qualityAlerts(incoming, { source: "monday.csv" }), "t1");
    expect(book.map(({ id, key, count }) => [id, key, count])).toEqual([
      ["data-range", "monday.csv, temperatureCelsius", 1],
      ["data-range", "monday.csv, temperatureCelsius, 2", 1],
    ]);
  });

  it("on an incoming table name the table, the column, what decided and the rows", () => {
    const incoming = inspectIncoming(
      days(0, (row) => (row === 41 ? -999 : null)),
      fitReference(days(0)),
    );
    expect(qualityAlerts(incoming, { source: "monday.csv" }).filter(({ id }) => id === "data-range")).toEqual([
      {
        id: "data-range",
        severity: "stop",
        key: "monday.csv, temperatureCelsius",
        numbers: { referenceLow: 160, referenceHigh: 196, rowsConcerned: 1, rows: 100, referenceRows: 100, unit: "°C" },
        text:
          "monday.csv, column temperatureCelsius: 1 value far from the reference, which has 160 to 196 °C; " +
          "row 42 (-999); see whether they are mistakes of writing; else the model knows nothing of such recipes",
      },
    ]);
    const [late] = qualityAlerts(
      inspectIncoming(
        days(0, (row) => (row >= 60 ? 433.15 + (row % 37) : null)),
        fitReference(days(0)),
      ),
      { source: "monday.csv" },
    );
    expect(late.text).toContain("40 values look like K, not °C; rows 61 to 100; convert from K to °C");
  });

  it("on drift name the feature in its unit, and answers apart from features", () => {
    const report = detectDrift({ reference: days(0), current: days(12) });
    expect(driftAlerts(report, { source: "b.csv" })).toMatchObject([
      { id: "drift-feature", severity: "warn", key: "b.csv, temperatureCelsius, values", numbers: { unit: "°C" } },
    ]);
    expect(driftAlerts(report, { source: "b.csv", of: "predictions" })[0].id).toBe("drift-prediction");
    expect(driftAlerts(detectDrift({ reference: days(0), current: days(0) }), { source: "b.csv" })).toEqual([]);
  });

  it("on label shift name the class that moved most", () => {
    const answers = (share: number): Float64Array =>
      Float64Array.from({ length: 400 }, (_, i) => ((i >> 1) % 100 < 100 * share === (i % 2 === 0) ? 0.9 : 0.1));
    const shift = labelShift(answers(0.5), answers(0.8), {
      classes: ["CsPbBr3", "Cs4PbBr6"],
      estimateShares: () => [0.5, 0.5],
      random: seededRandom(1),
    });
    expect(labelShiftAlerts(shift, { source: "b.csv" })).toMatchObject([
      { id: "drift-label", key: "b.csv", numbers: { class: "CsPbBr3", from: 0.5, to: 0.8 } },
    ]);
    expect(labelShiftAlerts({ ...shift, drifted: false }, { source: "b.csv" })).toEqual([]);
  });

  it("on outcomes say how many errors were estimated and seen, once for each alarm", () => {
    const start = startOutcomes({ oddsRatio: 1.5, batchSpread: 0.1, promise: { ever: 0.05 } });
    const wrong = judgeOutcomes(
      start,
      Array<number>(200).fill(0.14),
      Array.from({ length: 200 }, (_, i) => (i < 90 ? 1 : 0)),
    );
    expect(degradationAlerts(start, wrong, { version: "v2" })).toMatchObject([
      { id: "degradation", severity: "stop", key: "v2", numbers: { newRows: 200, observedErrors: 90 } },
    ]);
    expect(degradationAlerts(wrong, wrong, { version: "v2" })).toEqual([]);
    expect(degradationAlerts({ rows: 0, alarms: 0 }, { rows: 5, alarms: 1 }, { version: "v2" })[0].numbers).toEqual({
      rows: 5,
      newRows: 5,
    });
    expect(outcomesAlerts({ version: "v2", awaited: 11, mostAwaited: 10 })[0].id).toBe("outcomes-late");
    expect(outcomesAlerts({ version: "v2", awaited: 10, mostAwaited: 10 })).toEqual([]);
  });

  it("on estimates without labels are raised where predicted shares moved", () => {
    const rows = (share: number) => ({
      probabilities: Array.from({ length: 240 }, (_, i) => ((i >> 1) % 20 < 20 * share === (i % 2 === 0) ? 0.9 : 0.1)),
      batches: Array.from({ length: 120 }, (_, row) => row % 6),
    });
    const still = estimatePerformance(rows(0.5), rows(0.5));
    expect(estimateAlerts(still, { version: "v2" })).toEqual([]);
    const moved = { ...still, verdict: "moved" as const, reason: "predicted shares moved" };
    expect(estimateAlerts(moved, { version: "v2" })).toMatchObject([{ id: "estimate-invalid", key: "v2" }]);
  });

  it("on rollouts take reports of deployment as they are", () => {
    const plan = { share: 0.5, alpha: 0.01, margin: 0.05, leastOutcomes: 50, mostAwaited: 5 };
    const requests = Array.from({ length: 200 }, (_, i) => ({
      id: `r${i}`,
      arm: i % 2 === 0 ? ("canary" as const) : ("champion" as const),
      failed: i % 4 === 0,
      invalid: false,
      slow: false,
    }));
    const harmed = evaluateCanary(observeRequests(startCanary(plan), requests));
    const [aborted] = rolloutAlerts({ canary: harmed }, { version: "v3" });
    expect(aborted).toMatchObject({
      id: "canary-aborted",
      severity: "stop",
      numbers: { failedOfCanary: 50, failedOfChampion: 0 },
    });
    const halted = evaluateCanary(observeOutcomes(startCanary(plan), []));
    const ratio = sampleRatioMismatch([900, 100], [0.5, 0.5]);
    const shadow = compareShadow({
      requests: 400,
      unanswered: 0,
      alike: 300,
      outcomes: 400,
      onlyChampionRight: 90,
      onlyChallengerRight: 10,
    });
    expect(
      rolloutAlerts({ canary: halted, sampleRatio: ratio, shadow }, { version: "v3" }).map(({ id }) => id),
    ).toEqual(["canary-halted", "sample-ratio-mismatch", "shadow-worse"]);
    expect(
      rolloutAlerts({ canary: null, sampleRatio: sampleRatioMismatch([50, 50], [0.5, 0.5]) }, { version: "v3" }),
    ).toEqual([]);
    expect(
      [
        rollbackAlert({ from: "v3", to: "v2", because: "harm" }),
        promotionAlert({ from: "v2", to: "v3", because: "it passed" }),
        undoneRolloutAlert({ version: "v3", decision: "rollback", because: "ENOSPC" }),
        registryAlert({ version: "v3", file: "weights.bin", expected: "a".repeat(64), got: "b".repeat(64) }),
      ].map(({ id, severity }) => `${severity} ${id}`),
    ).toEqual([
      "stop rollback-done",
      "note challenger-promoted",
      "stop rollout-not-carried-out",
      "stop registry-tampered",
    ]);
  });

  it("on servers need requests enough to say something of shares, and none to say that the log fails", () => {
    const limits = { p99Millisecond: 50, errorShare: 0.01, refusedShare: 0.05, leastRequests: 100 };
    const bad = { requests: 1000, errors: 20, refused: 100, p99Millisecond: 80, logFault: "ENOSPC" };
    const idsOf = (window: typeof bad): string[] =>
      serverAlerts(window, limits, { server: ":8080" }).map(({ id }) => id);
    expect(idsOf(bad)).toEqual(["server-latency", "server-errors", "server-overload", "log-unwritable"]);
    expect(idsOf({ ...bad, requests: 99 })).toEqual(["log-unwritable"]);
  });
});
