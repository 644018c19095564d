import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { projectPath } from "../../src/io/projectPath.js";
import { trainMany, type TrainingJob } from "../../src/training/trainMany.js";
import { trainNetwork } from "../../src/training/trainNetwork.js";
import { classesOf, learnable, range } from "./tasks.js";

const isBuilt = existsSync(projectPath("dist", "training", "trainingWorker.js"));
if (!isBuilt) console.warn("tests of training in threads are skipped: dist is not here; run npm run build");

const data = learnable(600);
const jobs = Array.from({ length: 5 }, (_, i): TrainingJob => ({
  data: { ...classesOf(data), train: range(100 * i, 100 * i + 100), tune: range(500, 600) },
  layers: { hidden: [16] },
  options: { epochs: 4, dropout: 0.1, engine: i === 4 ? "typescript" : "simd" },
}));

describe("trainMany", () => {
  it.skipIf(!isBuilt)(
    "gives the same bytes, histories and predictions with 1 and 2 threads, and tells how far it is",
    async () => {
      const told: string[] = [];
      const [alone, together] = [
        await trainMany(jobs, seededRandom(1)),
        await trainMany(jobs, seededRandom(1), { workers: 2, onProgress: (done, all) => told.push(`${done}/${all}`) }),
      ];
      expect(told).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
      together.forEach(({ network, history, predictor }, i) => {
        expect(Buffer.from(network.weights.buffer).equals(Buffer.from(alone[i].network.weights.buffer))).toBe(true);
        expect(history).toEqual(alone[i].history);
        expect(predictor.predict(data.features)).toEqual(alone[i].predictor.predict(data.features));
      });
      expect(alone[0].network.weights).not.toEqual(alone[1].network.weights);
    },
  );

  it("refuses a job that cannot be trained before it trains any, with the error's kind", async () => {
    const bad = { ...jobs[1], options: { epochs: 0 } };
    const told: number[] = [];
    await expect(
      trainMany([jobs[0], bad], seededRandom(1), { workers: 2, onProgress: (done) => told.push(done) }),
    ).rejects.toMatchObject({ name: "InputError" });
    expect(told).toEqual([]);
    await expect(trainMany(jobs, seededRandom(1), { workers: 0 })).rejects.toThrow("whole number from 1 to 64; got 0");
  });

  it("packs what a tensorflow engine can do together: each job learns what it would alone", async () => {
    const packed = jobs.map((job, i): TrainingJob => ({
      ...job,
      options: {
        ...job.options,
        epochs: 40,
        learningRate: 0.02,
        patience: 2,
        batchSize: i === 3 ? 50 : 30,
        engine: i === 4 ? "simd" : "tensorflow-wasm",
      },
    }));
    const told: string[] = [];
    const together = await trainMany(packed, seededRandom(1), {
      onProgress: (done, all) => told.push(`${done}/${all}`),
    });
    const alone = await Promise.all(
      packed.map(({ data: inputs, layers, options }, i) =>
        trainNetwork(inputs, layers, seededRandom(Math.floor(seededRandom(1).fork(i)() * 2 ** 53)), options),
      ),
    );
    expect(told).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
    expect(together.map(({ engine }) => engine)).toEqual([...Array<string>(4).fill("tensorflow-wasm"), "simd"]);
    expect(new Set(together.map(({ stoppedEpoch }) => stoppedEpoch)).size).toBeGreaterThan(1);
    together.forEach(({ network, history, stoppedEpoch, bestEpoch, engineReason }, i) => {
      expect({ stoppedEpoch, bestEpoch, engineReason }).toEqual({
        stoppedEpoch: alone[i].stoppedEpoch,
        bestEpoch: alone[i].bestEpoch,
        engineReason: "asked for; computes on WebAssembly",
      });
      history.forEach(({ trainLoss }, epoch) =>
        expect(Math.abs(trainLoss - alone[i].history[epoch].trainLoss)).toBeLessThan(1e-4),
      );
      network.weights.forEach((weight, w) => expect(Math.abs(weight - alone[i].network.weights[w])).toBeLessThan(1e-4));
    });
  });

  it("has nothing to do without jobs", async () => {
    expect(await trainMany([], seededRandom(1), { workers: 2 })).toEqual([]);
  });
});
