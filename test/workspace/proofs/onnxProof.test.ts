import { existsSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type * as evidenceFiles from "../../../src/io/evidence/evidenceFiles.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { onnxEvidence } from "../../../src/workspace/proofs/onnxProof.js";

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
  ...{ answered: 1_000, whole: 400, probability: 1e-7, quantity: 2e-7, setsDifferent: 0, setsNear: 1 },
  ...{ phasesDifferent: 0, flagsDifferent: 0, overclaimed: 0 },
};

describe("onnxEvidence", () => {
  it("counts what differs over all models (planted), and names files that are there", async () => {
    const other = { ...alike, probability: 0.2, setsDifferent: 3, flagsDifferent: 2, overclaimed: 1 };
    const { measurements } = await onnxEvidence({ run: () => Promise.resolve({ one: alike, other }) });
    expect(measurements).toMatchObject([
      { id: "onnx.probability", value: 0.2, n: 10_000, threshold: 1e-5 },
      { id: "onnx.quantity", value: 2e-7 },
      { id: "onnx.setsDifferent", value: 3, n: 4_000, threshold: 0 },
      { id: "onnx.setsNear", value: 2 },
      { id: "onnx.different", value: 3, n: 2_000, threshold: 0 },
    ]);
    for (const path of recorded.paths) expect(existsSync(projectPath(path)), path).toBe(true);
  });

  it("measures nothing, with the reason, where there is no Python with onnxruntime", async () => {
    const { measurements } = await onnxEvidence({ run: () => Promise.resolve({}) });
    expect(measurements).toHaveLength(5);
    for (const one of measurements)
      expect(one).toMatchObject({ value: null, reason: expect.stringMatching(/no Python/) as unknown });
  });
});
