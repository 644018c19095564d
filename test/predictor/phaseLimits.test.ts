import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { makeMatrix, selectMatrixRows } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { coveragePromise, formatCoveragePromise } from "../../src/predictor/coveragePromise.js";
import { parsePhaseLimits, phaseAnswers, type PhaseLimits } from "../../src/predictor/phaseLimits.js";
import { fitPhaseLimits } from "../../src/problems/phase/fitPhaseLimits.js";
import { conformalSets } from "../../src/uncertainty/conformal/conformalSets.js";
import { fitConformalSets } from "../../src/uncertainty/conformal/fitConformalSets.js";
import { holdsClass } from "../../src/uncertainty/conformal/labelSets.js";
import { normal } from "../training/tasks.js";

type Data = Parameters<typeof fitPhaseLimits>[0];

const rare = 2;

/** Rows of which every `every`-th is of a phase that the model hardly believes in; the rest it mostly gets right. */
function someRows(
  rows: number,
  seed: number,
  every: number,
): { readonly data: Data; readonly probabilities: Float64Array } {
  const random = seededRandom(seed);
  const labels = Uint8Array.from({ length: rows }, (_, row) => (row % every === 0 ? rare : [0, 1, 3, 4][row % 4]));
  const probabilities = Float64Array.from(
    Array.from(labels).flatMap((label) => {
      const weights = phaseNames.map((_, k) => Math.exp(normal(random) + (k === label ? (label === rare ? 0 : 3) : 0)));
      const sum = weights.reduce((a, b) => a + b);
      return weights.map((weight) => weight / sum);
    }),
  );
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const features = makeMatrix(
    ["lnTime", "lnLead"],
    Float32Array.from({ length: 2 * rows }, () => normal(random)),
  );
  return {
    data: {
      seed: 1,
      encoder: { version: 1, columns: [], unseen: "ignore", trainingRows: rows },
      features,
      labels,
      split: { train: all, tune: all, calibrate: all, test: all },
      groups: null,
      splitBy: "row",
    },
    probabilities,
  };
}

/** Share of rows of a phase whose set holds it. */
function coverageOf(phase: number, labels: Uint8Array, sets: Uint32Array): number {
  const own = Array.from(labels.keys()).filter((row) => labels[row] === phase);
  return own.filter((row) => holdsClass(sets[row], phase)).length / own.length;
}

