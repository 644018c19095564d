import { makeMatrix } from "../../../src/core/Matrix.js";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import type { Random } from "../../../src/core/random/Random.js";
import { classForest, constantShares, logistic, withRoom } from "../../../src/problems/fewRows/classCandidates.js";
import { constantAnswer, constantNumber, ridge } from "../../../src/problems/fewRows/targetCandidates.js";
import type { RealProblem } from "../../../src/problems/rivals/RealProblem.js";
import type { RealSplit } from "../../../src/problems/rivals/realSplit.js";
import { recipesOfTwo } from "./recipesOfTwo.js";

export interface PlantedRivals {
  readonly x: Float32Array;
  readonly byRecipe: RealSplit;
  /** 3x and a little noise: a constant and a ridge. */
  readonly line: RealProblem;
  /** Whether x and a little noise is above 0, beside a class of which there is no row. */
  readonly steps: RealProblem;
}

/**
 * Rows of one feature, even in [-2, 2], whose best rivals are known.
 *
 * @param noise  standard deviation of the line about 3x
 */
export function plantedRivals(rows: number, random: Random, { noise = 0.5 } = {}): PlantedRivals {
  const draw = random.fork("draws");
  const x = Float32Array.from({ length: rows }, () => 4 * draw() - 2);
  const normal = Float64Array.from({ length: rows }, () => boxMuller(draw(), draw())[0]);
  const line: RealProblem = {
    id: "line",
    what: "a line",
    classes: null,
    unit: "nm",
    features: makeMatrix(["x"], x),
    truth: Float64Array.from(x, (one, row) => 3 * one + noise * normal[row]),
    candidates: [constantNumber, ridge("ridge", [0])],
    incumbent: constantAnswer,
  };
  const classes = ["low", "high", "rare"];
  return {
    x,
    byRecipe: recipesOfTwo(rows, random),
    line,
    steps: {
      ...line,
      id: "steps",
      classes,
      unit: "",
      truth: Float64Array.from(x, (one, row) => Number(one + 0.3 * normal[row] > 0)),
      candidates: [
        constantShares(classes),
        logistic("logistic", [0], classes),
        classForest(classes, { trees: 20 }),
      ].map((candidate) => withRoom(candidate, classes)),
    },
  };
}
