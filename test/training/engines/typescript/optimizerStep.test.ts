import { describe, expect, it } from "vitest";
import { layersOf } from "../../../../src/training/layersOf.js";
import { type Optimizer, optimizerNumbers } from "../../../../src/training/Optimizer.js";
import { meanLoss } from "../../../../src/training/engines/TrainingEngine.js";
import { backwardPass } from "../../../../src/training/engines/typescript/backwardPass.js";
import { forwardPass } from "../../../../src/training/engines/typescript/forwardPass.js";
import { optimizerStep } from "../../../../src/training/engines/typescript/optimizerStep.js";
import { outputLoss } from "../../../../src/training/engines/typescript/outputLoss.js";
import { golden, goldenAnswers, goldenArchitecture, goldenInputs, goldenWeights } from "../../goldenNetwork.js";

const paths: readonly (readonly [string, Optimizer, number])[] = [
  ["adam_lr.01", { name: "adam" }, 0.01],
  ["adamw_lr.01_wd.1", { name: "adamW", weightDecay: 0.1 }, 0.01],
  ["sgd_lr.1_mom.9", { name: "sgd", momentum: 0.9 }, 0.1],
  ["sgd_nesterov", { name: "sgd", momentum: 0.9, nesterov: true }, 0.1],
];

describe("optimizerStep", () => {
  it.each(paths)("takes PyTorch's path to 1e-9 over five steps: %s", (name, optimizer, rate) => {
    const architecture = goldenArchitecture("tanh");
    const weights = goldenWeights.slice();
    const state = { step: 0, first: new Float64Array(weights.length), second: new Float64Array(weights.length) };
    const losses: number[] = [];
    for (let step = 0; step < 5; step++) {
      const pass = forwardPass(architecture, weights, goldenInputs, null);
      const { sums, slopes } = outputLoss(architecture, pass.values.at(-1)!, goldenAnswers, {
        labelSmoothing: 0,
        targetShare: 1,
      });
      losses.push(meanLoss(sums, 1));
      optimizerStep(
        weights,
        backwardPass(architecture, weights, pass, slopes),
        state,
        optimizerNumbers(optimizer),
        rate,
      );
    }
    const expected = golden.cases.optimisers.expected[name];
    const [first, , last] = layersOf(architecture);
    losses.forEach((loss, step) => expect(Math.abs(loss - expected.loss_before_each_step[step])).toBeLessThan(1e-9));
    expected.W0_row0_after.forEach((weight, input) =>
      expect(Math.abs(weights[first.weights + input * first.outputs] - weight)).toBeLessThan(1e-9),
    );
    expected.b2_after.forEach((bias, j) => expect(Math.abs(weights[last.biases + j] - bias)).toBeLessThan(1e-9));
  });
});
