import { describe, expect, it } from "vitest";
import { makeMatrix, selectMatrixRows } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Candidate } from "../../../src/problems/fewRows/Candidate.js";
import { forestNumber } from "../../../src/problems/fewRows/forestNumber.js";
import { networkNumber } from "../../../src/problems/fewRows/networkNumber.js";
import {
  constantNumber,
  quantityProcess,
  ridge,
  type TargetRows,
} from "../../../src/problems/fewRows/targetCandidates.js";

const rows = 40;
const all = makeMatrix(
  ["x", "y"],
  Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? i / 20 : Math.cos(i))),
);
const places = Uint32Array.from({ length: rows }, (_, row) => row);
const rowsOf = (target: (x: number, y: number) => number): TargetRows => ({
  features: all,
  places,
  target: Float64Array.from(places, (row) => target(all.values[2 * row], all.values[2 * row + 1])),
});
const fresh: TargetRows = {
  features: makeMatrix(["x", "y"], Float32Array.of(1.23, 0.4, 40, 0.4)),
  places: new Uint32Array(0),
  target: new Float64Array(0),
};

async function answers(candidate: Candidate<TargetRows>, learnedFrom: TargetRows): Promise<Float64Array> {
  const learned = await candidate.fit(learnedFrom, seededRandom(1));
  return candidate.answerer(learned as never)(fresh);
}

describe("ways to tell a number", () => {
  it("by the mean: of every row the same, as sure of each", async () => {
    const [near, sure, far, alike] = await answers(
      constantNumber,
      rowsOf((x) => 2 * x),
    );
    expect(near).toBeCloseTo(3.9, 6);
    expect([far, sure, alike]).toEqual([near, 1, 1]);
  });

  it("by ridge without a penalty: a line of the features as they are, scale and all", async () => {
    const [near, sure, far] = await answers(
      ridge("line", [0], 0),
      rowsOf((x) => 5 - 3 * x),
    );
    expect(near).toBeCloseTo(5 - 3 * 1.23, 4);
    expect(far).toBeCloseTo(5 - 3 * 40, 3);
    expect(sure).toBe(1);
  });

  it("by a Gaussian process: sure near its rows, and not far from them", async () => {
    const [near, sure, , unsure] = await answers(
      quantityProcess("process", [0, 1], all),
      rowsOf((x) => Math.sin(3 * x)),
    );
    expect(near).toBeCloseTo(Math.sin(3 * 1.23), 1);
    expect(unsure).toBeGreaterThan(5 * sure);
  });

  it("by a Gaussian process: from places alone, so that its centres are kept once", async () => {
    const process = quantityProcess("process", [0], all);
    const some = Uint32Array.from({ length: 20 }, (_, i) => 2 * i);
    const whole = rowsOf((x) => x * x);
    const few = {
      features: selectMatrixRows(all, some),
      places: some,
      target: Float64Array.from(some, (row) => whole.target[row]),
    };
    const learned = (await process.fit(few, seededRandom(1))) as object;
    expect(Object.keys(learned)).not.toContain("features");
    const [value] = process.answerer(learned as never)(fresh);
    expect(value).toBeCloseTo(1.23 ** 2, 1);
  });

  it("by a forest: what rows nearby are, never beyond them", async () => {
    const [near, sure, far] = await answers(
      forestNumber("forest", [0, 1]),
      rowsOf((x) => x * x),
    );
    expect(Math.abs(near - 1.23 ** 2)).toBeLessThan(0.3);
    expect(far).toBeGreaterThan(3);
    expect(far).toBeLessThanOrEqual(3.9 ** 2);
    expect(sure).toBe(1);
  });

  it("by small networks: the same numbers for a seed, whatever the scale of the quantity", async () => {
    const small = networkNumber("network", [0, 1]);
    const told = await answers(
      small,
      rowsOf((x) => 1000 + 500 * Math.tanh(x - 1)),
    );
    expect(Math.abs(told[0] - (1000 + 500 * Math.tanh(0.23)))).toBeLessThan(60);
    expect(told).toEqual(
      await answers(
        small,
        rowsOf((x) => 1000 + 500 * Math.tanh(x - 1)),
      ),
    );
  });
});
