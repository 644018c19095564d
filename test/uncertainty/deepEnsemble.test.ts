import { beforeAll, describe, expect, it } from "vitest";
import { makeMatrix, type Matrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { trainMany } from "../../src/training/trainMany.js";
import { deepEnsemble } from "../../src/uncertainty/deepEnsemble.js";
import type { UncertainPredictor } from "../../src/uncertainty/Predictive.js";
import { classesOf, learnable, range } from "../training/tasks.js";

const data = learnable(2400);
const held = learnable(300, 2).features;
/** The same rows four times as far out as any that was learned from. */
const far = makeMatrix(
  held.names,
  held.values.map((value) => 4 * value),
);

async function ensembleOn(rows: number): Promise<UncertainPredictor> {
  const jobs = Array.from({ length: 4 }, () => ({
    data: { ...classesOf(data), train: range(0, rows) },
    layers: { hidden: [24] },
    options: { epochs: Math.round(60_000 / rows), batchSize: 32 },
  }));
  return deepEnsemble((await trainMany(jobs, seededRandom(5))).map(({ predictor }) => predictor));
}

function meanEpistemic(predictor: UncertainPredictor, features: Matrix): number {
  const { epistemic } = predictor.predictive(features);
  return epistemic.reduce((a, b) => a + b) / epistemic.length;
}

describe("deepEnsemble", () => {
  let few: UncertainPredictor;
  let many: UncertainPredictor;
  beforeAll(async () => {
    [few, many] = [await ensembleOn(150), await ensembleOn(2400)];
  });

  it("disagrees less with more data", () => {
    expect(meanEpistemic(many, held)).toBeLessThan(0.5 * meanEpistemic(few, held));
  });

  it("disagrees more outside of what it learned", () => {
    expect(meanEpistemic(many, far)).toBeGreaterThan(1.5 * meanEpistemic(many, held));
  });

  it("predicts the mean of its members", () => {
    expect(many.predict(held)).toEqual(many.predictive(held).probabilities);
  });

  it("of equal members does not disagree", () => {
    const twice = deepEnsemble([many, many]);
    expect(Math.max(...twice.predictive(held).epistemic)).toBeLessThan(1e-12);
  });

  it("refuses one member and members of other classes", () => {
    expect(() => deepEnsemble([many])).toThrow("at least two members");
    expect(() => deepEnsemble([many, { ...many, classes: ["p", "q"] }])).toThrow("member 1 has p, q");
  });
});
