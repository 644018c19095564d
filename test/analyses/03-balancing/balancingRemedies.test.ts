import { beforeAll, describe, expect, it } from "vitest";
import { phaseCodes, splitByBatch } from "../../../src/problems/phase/phaseTable.js";
import {
  rareClasses,
  remedies,
  type TrainingRows,
  trainRemedied,
} from "../../../src/analyses/03-balancing/balancingRemedies.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { splitParts, type Split } from "../../../src/core/Split.js";
import { textsOf, type Table } from "../../../src/core/Table.js";
import { encode } from "../../../src/features/encode.js";
import { fitEncoder } from "../../../src/features/fitEncoder.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { targetedExperiments } from "../../../src/generation/targetedExperiments.js";

let table: Table;
let split: Split;
let rows: TrainingRows;

const countsOf = (labels: Uint8Array): number[] =>
  [0, 1, 2, 3, 4].map((label) => labels.filter((one) => one === label).length);

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 2500, seed: 5 }));
  split = splitByBatch(table, 5);
  const encoder = fitEncoder(table, split.train);
  const labels = Uint8Array.from(split.train, (row) => phaseCodes(table)[row]);
  rows = {
    encoder,
    features: encode(encoder, table, split.train),
    labels,
    targeted: await targetedExperiments({ seed: 6, labsSeed: 5, perClass: Math.max(...countsOf(labels)) }),
  };
});

describe("splitByBatch", () => {
  it("keeps every batch in one part, covers all rows, and gives every part all classes", () => {
    const batches = textsOf(table, "batch");
    const partsOf = new Map<string, Set<string>>();
    for (const part of splitParts)
      for (const row of split[part]) partsOf.set(batches[row], (partsOf.get(batches[row]) ?? new Set()).add(part));
    expect([...partsOf.values()].every((parts) => parts.size === 1)).toBe(true);
    expect(splitParts.reduce((sum, part) => sum + split[part].length, 0)).toBe(2500);
    for (const part of splitParts)
      expect(new Set(Array.from(split[part], (row) => phaseCodes(table)[row])).size).toBe(5);
  });
});

describe("remedies", () => {
  it("leave the training rows first and in order, unless they take rows away, and fill every class up", async () => {
    const most = Math.max(...countsOf(rows.labels));
    for (const { name, apply } of remedies) {
      const { features, labels, weights } = await apply(rows, seededRandom(1));
      expect(features.rows).toBe(labels.length);
      if (name === "under-sampling") {
        expect(countsOf(labels)).toEqual(countsOf(labels).map(() => Math.min(...countsOf(rows.labels))));
        continue;
      }
      expect(features.values.subarray(0, rows.features.values.length)).toEqual(rows.features.values);
      expect(labels.subarray(0, rows.labels.length)).toEqual(rows.labels);
      if (name === "as it is" || name === "class weights")
        expect([labels.length, weights === undefined]).toEqual([rows.labels.length, name === "as it is"]);
      else if (name === "ADASYN")
        for (const [label, count] of Object.entries(rareClasses(rows.labels)))
          expect(Math.abs(countsOf(labels)[Number(label)] - count)).toBeLessThanOrEqual(
            countsOf(rows.labels)[Number(label)] / 2,
          );
      else expect(countsOf(labels)).toEqual(countsOf(rows.labels).map(() => most));
    }
  });

  it("train under the shares that the loss sees: equal ones with class weights, the labels' own as it is", async () => {
    const test = encode(rows.encoder, table, split.test);
    const [asItIs, weights] = await Promise.all(
      ["as it is", "class weights"].map(async (name) =>
        trainRemedied(await remedies.find((one) => one.name === name)!.apply(rows, seededRandom(1)), test),
      ),
    );
    weights.trainedShares.forEach((share) => expect(share).toBeCloseTo(0.2, 12));
    asItIs.trainedShares.forEach((share, label) =>
      expect(share).toBeCloseTo(countsOf(rows.labels)[label] / rows.labels.length, 12),
    );
    expect(asItIs.probabilities).toHaveLength(5 * split.test.length);
    expect(asItIs.converged && weights.converged).toBe(true);
  });
});
