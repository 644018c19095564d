import { describe, expect, it } from "vitest";
import { lockedTest, splitSha256, touchTest } from "../../../src/problems/phase/lockedTest.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { splitByBatch } from "../../../src/problems/phase/phaseTable.js";

describe("lockedTest", () => {
  it("has the rows that were locked, and refuses to be touched with others", async () => {
    const { seed, rows, manifest } = lockedTest;
    const { table } = await generateExperiments({ rows, seed });
    const data = { seed, table, split: splitByBatch(table, seed) };
    expect(splitSha256(data)).toBe(manifest);
    const { split } = data;
    const other = { ...data, split: { ...split, test: split.test.slice(1), train: split.train } };
    await expect(touchTest(other, "phase network", [])).rejects.toThrow(/must have the manifest 666f0ceb/);
  }, 120_000);
});
