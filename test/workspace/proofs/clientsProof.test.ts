import { existsSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import type * as evidenceFiles from "../../../src/io/evidence/evidenceFiles.js";
import { clientsEvidence } from "../../../src/workspace/proofs/clientsProof.js";

const recorded = vi.hoisted(() => ({ inputs: [] as readonly string[] }));
vi.mock("../../../src/io/evidence/evidenceFiles.js", async (original) => ({
  ...(await original<typeof evidenceFiles>()),
  recordedEvidence: async (
    { inputs }: { readonly inputs: readonly string[] },
    make: () => Promise<{ readonly measurements: readonly unknown[] }>,
  ) => {
    recorded.inputs = inputs;
    return make();
  },
}));

beforeEach(() => {
  recorded.inputs = [];
});

describe("clientsEvidence", () => {
  it("counts the runs that fail or differ (planted), of all", async () => {
    const { measurements } = await clientsEvidence({
      run: () => Promise.resolve({ numPassedTests: 18, numFailedTests: 2 }),
    });
    expect(measurements).toMatchObject([{ id: "clients.different", value: 2, n: 20 }]);
    for (const path of recorded.inputs) expect(existsSync(projectPath(path)), path).toBe(true);
  });

  it("measures nothing, with the reason, where there is no such Python", async () => {
    const { measurements } = await clientsEvidence({
      run: () => Promise.resolve({ numPassedTests: 0, numFailedTests: 0 }),
    });
    expect(measurements).toMatchObject([{ value: null, reason: expect.stringMatching(/no Python/) as unknown }]);
  });
});
