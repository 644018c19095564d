import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { type KeptBytes, keptBytes } from "../../../src/io/keptBytes.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { phaseNetwork, phaseTraining } from "../../../src/problems/phase/phaseNetwork.js";
import {
  phaseSpace,
  phaseTrialJob,
  phaseTrials,
  type PhaseTrialsOptions,
  reachedAt,
} from "../../../src/problems/phase/phaseSearch.js";
import { optimizeInRungs, type ReachRung } from "../../../src/tuning/optimizeInRungs.js";
import { halvingPruner } from "../../../src/tuning/pruners/halvingPruner.js";
import { checkSpace } from "../../../src/tuning/SearchSpace.js";
import type { Study } from "../../../src/tuning/Study.js";
import { readPausedTraining } from "../../../src/training/files/readPausedTraining.js";
import { learnable, range } from "../../training/tasks.js";

const isBuilt = existsSync(projectPath("dist", "training", "trainingWorker.js"));
if (!isBuilt) console.warn("trials in threads are tested by no test: dist is not here; run npm run build");
const folder = mkdtempSync(join(tmpdir(), "twin-search-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { features, labels } = learnable(300);
const rows = { train: range(0, 240), tune: range(240, 300) };
const trialsOf = (options: Partial<PhaseTrialsOptions>, seed = 1): ReturnType<typeof phaseTrials> =>
  phaseTrials({ features, labels }, rows, seededRandom(seed), { epochs: 9, ...options });
const search = (reach: ReachRung): Promise<Study> =>
  optimizeInRungs(reach, {
    seed: 2,
    space: phaseSpace,
    trials: 6,
    rungs: [1, 3, 9],
    window: 1,
    pruner: halvingPruner({ first: 1, reduction: 3 }),
  });
const plain = ({ trials }: Study): unknown =>
  trials.map(({ number, parameters, outcome }) => ({ number, parameters: { ...parameters }, outcome }));

describe("phaseSpace", () => {
  it("holds the network of all notebooks and its training", () => {
    checkSpace(phaseSpace);
    const own = {
      layers: phaseNetwork.hidden.length,
      width: phaseNetwork.hidden[0],
      learningRate: phaseTraining.learningRate!,
      weightDecay: 1e-3,
      dropout: 0,
      batchSize: phaseTraining.batchSize!,
    };
    for (const [name, parameter] of Object.entries(phaseSpace)) {
      if (parameter.kind === "categorical") throw new Error("no parameter is a choice");
      expect(own[name as keyof typeof own]).toBeGreaterThanOrEqual(parameter.low);
      expect(own[name as keyof typeof own]).toBeLessThanOrEqual(parameter.high);
    }
    const { layers, options } = phaseTrialJob(own, { features, labels }, rows, { epochs: phaseTraining.epochs! });
    expect(layers).toEqual(phaseNetwork);
    expect(options).toEqual({ ...phaseTraining, dropout: 0, patience: Infinity });
  });
});

describe("reachedAt", () => {
  const history = [0.5, 0.3, 0.4].map((tuneLoss, i) => ({ epoch: i + 1, learningRate: 1, trainLoss: 1, tuneLoss }));

  it("is the lowest tune loss up to an epoch, or why a training ended before", () => {
    expect([1, 2, 3].map((epoch) => reachedAt({ history, diverged: null }, epoch))).toEqual([0.5, 0.3, 0.3]);
    expect(reachedAt({ history, diverged: "in epoch 4" }, 3)).toBe(0.3);
    expect(reachedAt({ history, diverged: "in epoch 4" }, 9)).toEqual({ state: "failed", reason: "in epoch 4" });
  });
});

describe.skipIf(!isBuilt)("phaseTrials", () => {
  it("make the same study on any number of threads, in epochs that add up", async () => {
    const [alone, threads] = [trialsOf({}), trialsOf({ workers: 2 })];
    const [one, other] = [await search(alone.reach), await search(threads.reach)];
    expect(plain(other)).toEqual(plain(one));
    const states = one.trials.map(({ outcome }) => outcome!.state);
    expect(new Set(states)).toEqual(new Set(["complete", "pruned"]));
    for (const { number, outcome } of one.trials)
      expect(alone.trained.get(number)!.stoppedEpoch).toBe(
        outcome!.state === "complete" ? 9 : outcome!.steps.at(-1)!.step,
      );
  }, 60_000);

  it("of a study that was killed go on from the last rungs to the same study and networks", async () => {
    const whole = trialsOf({});
    const study = await search(whole.reach);
    for (const last of [1, 2, 4]) {
      const written: string[] = [];
      const kept = (): KeptBytes => {
        const own = keptBytes(join(folder, `killed after ${last}`));
        return {
          ...own,
          write: (name, bytes) => {
            written.push(`${name} at ${readPausedTraining(bytes).history.length}`);
            return own.write(name, bytes);
          },
        };
      };
      const first = trialsOf({ kept: kept() });
      let calls = 0;
      await expect(
        search((trials, rung) => {
          if (++calls > last) throw new Error("killed");
          return first.reach(trials, rung);
        }),
      ).rejects.toThrow("killed");
      const again = trialsOf({ kept: kept() });
      expect(plain(await search(again.reach))).toEqual(plain(study));
      // No way from one rung to the next was trained twice.
      expect(written.length).toBeGreaterThan(6);
      expect(new Set(written).size).toBe(written.length);
      for (const [number, { network, history }] of again.trained) {
        expect(network.weights).toEqual(whole.trained.get(number)!.network.weights);
        expect(history).toEqual(whole.trained.get(number)!.history);
      }
    }
  }, 60_000);

  it("refuse pauses that are damaged or of other trials, with the file or what differs", async () => {
    const own = join(folder, "spoilt");
    await search(trialsOf({ kept: keptBytes(own) }).reach);
    await expect(search(trialsOf({ kept: keptBytes(own) }, 5).reach)).rejects.toThrow(/the same seed as here/);
    const [name] = readdirSync(own);
    const bytes = readFileSync(join(own, name));
    bytes[bytes.length - 9] ^= 1;
    writeFileSync(join(own, name), bytes);
    await expect(search(trialsOf({ kept: keptBytes(own) }).reach)).rejects.toThrow(
      new RegExp(`${name}: must have the hash that its first line says`),
    );
  }, 60_000);
});
