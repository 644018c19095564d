import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measurement, type Evidence } from "../../src/core/Evidence.js";
import {
  checkStatus,
  judgeCheck,
  type Exhibit,
  type Freshness,
  type Judgement,
} from "../../src/scorecard/judgeCheck.js";
import type { Check, Requirement } from "../../src/scorecard/Scorecard.js";

const daysValid = 365;
const fresh: Freshness = { matches: true, difference: "", age: null };

function exhibit(
  id: string,
  known: Partial<Evidence> & Pick<Evidence, "value">,
  freshness: Partial<Freshness> = {},
): Exhibit {
  const evidence: Evidence = {
    seed: 1,
    inputs: {},
    source: "src",
    code: "0",
    engine: "typescript",
    labels: "real",
    madeBy: "reproduce",
    ...measurement({ id, meaning: "a number", unit: "1", ...known }),
  };
  return { evidence, file: "01-test", freshness: { ...fresh, ...freshness } };
}

function between(low: number, high: number, level = 0.95): Pick<Evidence, "value" | "interval"> {
  return { value: (low + high) / 2, interval: { low, high, level, method: "Wilson" } };
}

function judge(requires: readonly Requirement[], exhibits: readonly Exhibit[], more: Partial<Check> = {}): Judgement {
  const check: Check = { id: "X1", points: 1, what: "what", rule: "rule", requires, ...more };
  return judgeCheck(check, new Map(exhibits.map((one) => [one.evidence.id, one])), daysValid);
}

const wants = (direction: Requirement["direction"], more: Partial<Requirement> = {}): Requirement => ({
  measure: "a",
  direction,
  threshold: 0.5,
  ...more,
});
const statusOf = (requirement: Requirement, low: number, high: number): string =>
  judge([requirement], [exhibit("a", between(low, high))]).status;

