import { describe, expect, it } from "vitest";
import { endOf, failedBy } from "../../src/tuning/endOf.js";

const ring: Record<string, unknown> = {};
ring.ring = ring;
const trap = {
  get state(): never {
    throw new Error("do not look");
  },
};

describe("endOf", () => {
  // A circular value ended the whole study; a list with a hole was kept as null, and could not be read back.
  it.each<[string, unknown, RegExp]>([
    ["an object that holds itself", ring, /got an object that JSON has no text for/],
    ["a big integer", 1n, /got 1n/],
    ["values with a hole", { state: "complete", values: new Array<number>(1) }, /got \{"state":"complete"/],
    ["what throws when it is looked at", trap, /do not look/],
  ])("takes %s for a failure", (_, found, reason) => {
    expect(endOf(found)).toMatchObject({ state: "failed", reason: expect.stringMatching(reason) as string });
  });
});

describe("failedBy", () => {
  // Some of these ended the whole study, or left a reason that is no text and cannot be read back.
  it.each<[string, unknown, string]>([
    ["an error", new Error("no memory"), "no memory"],
    ["an error without a message", new TypeError(), "TypeError"],
    ["an error whose message is no text", Object.assign(new Error(), { message: 5 }), "it threw 5"],
    ["an object", { code: 3 }, 'it threw {"code":3}'],
    ["an object without a text", Object.create(null), "it threw {}"],
    ["nothing", undefined, "it threw undefined"],
  ])("has a reason in words for %s", (_, thrown, reason) => {
    expect(failedBy(thrown)).toEqual({ state: "failed", reason });
  });

  it("cuts a reason of megabytes", () => {
    expect(failedBy(new Error("x".repeat(1e6)))).toMatchObject({ reason: `${"x".repeat(1999)}…` });
  });
});
