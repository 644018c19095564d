import { existsSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type * as evidenceFiles from "../../../src/io/evidence/evidenceFiles.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { exportsEvidence } from "../../../src/workspace/proofs/exportsProof.js";

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

const passed = { tables: 3, rows: 900, errors: 0, different: 0, missed: 0 };

describe("exportsEvidence", () => {
  it("counts errors, cells read otherwise and missed faults (planted), and names files that are there", async () => {
    const croissant = { ...passed, errors: 2, different: 7, missed: 1 };
    const run = (): Promise<Record<string, typeof passed | null>> =>
      Promise.resolve({ frictionless: passed, croissant, ord: passed, olympus: null });
    const { measurements } = await exportsEvidence({ run });
    expect(measurements).toMatchObject([
      { id: "exports.frictionlessErrors", value: 0, n: 900, threshold: 0, reason: null },
      { id: "exports.frictionlessDifferent", value: 0 },
      { id: "exports.croissantErrors", value: 3 },
      { id: "exports.croissantDifferent", value: 7 },
      { id: "exports.ordErrors", value: 0 },
      { id: "exports.olympusErrors", value: null, reason: expect.stringMatching(/no Python with/) as unknown },
    ]);
    for (const path of recorded.paths) expect(existsSync(projectPath(path)), path).toBe(true);
  });

  it("claims nothing, with the reason, where no tool or no published table is here", async () => {
    for (const run of [
      () => Promise.resolve({}),
      () => Promise.resolve({ frictionless: { ...passed, tables: 0 }, croissant: null }),
    ]) {
      const { measurements } = await exportsEvidence({ run });
      expect(measurements).toHaveLength(6);
      for (const one of measurements)
        expect(one).toMatchObject({ value: null, reason: expect.stringMatching(/no Python|no published/) as unknown });
    }
  });
});
