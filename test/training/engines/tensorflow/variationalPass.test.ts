import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { standardNormals } from "../../../../src/training/standardNormals.js";
import { batchNumbers } from "../../../../src/training/engines/tensorflow/batchNumbers.js";
import { startTensorflow } from "../../../../src/training/engines/tensorflow/startTensorflow.js";
import { variationalPass } from "../../../../src/training/engines/tensorflow/variationalPass.js";
import { meanLoss } from "../../../../src/training/engines/TrainingEngine.js";
import { trainingTask } from "../../../../src/training/trainingTask.js";
import { typescriptTraining } from "../../../../src/training/engines/typescript/typescriptTraining.js";
import { learnable, range } from "../../tasks.js";

describe("variationalPass", () => {
  it("gives the slopes of the bound with fixed noise that finite differences find", async () => {
    const { task } = trainingTask(learnable(40), { hidden: [5], activation: "tanh" }, seededRandom(1), {
      targetShare: 0.7,
    });
    const size = task.weights.length;
    const [prior, samples, rows] = [{ deviation: 0.8, dataWeight: 40 }, 3, range(0, 30)];
    const noise = standardNormals(samples * size, seededRandom(2));
    const random = seededRandom(3);
    const beliefs = Float32Array.from({ length: 2 * size }, (_, i) =>
      i < size ? task.weights[i] : Math.log(0.05 + 0.3 * random()),
    );

    const bound = async (at: Float64Array): Promise<number> => {
      let sum = 0;
      for (let s = 0; s < samples; s++) {
        const weights = Float64Array.from(
          { length: size },
          (_, i) => at[i] + Math.exp(at[size + i]) * noise[s * size + i],
        );
        // The engine begins in float64 with what it is given.
        sum +=
          meanLoss(
            await typescriptTraining.open({ ...task, weights: weights as unknown as Float32Array }).loss(rows),
            task.targetShare,
          ) / samples;
      }
      for (let i = 0; i < size; i++) {
        const deviation = Math.exp(at[size + i]);
        sum +=
          (Math.log(prior.deviation / deviation) + (deviation ** 2 + at[i] ** 2) / (2 * prior.deviation ** 2) - 0.5) /
          prior.dataWeight;
      }
      return sum;
    };
    const backend = await startTensorflow("wasm");
    const { tf } = backend;
    const batch = batchNumbers(
      Array.from({ length: samples }, () => ({ task, rows, step: null })),
      0,
    );
    const [gradient] = await backend.compute(() => [
      variationalPass(
        backend,
        task,
        tf.tensor2d(beliefs, [1, 2 * size]),
        tf.tensor2d(noise, [samples, size]),
        batch,
        prior,
      ).gradient,
    ]);
    const step = 1e-5;
    for (let i = 0; i < 2 * size; i++) {
      const moved = async (by: number): Promise<number> =>
        bound(Float64Array.from(beliefs, (value, j) => (i === j ? value + by : value)));
      const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
      expect(Math.abs(gradient[i] - slope)).toBeLessThan(2e-6 + 2e-5 * Math.abs(slope));
    }
  });
});
