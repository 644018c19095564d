import { describe, expect, it } from "vitest";
import type { Judgement } from "../../src/scorecard/judgeCheck.js";
import type { Check } from "../../src/scorecard/Scorecard.js";
import { standingOf, withPreconditions } from "../../src/scorecard/withPreconditions.js";
import { exhibit } from "./exhibits.js";

const check = (id: string, precondition?: string): Check => ({
  id,
  points: 1,
  what: id,
  rule: id,
  requires: [],
  ...(precondition === undefined ? {} : { precondition }),
});
const judged = (status: Judgement["status"], reason = ""): Judgement => ({ status, reason, exhibits: [] });

describe("withPreconditions", () => {
  it("holds back a pass until its precondition passes, and leaves what does not pass as it was judged", () => {
    const checks = [check("A"), check("B", "A")];
    const statusOf = (a: Judgement, b: Judgement) =>
      withPreconditions(
        checks,
        new Map([
          ["A", a],
          ["B", b],
        ]),
      ).get("B");
    expect(statusOf(judged("PASS"), judged("PASS"))).toEqual(judged("PASS"));
    for (const status of ["FAIL", "UNKNOWN"] as const) {
      expect(statusOf(judged(status), judged("PASS"))).toEqual(judged("UNKNOWN", "PRECONDITION: A must pass first"));
      expect(statusOf(judged(status), judged("FAIL", "BELOW_THRESHOLD: b"))).toEqual(
        judged("FAIL", "BELOW_THRESHOLD: b"),
      );
    }
  });
});

describe("standingOf", () => {
  it("is worth what the weakest piece of evidence is worth", () => {
    const strong = exhibit({ id: "a", value: 1 });
    const of = (...exhibits: readonly (typeof strong)[]) => standingOf({ status: "PASS", reason: "", exhibits });
    expect(of(strong)).toEqual({ status: "PASS", credit: 1, simulated: false });
    expect(of(strong, exhibit({ id: "b", value: 1, madeBy: "assure" }))).toEqual({
      status: "PASS",
      credit: 0.5,
      simulated: false,
    });
    expect(of(strong, exhibit({ id: "b", value: 1, labels: "simulated" }))).toEqual({
      status: "PASS",
      credit: 1,
      simulated: true,
    });
  });
});
