import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EvidenceFile } from "../../../src/core/Evidence.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import {
  killedRegistrations,
  predictionsEvidence,
  type RegisteredFinding,
} from "../../../src/workspace/proofs/predictionsProof.js";
import { playedRegistration } from "../../io/predictions/playedRegistration.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const ledger = join(temporaryProject(), "ledger.jsonl");
const calm = { kills: 60, torn: 0, atOnce: 8000, lost: 0 };

beforeEach(async () => {
  vi.stubEnv("TWIN_OUTPUT", temporaryProject());
  await registerPredictions(playedRegistration("first"), { ledger });
  await registerPredictions(playedRegistration("second", { rows: 5 }), { ledger });
});
afterEach(() => vi.unstubAllEnvs());

const finding = (name: string, over: Partial<RegisteredFinding> = {}): RegisteredFinding => ({
  ...{ name, predictions: name === "first" ? 3 : 5, different: 0, isRemade: true, reason: null },
  ...over,
});
const value = ({ measurements }: EvidenceFile, id: string): unknown => {
  const { value: own, n, reason } = measurements.find((one) => one.id === `predictions.${id}`)!;
  return [own, n, reason];
};

describe("the proof of registered predictions", () => {
  it("counts predictions that are said otherwise, and models that come out otherwise", async () => {
    const seen: string[] = [];
    const evidence = await predictionsEvidence({
      ledger,
      again: (names) => {
        seen.push(...names.map((lines) => `${lines[0].name} ${lines.length}`));
        return Promise.resolve([finding("first", { different: 2 }), finding("second", { isRemade: false })]);
      },
      killed: () => Promise.resolve({ ...calm, torn: 1, lost: 200 }),
    });
    expect(seen).toEqual(["first 3", "second 5"]);
    expect(value(evidence, "different")).toEqual([2, 8, null]);
    expect(value(evidence, "notRemade")).toEqual([1, 2, null]);
    expect(value(evidence, "torn")).toEqual([1, 60, null]);
    expect(value(evidence, "lost")).toEqual([200, 8000, null]);
  });

  it("says what it could not look at where recipes or training rows are not here, and counts the others", async () => {
    const absent = { different: null, isRemade: null, reason: "its recipes are not here" };
    const some = await predictionsEvidence({
      ledger,
      again: () => Promise.resolve([finding("first"), finding("second", absent)]),
      killed: () => Promise.resolve(calm),
    });
    expect(value(some, "different")).toEqual([0, 3, "its recipes are not here"]);
    const none = await predictionsEvidence({
      ledger,
      again: () => Promise.resolve([finding("first", absent), finding("second", absent)]),
      killed: () => Promise.resolve(calm),
    });
    expect(value(none, "different")).toEqual([null, 0, "its recipes are not here"]);
  });

  it("finds every ledger whole that a killed process left behind, and no line lost among four", async () => {
    expect(await killedRegistrations({ kills: 4 })).toEqual({ ...calm, kills: 4 });
  }, 60_000);
});
