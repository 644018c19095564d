import { makeMatrix } from "../../../src/core/Matrix.js";
import type { Random } from "../../../src/core/random/Random.js";
import type { RealProblem } from "../../../src/problems/rivals/RealProblem.js";
import type { RealSplit } from "../../../src/problems/rivals/realSplit.js";
import { sharpenedForecast } from "../../calibration/sharpenedForecast.js";
import { recipesOfTwo } from "./recipesOfTwo.js";

export interface PlantedForecaster {
  readonly problem: RealProblem;
  readonly split: RealSplit;
}

/**
 * A rival that learns nothing and knows of each row the probabilities from which its class was drawn, sharpened by a
 * temperature: 1 / temperature mends it. Three classes, two rows to a recipe.
 */
export function plantedForecaster(rows: number, temperature: number, random: Random): PlantedForecaster {
  const { labels, probabilities } = sharpenedForecast(rows, temperature, random.fork("forecast"));
  return { problem: forecasterOf(Float64Array.from(labels), probabilities), split: recipesOfTwo(rows, random) };
}

/** A rival that says what it is given of each row, whatever it learns from. */
export function forecasterOf(truth: Float64Array, probabilities: Float64Array): RealProblem {
  const width = probabilities.length / truth.length;
  return {
    id: "forecast",
    what: "a forecast",
    classes: Array.from({ length: width }, (_, code) => `class ${code}`),
    unit: "",
    features: makeMatrix(
      ["row"],
      Float32Array.from(truth, (_, row) => row),
    ),
    truth,
    candidates: [
      {
        name: "forecaster",
        fit: () => null,
        answerer:
          () =>
          ({ places }) =>
            Float64Array.from(
              Array.from(places).flatMap((row) => Array.from(probabilities.subarray(row * width, (row + 1) * width))),
            ),
      },
    ],
    incumbent: "forecaster",
  };
}
