import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { textsOf } from "../../../src/core/Table.js";
import { trainingExperiments } from "../../../src/problems/phase/phaseExperiments.js";
import { searchRows } from "../../../src/problems/phase/searchRows.js";

describe("searchRows", () => {
  it("gives whole batches of the train part, each in one place", async () => {
    const { table, split } = await trainingExperiments({ seed: 3, rows: 3000 });
    const wanted = { train: 400, choose: 300, fresh: 500 };
    const rows = searchRows({ table, split }, wanted, seededRandom(1));
    const train = new Set(split.train);
    const batches = textsOf(table, "batch");
    const seen = new Map<string, string>();
    for (const [part, own] of Object.entries(rows) as [keyof typeof wanted, Uint32Array][]) {
      expect(own.length).toBeGreaterThanOrEqual(wanted[part]);
      for (const row of own) {
        expect(train.has(row)).toBe(true);
        expect(seen.get(batches[row]) ?? part).toBe(part);
        seen.set(batches[row], part);
      }
    }
  });
});
