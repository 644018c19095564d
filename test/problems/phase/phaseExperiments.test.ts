import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { selectRows, textsOf } from "../../../src/core/Table.js";
import { splitSha256 } from "../../../src/problems/phase/lockedTest.js";
import { rowsOfBatches, trainingExperiments, trueProbabilities } from "../../../src/problems/phase/phaseExperiments.js";
import { trainingThreads } from "../../../src/problems/phase/phaseNetwork.js";

const data = await trainingExperiments({ seed: 5, rows: 3000 });

describe("trainingExperiments", () => {
  it("keeps whole batches in one part, and features of every row in memory that threads share", () => {
    const batches = textsOf(data.table, "batch");
    const trained = new Set(Array.from(data.split.train, (row) => batches[row]));
    expect(Array.from(data.split.test).filter((row) => trained.has(batches[row]))).toEqual([]);
    expect(data.features.values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(data.features.rows).toBe(data.table.numRows);
  });

  it("has one hash of its split per seed", async () => {
    expect(splitSha256(data)).toBe(splitSha256(await trainingExperiments({ seed: 5, rows: 3000 })));
    expect(splitSha256(data)).not.toBe(splitSha256(await trainingExperiments({ seed: 6, rows: 3000 })));
  });
});

describe("rowsOfBatches", () => {
  const pick = rowsOfBatches(data.table, data.split.train, seededRandom(2));

  it("takes whole batches, as many as hold the rows wanted, and more rows hold the fewer", () => {
    const [few, more] = [pick(300), pick(900)];
    expect(few.length).toBeGreaterThanOrEqual(300);
    const inMore = new Set(more);
    expect(Array.from(few).every((row) => inMore.has(row))).toBe(true);
    const batches = textsOf(selectRows(data.table, few), "batch");
    const all = textsOf(data.table, "batch");
    for (const batch of new Set(batches))
      expect(batches.filter((one) => one === batch)).toHaveLength(
        Array.from(data.split.train).filter((row) => all[row] === batch).length,
      );
  });

  it("refuses more rows than there are", () => {
    expect(() => pick(1e6)).toThrow(/1000000 rows were asked for; the batches hold/);
  });
});

describe("trainingThreads", () => {
  it("are as many as asked for, and refuses what is no number of threads", () => {
    expect(trainingThreads({ wanted: "2" })).toBe(2);
    for (const wanted of ["0", "two", "9", "-1", "1.5", ""])
      expect(() => trainingThreads({ wanted })).toThrow(/TWIN_WORKERS: must be a whole number of threads from 1 to 8/);
  });
});

describe("trueProbabilities", () => {
  it("are those of the twin, five that sum to 1 for each row asked for", () => {
    const probabilities = trueProbabilities(data.table, data.split.test);
    expect(probabilities).toHaveLength(5 * data.split.test.length);
    for (let row = 0; row < data.split.test.length; row++)
      expect(probabilities.subarray(5 * row, 5 * row + 5).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  });
});
