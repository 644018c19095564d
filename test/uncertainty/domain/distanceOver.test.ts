import { inverse, Matrix as Dense } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { makeMatrix } from "../../../src/core/Matrix.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { distanceOver } from "../../../src/uncertainty/domain/distanceOver.js";
import { featureDistances } from "../../../src/uncertainty/domain/featureDistances.js";
import { fitFeatureDistance } from "../../../src/uncertainty/domain/fitFeatureDistance.js";
import { normal } from "../../training/tasks.js";

const names = ["a", "b", "c", "d"];
const random = seededRandom(4);
const rows = 400;
const values = Float32Array.from(
  Array.from({ length: rows }, (_, row) => {
    const [u, v, w] = [normal(random), normal(random), normal(random)];
    return [u + (row % 2), u + 0.3 * v, v - 0.5 * u, w];
  }).flat(),
);
const fitted = fitFeatureDistance(
  makeMatrix(names, values),
  Uint8Array.from({ length: rows }, (_, row) => row % 2),
  2,
);

describe("distanceOver", () => {
  it("is Mahalanobis' distance with the covariance of the known features, by inversion of it", () => {
    const turn = new Dense(fitted.axes.map((axis) => [...axis]));
    const covariance = inverse(turn.transpose().mmul(turn));
    const means = fitted.centres.map((centre) =>
      inverse(turn)
        .mmul(Dense.columnVector([...centre]))
        .to1DArray(),
    );
    for (const kept of [[0], [1, 3], [0, 1, 2], [0, 2, 3]]) {
      const own = distanceOver(fitted, kept);
      const precision = inverse(covariance.selection(kept, kept));
      const point = Float32Array.from(kept, (place) => 0.7 * place - 1);
      const [distance] = featureDistances(own, makeMatrix(own.names, point));
      const squares = means.map((mean) => {
        const off = Dense.columnVector(kept.map((place, i) => point[i] - mean[place]));
        return off.transpose().mmul(precision).mmul(off).get(0, 0);
      });
      expect(distance).toBeCloseTo(Math.sqrt(Math.min(...squares)), 6);
    }
  });

  it("is never larger than over all features, and the same where all are known", () => {
    const all = featureDistances(fitted, makeMatrix(names, values));
    const own = distanceOver(fitted, [1, 2]);
    const some = Float32Array.from({ length: 2 * rows }, (_, i) => values[4 * Math.floor(i / 2) + 1 + (i % 2)]);
    featureDistances(own, makeMatrix(own.names, some)).forEach((one, row) =>
      expect(one).toBeLessThanOrEqual(all[row] + 1e-9),
    );
    expect(distanceOver(fitted, [0, 1, 2, 3])).toEqual(fitted);
  });

  it("refuses to know nothing, and a place that is none", () => {
    expect(() => distanceOver(fitted, [])).toThrow("places of some of the 4 features are needed; got none");
    expect(() => distanceOver(fitted, [0, 4])).toThrow("got 4");
  });
});