describe("judgeCheck", () => {
  it("passes on the near bound and fails on the far one; a bound on the threshold is good enough", () => {
    expect(
      [
        [0.5, 0.9],
        [0.499, 0.9],
        [0.1, 0.5],
        [0.1, 0.499],
      ].map(([low, high]) => statusOf(wants("atLeast"), low, high)),
    ).toEqual(["PASS", "UNKNOWN", "UNKNOWN", "FAIL"]);
    expect(
      [
        [0.1, 0.5],
        [0.1, 0.501],
        [0.5, 0.9],
        [0.501, 0.9],
      ].map(([low, high]) => statusOf(wants("atMost"), low, high)),
    ).toEqual(["PASS", "UNKNOWN", "UNKNOWN", "FAIL"]);
    expect(
      [
        [0.5, 0.5],
        [0.4, 0.6],
        [0.1, 0.4],
        [0.6, 0.9],
      ].map(([low, high]) => statusOf(wants("equals"), low, high)),
    ).toEqual(["PASS", "UNKNOWN", "FAIL", "FAIL"]);
  });

  it("judges an exact fact by its value alone", () => {
    const exact = (value: number, direction: Requirement["direction"]): string =>
      judge([wants(direction, { exact: true })], [exhibit("a", { value })]).status;
    expect([
      exact(0.5, "equals"),
      exact(0.51, "equals"),
      exact(0.5, "atLeast"),
      exact(0.49, "atLeast"),
      exact(0.5, "atMost"),
      exact(0.51, "atMost"),
    ]).toEqual(["PASS", "FAIL", "PASS", "FAIL", "PASS", "FAIL"]);
  });

  it("neither passes nor fails on an interval below 90 % or without one", () => {
    for (const known of [between(0.8, 0.9, 0.89), between(0.1, 0.2, 0.89), { value: 0.9 }, { value: 0.1 }]) {
      expect(judge([wants("atLeast")], [exhibit("a", known)])).toMatchObject({
        status: "UNKNOWN",
        reason: "UNDERPOWERED: a has no interval of at least 90 %",
      });
    }
    expect(judge([wants("atLeast")], [exhibit("a", between(0.8, 0.9, 0.9))]).status).toBe("PASS");
  });

  it("does not pass on too few cases or an untold number of them, but fails on them", () => {
    const few = wants("atLeast", { minimumN: 60 });
    expect(judge([few], [exhibit("a", { ...between(0.8, 0.9), n: 59 })])).toMatchObject({
      status: "UNKNOWN",
      reason: "UNDERPOWERED: a rests on n = 59, 60 are needed",
    });
    expect(judge([few], [exhibit("a", { ...between(0.8, 0.9), n: 60 })]).status).toBe("PASS");
    expect(judge([few], [exhibit("a", { ...between(0.1, 0.2), n: 59 })]).status).toBe("FAIL");
    expect(judge([few], [exhibit("a", between(0.8, 0.9))]).status).toBe("UNKNOWN");
  });

  it("tells the reason: not measured, changed, stale, undated, before it looks at any number", () => {
    const good = between(0.8, 0.9);
    const reasons = [
      judge([wants("atLeast")], []),
      judge([wants("atLeast")], [exhibit("a", { value: null, reason: "no batches written down" })]),
      judge(
        [wants("atLeast")],
        [exhibit("a", good, { matches: false, difference: "table.csv changed since 01-test was made", age: 400 })],
      ),
      judge([wants("atLeast")], [exhibit("a", good, { age: 366 })]),
      judge([wants("atLeast")], [exhibit("a", between(0.1, 0.2), { age: 366 })]),
      judge([wants("atLeast")], [exhibit("a", good, { age: Infinity })]),
    ];
    expect(reasons.every(({ status }) => status === "UNKNOWN")).toBe(true);
    expect(reasons.map(({ reason }) => reason)).toEqual([
      "NO_EVIDENCE: a has not been measured",
      "NO_EVIDENCE: a: no batches written down",
      "HASH_MISMATCH: table.csv changed since 01-test was made",
      "STALE: a is 366 days old, 365 are allowed",
      "STALE: a is 366 days old, 365 are allowed",
      "STALE: a was not in the ledger on that day",
    ]);
  });

  it("lets a check shorten or lengthen the days that evidence is valid", () => {
    const at = (age: number, days?: number): string =>
      judge([wants("atLeast")], [exhibit("a", between(0.8, 0.9), { age })], { daysValid: days }).status;
    expect([at(365), at(366), at(30, 30), at(31, 30), at(366, 400)]).toEqual([
      "PASS",
      "UNKNOWN",
      "PASS",
      "UNKNOWN",
      "PASS",
    ]);
  });

  it("prints the threshold in the unit of the measurement", () => {
    expect(
      judge([wants("atMost", { threshold: 0.001 })], [exhibit("a", { ...between(0.002, 0.004), unit: "share" })])
        .reason,
    ).toBe("BELOW_THRESHOLD: a = 0.3 % [0.2 %, 0.4 %], wanted at most 0.1 %");
    expect(
      judge([wants("equals", { exact: true, threshold: 3 })], [exhibit("a", { value: 2, unit: "laboratories" })])
        .reason,
    ).toBe("BELOW_THRESHOLD: a = 2 laboratories, wanted exactly 3");
  });

  it("needs every requirement, and one failure outweighs what is not known", () => {
    const both = [wants("atLeast"), wants("atLeast", { measure: "b" })];
    const [good, bad] = [between(0.8, 0.9), between(0.1, 0.2)];
    expect(judge(both, [exhibit("a", good), exhibit("b", good)])).toMatchObject({ status: "PASS", reason: "" });
    expect(judge(both, [exhibit("a", good)]).reason).toBe("NO_EVIDENCE: b has not been measured");
    expect(judge(both, [exhibit("b", bad)])).toMatchObject({
      status: "FAIL",
      reason: expect.stringMatching(/^BELOW_THRESHOLD: b/) as string,
    });
  });

  it("names each piece of evidence once, however many requirements it serves", () => {
    const band = [wants("atLeast", { threshold: 0.1 }), wants("atMost", { threshold: 0.9 })];
    const only = exhibit("a", between(0.2, 0.8));
    expect(judge(band, [only, exhibit("unasked", { value: 1 })]).exhibits).toEqual([only]);
  });

  it("never gets surer as the interval gets wider", () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom("atLeast" as const, "atMost" as const, "equals" as const),
        number,
        number,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (direction, one, other, more) => {
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          const [narrow, wide] = [
            statusOf(wants(direction), low, high),
            statusOf(wants(direction), low - more, high + more),
          ];
          expect([narrow, "UNKNOWN"]).toContain(wide);
        },
      ),
    );
  });

  it("gives the same status without words", () => {
    const bound = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        bound,
        bound,
        fc.constantFrom("atLeast", "atMost", "equals"),
        fc.boolean(),
        (a, b, direction, matches) => {
          const exhibits = [exhibit("a", between(Math.min(a, b), Math.max(a, b)), { matches })];
          const check: Check = {
            id: "X1",
            points: 1,
            what: "what",
            rule: "rule",
            requires: [wants(direction), wants("atLeast", { measure: "b" })],
          };
          expect(checkStatus(check, new Map([["a", exhibits[0]]]), daysValid)).toBe(
            judge(check.requires, exhibits).status,
          );
        },
      ),
    );
  });

  it("words the bar as the number is worded: shares in per cent, their differences in percentage points", () => {
    const reason = (unit: string): string =>
      judge([wants("atMost", { threshold: 0.02 })], [exhibit("a", { ...between(0.03, 0.05), unit })]).reason;
    expect(
      [reason("share"), reason("share difference"), reason("nats")].map((text) => text.replace(/.*wanted /, "")),
    ).toEqual(["at most 2 %", "at most 2 percentage points", "at most 0.02"]);
  });

  it("fails as UNATTAINABLE where the favourable end of the ceiling is beyond the threshold, measured or not", () => {
    const bounded = wants("atLeast", { ceiling: "best" });
    const judged = (low: number, high: number, more: readonly Exhibit[] = [exhibit("a", between(0.3, 0.9))]) =>
      judge([bounded], [...more, exhibit("best", between(low, high))]);
    expect(judged(0.2, 0.49)).toMatchObject({ status: "FAIL" });
    expect(judged(0.2, 0.49).reason).toMatch(/^UNATTAINABLE: a wanted at least 0.5, and the best .* best = 0.345/);
    expect(judged(0.2, 0.49).exhibits.map(({ evidence }) => evidence.id)).toEqual(["a", "best"]);
    // The unfavourable end says nothing.
    expect(judged(0.2, 0.51)).toMatchObject({ status: "UNKNOWN", exhibits: [{ evidence: { id: "a" } }] });
    expect(judged(0.2, 0.49, [])).toMatchObject({ status: "FAIL" });
    expect(judge([wants("atMost", { ceiling: "best" })], [exhibit("best", between(0.6, 0.9))]).reason).toMatch(
      /^UNATTAINABLE/,
    );
  });

  it("reads no ceiling that is not valid itself", () => {
    const bounded = wants("atLeast", { ceiling: "best" });
    const measured = exhibit("a", between(0.6, 0.9));
    for (const ceiling of [
      exhibit("best", between(0.1, 0.2), { matches: false, difference: "changed" }),
      exhibit("best", between(0.1, 0.2), { age: 400 }),
      exhibit("best", { value: null, reason: "no replicates" }),
    ])
      expect(judge([bounded], [measured, ceiling]).status).toBe("PASS");
  });
});