describe("fitPhaseLimits", () => {
  const { data, probabilities } = someRows(6_000, 1, 20);
  const limits = fitPhaseLimits(data, probabilities);
  const test = someRows(6_000, 2, 20);

  it("keeps 90 % of each phase, where one threshold for all loses half of the worst", () => {
    const own = conformalSets(limits.sets, test.probabilities);
    // 300 rows to calibrate and 300 to test: standard error √(2 · 0.1 · 0.9 / 300) = 0.024.
    for (const k of phaseNames.keys()) expect(Math.abs(coverageOf(k, test.data.labels, own) - 0.9)).toBeLessThan(0.08);
    const pooled = conformalSets(fitConformalSets(probabilities, data.labels, { alpha: 0.1 }), test.probabilities);
    expect(coverageOf(rare, test.data.labels, pooled)).toBeLessThan(0.5);
  });

  it("puts a phase with too few calibrate rows into every set, says so, and leaves the others their promise", () => {
    const few = someRows(800, 3, 120);
    const { sets } = fitPhaseLimits(few.data, few.probabilities);
    const promise = coveragePromise({ sets });
    expect(promise.phases[rare]).toEqual({
      phase: "CsPb2Br5",
      rows: 7,
      batches: null,
      reason: "alpha = 0.1 needs at least 9 calibration rows; got 7",
    });
    const made = conformalSets(sets, test.probabilities);
    expect(coverageOf(rare, test.data.labels, made)).toBe(1);
    expect(made.every((set) => holdsClass(set, rare))).toBe(true);
    for (const k of [0, 1, 3, 4]) expect(Math.abs(coverageOf(k, test.data.labels, made) - 0.9)).toBeLessThan(0.08);
    expect(formatCoveragePromise(promise)).toBe(
      "sets promise 90 % for each phase, in new rows, from calibrate rows: CsPbBr3 193, Cs4PbBr6 200, coexistence " +
        "200, no target product 200\nCsPb2Br5 is in every set: alpha = 0.1 needs at least 9 calibration rows; " +
        "got 7",
    );
  });

  it("promises for new batches where rows come in batches, and counts those of each phase", () => {
    const groups = Array.from(data.labels.keys(), (row) => `b${row % 60}`);
    const promise = coveragePromise(fitPhaseLimits({ ...data, groups, splitBy: "batch" }, probabilities));
    // Every 20th row is of the rare phase, so that batches 0, 20 and 40 hold all of them.
    expect(promise.of).toBe("new batches");
    expect(promise.phases[rare]).toEqual({
      phase: "CsPb2Br5",
      rows: 300,
      batches: 3,
      reason: "alpha = 0.1 needs at least 9 calibration groups; got 3",
    });
    expect(promise.phases[1]).toMatchObject({ rows: 1500, batches: 15, reason: null });
    expect(formatCoveragePromise(promise)).toContain(
      "in new batches, from calibrate rows: CsPbBr3 1,200 in 12 batches",
    );
  });

  it("gives the same answers, bit for bit, from its JSON", () => {
    const { uncalibrated, ...plain } = limits;
    expect(uncalibrated).toBeNull();
    const again = parsePhaseLimits(JSON.parse(JSON.stringify(plain)), "here");
    expect(again).toEqual(plain);
    const features = selectMatrixRows(
      test.data.features,
      Uint32Array.from({ length: 200 }, (_, row) => row),
    );
    const own = test.probabilities.subarray(0, 1_000);
    expect(phaseAnswers(again, features, own)).toEqual(phaseAnswers(plain, features, own));
  });

  it("makes sets of the network's own probabilities, whatever the calibrator makes of them", () => {
    const { sets } = limits;
    const { features } = test.data;
    const answers = phaseAnswers(
      { ...limits, calibrator: { ...limits.calibrator!, temperature: 3 } as PhaseLimits["calibrator"] },
      features,
      test.probabilities,
    );
    expect(answers.map(({ set }) => set)).toEqual(
      Array.from(conformalSets(sets, test.probabilities), (set) => phaseNames.filter((_, k) => holdsClass(set, k))),
    );
    expect(answers[0].probabilities).not.toEqual(phaseAnswers(limits, features, test.probabilities)[0].probabilities);
  });

  it("calls a row that lies outside in any way not in the domain", () => {
    const answers = phaseAnswers(
      limits,
      makeMatrix(["lnTime", "lnLead"], Float32Array.of(0, 0, 9, 0)),
      probabilities.subarray(0, 10),
    );
    expect(answers.map(({ inDomain }) => inDomain)).toEqual([true, false]);
    expect(answers[1].outside[0]).toBe("reaction time (lnTime) above the training range");
  });
});

describe("parsePhaseLimits", () => {
  it("refuses limits of the earlier version and asks to train again, and a model without any", () => {
    const { data, probabilities } = someRows(400, 1, 20);
    const { uncalibrated: _, ...limits } = fitPhaseLimits(data, probabilities);
    const earlier = { calibrator: limits.calibrator, sets: limits.sets, domain: limits.domain.ranges };
    expect(() => parsePhaseLimits(earlier, "models/x")).toThrow(
      "models/x: must be a model of the phase that carries its limits, version 2; " +
        "got limits of another version; train it again with `twin train`",
    );
    expect(() => parsePhaseLimits({ ...limits, version: 3 }, "models/x")).toThrow(
      "got limits of another version; train it again",
    );
    expect(() => parsePhaseLimits(null, "models/x")).toThrow("got one without; name a model that `twin train` saved");
  });
});
