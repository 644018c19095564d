import { expect, it } from "vitest";
import { canonicalJson } from "../../../src/core/canonicalJson.js";
import { rehearseRollout } from "../../../src/problems/phase/rehearseRollout.js";
import { rolloutPlan } from "../../../src/problems/phase/rolloutPlan.js";

it("rehearseRollout withdraws the bad version, and its champion answers after a rollback as before", async () => {
  const first = await rehearseRollout(rolloutPlan, { seed: 3 });
  const { report, rollback, registry, history, champion, challenger } = first;
  expect(report.verdict).toBe("abort");
  expect(report.harms.wrong.evidence).toBeGreaterThanOrEqual(report.harms.wrong.threshold);
  expect(rollback).toMatchObject({ bitwiseEqual: true, tellsApart: true, hashMismatches: 0, probes: 64 });
  expect(rollback.proof.after).toBe(rollback.proof.before);
  expect(champion).not.toBe(challenger);
  expect(registry).toEqual({ versions: 2, entries: 7, mismatches: [] });
  expect(history[4]).toMatch(/^roll back the challenger to nobody: wrong \d+ of \d+/);
  expect(history[6]).toBe("roll back the champion to version 1: rehearsal of a rollback");
  // A rehearsal is known by its hash: no time, no place and no process stands in it.
  expect(canonicalJson(await rehearseRollout(rolloutPlan, { seed: 3 }))).toBe(canonicalJson(first));
}, 60_000);

it("rehearseRollout keeps a canary that is not judged by enough, and says so", async () => {
  const patient = { ...rolloutPlan, alpha: 1e-30 };
  const { report, history } = await rehearseRollout(patient, { seed: 3 });
  expect(report.verdict).not.toBe("abort");
  expect(history).toHaveLength(6);
}, 60_000);
