import { existsSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type * as evidenceFiles from "../../../src/io/evidence/evidenceFiles.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { optunaEvidence } from "../../../src/workspace/proofs/optunaProof.js";

const recorded = vi.hoisted(() => ({ paths: [] as readonly string[] }));
vi.mock("../../../src/io/evidence/evidenceFiles.js", async (original) => ({
  ...(await original<typeof evidenceFiles>()),
  recordedEvidence: async (
    { inputs, source }: { readonly inputs: readonly string[]; readonly source: readonly string[] },
    make: () => Promise<{ readonly measurements: readonly unknown[] }>,
  ) => {
    recorded.paths = [...inputs, ...source];
    return make();
  },
}));

const alike = {
  ...{ read: 9, checked: 450, different: 0, bestDifferent: 0, importances: 40, importance: 1e-15 },
  ...{ added: 60, lost: 0 },
};

describe("optunaEvidence", () => {
  it("counts what differs on both ways (planted), and names files that are there", async () => {
    const theirs = { ...alike, different: 2, bestDifferent: 1, importance: 0.2, lost: 10 };
    const { measurements } = await optunaEvidence({ run: () => Promise.resolve({ ours: alike, theirs }) });
    expect(measurements).toMatchObject([
      { id: "optuna.different", value: 2, n: 900, threshold: 0 },
      { id: "optuna.bestDifferent", value: 1, n: 18, threshold: 0 },
      { id: "optuna.importance", value: 0.2, n: 80, threshold: 1e-9 },
      { id: "optuna.lost", value: 10, n: 120, threshold: 0 },
    ]);
    for (const path of recorded.paths) expect(existsSync(projectPath(path)), path).toBe(true);
  });

  it("measures nothing, with the reason, where there is no Python with Optuna", async () => {
    const { measurements } = await optunaEvidence({ run: () => Promise.resolve({}) });
    expect(measurements).toHaveLength(4);
    for (const one of measurements)
      expect(one).toMatchObject({ value: null, reason: expect.stringMatching(/no Python/) as unknown });
  });
});
