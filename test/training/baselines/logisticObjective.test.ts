import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { logisticObjective, type LogisticProblem } from "../../../src/training/baselines/logisticObjective.js";

function problem(rows: number) {
  const random = seededRandom(rows);
  const features = makeMatrix(
    ["a", "b", "c"],
    Float32Array.from({ length: 3 * rows }, () => 4 * random() - 2),
  );
  const labels = Uint8Array.from({ length: rows }, () => Math.floor(4 * random()));
  const rowFactors = Float64Array.from({ length: rows }, () => 2 * random());
  const parameters = Float64Array.from({ length: 16 }, () => 2 * random() - 1);
  return { data: { features, labels, classes: 4, rowFactors, ridge: 0.7 }, parameters };
}

/** The same objective in plain loops: over columns, and over rows in fours. */
function plainObjective(
  { features, labels, classes, rowFactors, ridge }: LogisticProblem,
  parameters: Float64Array,
  gradient: Float64Array,
): number {
  const { rows, columns, values } = features;
  const at = (row: number, j: number): number => (j < columns ? values[row * columns + j] : 1);
  let loss = 0;
  for (let first = 0; first < rows; first += 4) {
    const residuals = [0, 1, 2, 3].map((r) => {
      const row = first + r;
      if (row >= rows) return new Float64Array(classes);
      const logits = Float64Array.from({ length: classes }, (_, k) => {
        let logit = parameters[k * (columns + 1) + columns];
        for (let j = 0; j < columns; j++) logit += parameters[k * (columns + 1) + j] * at(row, j);
        return logit;
      });
      const highest = Math.max(...logits);
      const odds = logits.map((logit) => Math.exp(logit - highest));
      const total = odds.reduce((a, b) => a + b);
      loss += rowFactors[row] * (Math.log(total) - (logits[labels[row]] - highest));
      return odds.map((one, k) => one * (rowFactors[row] / total) - (k === labels[row] ? rowFactors[row] : 0));
    });
    for (let k = 0; k < classes; k++)
      for (let j = 0; j <= columns; j++) {
        const [a, b, c, d] = residuals.map((of, r) => of[k] * at(Math.min(first + r, rows - 1), j));
        gradient[k * (columns + 1) + j] += a + b + c + d;
      }
  }
  for (let k = 0; k < classes; k++)
    for (let i = k * (columns + 1); i < k * (columns + 1) + columns; i++) {
      loss += (ridge / 2) * parameters[i] ** 2;
      gradient[i] += ridge * parameters[i];
    }
  return loss;
}

describe("logisticObjective", () => {
  it("has the gradient of finite differences, for 1 to 9 rows: every remainder by four", () => {
    for (let rows = 1; rows <= 9; rows++) {
      const { data, parameters } = problem(rows);
      const objective = logisticObjective(data);
      const [gradient, scratch] = [new Float64Array(16), new Float64Array(16)];
      objective(parameters, gradient);
      const h = 1e-5;
      for (let at = 0; at < 16; at++) {
        const at2 = (shift: number): number =>
          objective(
            Float64Array.from(parameters, (value, i) => (i === at ? value + shift : value)),
            scratch,
          );
        expect(Math.abs(gradient[at] - (at2(h) - at2(-h)) / (2 * h))).toBeLessThan(1e-8 * rows);
      }
    }
  });

  it("is the sum that its formula says, written out plainly", () => {
    const { data, parameters } = problem(7);
    let expected = 0;
    for (let row = 0; row < 7; row++) {
      const odds = [0, 1, 2, 3].map((k) =>
        Math.exp(
          parameters[4 * k + 3] +
            [0, 1, 2].reduce((sum, j) => sum + parameters[4 * k + j] * data.features.values[3 * row + j], 0),
        ),
      );
      expected -= data.rowFactors[row] * Math.log(odds[data.labels[row]] / odds.reduce((a, b) => a + b));
    }
    expected += 0.35 * parameters.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value ** 2), 0);
    expect(logisticObjective(data)(parameters, new Float64Array(16))).toBeCloseTo(expected, 12);
  });

  it("has the bits of plain loops in float64, for odd and even classes and across blocks of rows", () => {
    for (const [rows, classes] of [
      [1, 2],
      [63, 5],
      [131, 4],
      [200, 3],
    ]) {
      const data = { ...problem(rows).data, classes };
      const labels = data.labels.map((label) => label % classes);
      const parameters = Float64Array.from({ length: 4 * classes }, (_, i) => Math.sin(i + 1));
      const [gradient, plain] = [new Float64Array(4 * classes), new Float64Array(4 * classes)];
      const loss = logisticObjective({ ...data, labels })(parameters, gradient);
      expect(loss).toBe(plainObjective({ ...data, labels }, parameters, plain));
      expect(gradient).toEqual(plain);
    }
  });

  it("stays finite where logits are thousands apart", () => {
    const { data, parameters } = problem(5);
    const gradient = new Float64Array(16);
    expect(
      Number.isFinite(
        logisticObjective(data)(
          parameters.map((value) => value * 1e4),
          gradient,
        ),
      ),
    ).toBe(true);
    expect(gradient.every((slope) => Number.isFinite(slope))).toBe(true);
  });
});
