import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { makeMatrix } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { coveragePromise, formatCoveragePromise } from "../../src/predictor/coveragePromise.js";
import { makeTable, type Table } from "../../src/core/Table.js";
import type { Encoder } from "../../src/features/Encoder.js";
import type { NetworkAnswers } from "../../src/predictor/meanAnswers.js";
import { recipeColumns } from "../../src/predictor/recipeColumns.js";
import { parsePhaseLimits } from "../../src/predictor/phaseLimits.js";
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
): { readonly data: Data; readonly answers: NetworkAnswers } {
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
  const column = (place: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => Math.exp(features.values[2 * row + place]));
  const table = recipesOf(column(0), column(1));
  return {
    data: {
      seed: 1,
      table,
      hidden: table,
      encoder,
      features,
      labels,
      split: { train: all, tune: all, calibrate: all, test: all },
      groups: null,
      splitBy: "row",
      quantities: [],
      targets: new Float64Array(0),
    },
    answers: { probabilities, targets: new Float64Array(0) },
  };
}

const encoder: Encoder = {
  version: 1,
  columns: [
    { kind: "number", name: "lnTime", unit: "ln(s)", source: { feature: "lnTime" }, mean: 0, scale: 1, fill: 0 },
    { kind: "number", name: "lnLead", unit: "ln(mol/L)", source: { feature: "lnLead" }, mean: 0, scale: 1, fill: null },
  ],
  unseen: "ignore",
  trainingRows: 1,
};

function recipesOf(timeSecond: Float64Array, leadMolar: Float64Array): Table {
  const schema = { timeSecond: recipeColumns.timeSecond, leadMolar: recipeColumns.leadMolar };
  return makeTable(schema, { timeSecond, leadMolar });
}

/** Share of rows of a phase whose set holds it. */
function coverageOf(phase: number, labels: Uint8Array, sets: Uint32Array): number {
  const own = Array.from(labels.keys()).filter((row) => labels[row] === phase);
  return own.filter((row) => holdsClass(sets[row], phase)).length / own.length;
}

describe("fitPhaseLimits", () => {
  const { data, answers } = someRows(6_000, 1, 20);
  const limits = fitPhaseLimits(data, answers);
  const test = someRows(6_000, 2, 20);

  it("keeps 90 % of each phase, where one threshold for all loses half of the worst", () => {
    const own = conformalSets(limits.sets, test.answers.probabilities);
    // 300 rows to calibrate and 300 to test: standard error √(2 · 0.1 · 0.9 / 300) = 0.024.
    for (const k of phaseNames.keys()) expect(Math.abs(coverageOf(k, test.data.labels, own) - 0.9)).toBeLessThan(0.08);
    const pooled = conformalSets(
      fitConformalSets(answers.probabilities, data.labels, { alpha: 0.1 }),
      test.answers.probabilities,
    );
    expect(coverageOf(rare, test.data.labels, pooled)).toBeLessThan(0.5);
  });

  it("puts a phase with too few calibrate rows into every set, says so, and leaves the others their promise", () => {
    const few = someRows(800, 3, 120);
    const { sets, splitBy } = fitPhaseLimits(few.data, few.answers);
    const promise = coveragePromise({ sets, splitBy });
    expect(promise.phases[rare]).toEqual({
      phase: "CsPb2Br5",
      rows: 7,
      batches: null,
      reason: "alpha = 0.1 needs at least 9 calibration rows; got 7",
    });
    const made = conformalSets(sets, test.answers.probabilities);
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
    const promise = coveragePromise(fitPhaseLimits({ ...data, groups, splitBy: "batch" }, answers));
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

  it("is the same after JSON, and keeps at most 4,000 of the calibrate rows, drawn with the seed", () => {
    const { uncalibrated, ...plain } = limits;
    expect(uncalibrated).toBeNull();
    expect(parsePhaseLimits(JSON.parse(JSON.stringify(plain)), "here")).toEqual(plain);
    const { numbers, phases } = limits.calibrateRows;
    expect(phases).toHaveLength(4_000);
    expect(numbers.timeSecond).toHaveLength(4_000);
    expect(fitPhaseLimits(data, answers).calibrateRows).toEqual(limits.calibrateRows);
    expect(fitPhaseLimits({ ...data, seed: 2 }, answers).calibrateRows).not.toEqual(limits.calibrateRows);
  });
});

describe("parsePhaseLimits", () => {
  it("refuses limits of the earlier version and asks to train again, and a model without any", () => {
    const { data, answers } = someRows(400, 1, 20);
    const { uncalibrated: _, ...limits } = fitPhaseLimits(data, answers);
    const earlier = { calibrator: limits.calibrator, sets: limits.sets, domain: limits.domain.ranges };
    expect(() => parsePhaseLimits(earlier, "models/x")).toThrow(
      "models/x: must be a model of the phase that carries its limits, version 3; " +
        "got limits of another version; train it again with `twin train`",
    );
    expect(() => parsePhaseLimits({ ...limits, version: 2 }, "models/x")).toThrow(
      "got limits of another version; train it again",
    );
    expect(() => parsePhaseLimits(null, "models/x")).toThrow("got one without; name a model that `twin train` saved");
  });
});
