import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { sha256 } from "../../../src/io/sha256.js";
import { loadModel } from "../../../src/training/files/loadModel.js";
import type { Model } from "../../../src/training/files/Model.js";
import type { Network } from "../../../src/training/Network.js";
import { predictProbabilities } from "../../../src/training/predictProbabilities.js";
import { saveModel } from "../../../src/training/files/saveModel.js";
import { trainNetwork } from "../../../src/training/trainNetwork.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { learnable, range } from "../tasks.js";

const task = learnable(200);
const options = { epochs: 3, engine: "typescript" as const, optimizer: { name: "adamW" as const } };

async function trained(seed: number): Promise<Model> {
  const { network, history, engine } = await trainNetwork(
    { ...task, train: range(0, 150), tune: range(150, 200) },
    { hidden: [6, 5], activation: "silu" },
    seededRandom(seed),
    options,
  );
  return {
    members: [network],
    targetScales: [
      { mean: 0.1, scale: 2 },
      { mean: -3, scale: 0.5 },
    ],
    encoder: { version: 1, columns: [{ kind: "number", name: "a" }] },
    limits: { kind: "temperature", temperature: 1.25 },
    manifest: {
      options,
      seed,
      engine,
      splitSha256: "ab".repeat(32),
      dataSha256: null,
      histories: [history],
      metrics: { accuracy: 0.8, rocAuc: null },
    },
  };
}
const model = await trained(1);
const [network] = model.members;
const refusal = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => "accepted",
    (error: unknown) => error,
  );
const bits = ({ weights }: Network): number[] => [...new Uint32Array(weights.slice().buffer)];

describe("saveModel and loadModel", () => {
  it("give back the same model to the last bit, which predicts the same", async () => {
    const folder = temporaryProject();
    const name = await saveModel(join(folder, "models"), model);
    expect(readdirSync(join(folder, "models"))).toEqual([name]);
    const loaded = await loadModel(join(folder, "models"), name);
    expect(loaded).toEqual(model);
    expect(bits(loaded.members[0])).toEqual(bits(network));
    expect(predictProbabilities(loaded.members[0], task.features)).toEqual(
      predictProbabilities(network, task.features),
    );
  });

  it("keep every member of an ensemble, in order, and numbers at the edge of float32", async () => {
    const folder = temporaryProject();
    const weights = network.weights.slice();
    weights.set([-0, 2 ** -149, 3.4028234663852886e38, 1 / 3]);
    const ensemble = {
      ...model,
      members: [network, { ...network, weights }, network],
      manifest: { ...model.manifest, histories: [[], [], []] },
    };
    const loaded = await loadModel(folder, await saveModel(folder, ensemble));
    expect(loaded.members.map(bits)).toEqual(ensemble.members.map(bits));
  });

  it("name equal trainings alike with equal bytes, whatever the order of keys, and others differently", async () => {
    const folder = temporaryProject();
    const name = await saveModel(folder, model);
    const { manifest, limits, encoder, targetScales, members } = await trained(1);
    const { metrics, seed, engine, ...rest } = manifest;
    expect(
      await saveModel(folder, {
        manifest: { metrics, engine, seed, ...rest },
        limits,
        encoder,
        targetScales,
        members,
      }),
    ).toBe(name);
    expect(await saveModel(folder, await loadModel(folder, name))).toBe(name);
    expect(readdirSync(folder)).toEqual([name]);
    expect(await saveModel(folder, await trained(2))).not.toBe(name);
    expect(await saveModel(folder, { ...model, limits: null })).not.toBe(name);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it("write little-endian floats, and a name that is the hash of model.json and its weights", async () => {
    const folder = temporaryProject();
    const name = await saveModel(folder, model);
    const [json, weights] = ["model.json", "weights.bin"].map((file) => readFileSync(join(folder, name, file)));
    expect(sha256(json)).toBe(name);
    // Of 1.8 MB for a model of 400,000 experiments more than half were line breaks and spaces.
    expect(json.toString().split("\n")).toEqual([expect.stringContaining("cspbbr3-twin model"), ""]);
    expect(JSON.parse(json.toString())).toMatchObject({
      format: "cspbbr3-twin model",
      version: 2,
      members: 1,
      weights: { bytes: weights.length, sha256: sha256(weights) },
    });
    expect(weights.readFloatLE(4)).toBe(network.weights[1]);
  });

  it.each([
    [
      "one changed byte in weights.bin",
      "weights.bin",
      (path: string) => {
        const bytes = readFileSync(path);
        bytes[17] ^= 1;
        writeFileSync(path, bytes);
      },
      "must have the hash that model.json says",
    ],
    [
      "a missing byte",
      "weights.bin",
      (path: string) => truncateSync(path, readFileSync(path).length - 1),
      /must have \d+ bytes, as model.json says; got \d+/,
    ],
    [
      "an extra byte",
      "weights.bin",
      (path: string) => appendFileSync(path, "x"),
      /must have \d+ bytes, as model.json says; got \d+/,
    ],
    ["no weights.bin", "weights.bin", (path: string) => rmSync(path), "the file must be readable; got ENOENT"],
    [
      "a changed number in model.json",
      "model.json",
      (path: string) => writeFileSync(path, readFileSync(path, "utf8").replace("1.25", "1.26")),
      "must have the hash that its folder is named after",
    ],
    [
      "an extra byte in model.json",
      "model.json",
      (path: string) => appendFileSync(path, "\n"),
      "must have the hash that its folder is named after",
    ],
    [
      "a mark of byte order before model.json",
      "model.json",
      (path: string) => writeFileSync(path, `\uFEFF${readFileSync(path, "utf8")}`),
      "must have the hash that its folder is named after",
    ],
    ["no model.json", "model.json", (path: string) => rmSync(path), "the file must be readable; got ENOENT"],
  ])("refuse %s, naming the file and the mend", async (_, file, harm, words) => {
    const folder = temporaryProject();
    const name = await saveModel(folder, model);
    harm(join(folder, name, file));
    for (const act of [loadModel(folder, name), saveModel(folder, model)]) {
      const error = await refusal(act);
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toMatch(words);
      expect((error as Error).message).toContain(`${name}/${file}`);
    }
  });

  /** A folder whose name is right for what it says. */
  const planted = (change: (description: Record<string, unknown>) => unknown): { folder: string; name: string } => {
    const weights = new Uint8Array(network.weights.buffer);
    const { members, ...rest } = model;
    const { features, hidden, activation, classes, targets } = members[0];
    const description = {
      format: "cspbbr3-twin model",
      version: 2,
      architecture: { features, hidden, activation, classes, targets },
      members: 1,
      ...rest,
      weights: { bytes: weights.length, sha256: sha256(weights) },
    };
    const json = JSON.stringify(change(description));
    return {
      folder: temporaryProject({ [`${sha256(json)}/model.json`]: json, [`${sha256(json)}/weights.bin`]: "" }),
      name: sha256(json),
    };
  };

  it.each<[string, (description: Record<string, unknown>) => unknown, string]>([
    [
      "a version that this program does not know",
      (d) => ({ ...d, version: 3, more: true }),
      "must be of version 2, which this program reads; got version 3; read it with the program that wrote it",
    ],
    [
      "a model of version 1, whose limits were called calibrator",
      ({ limits, ...d }) => ({ ...d, version: 1, calibrator: limits }),
      "must be of version 2, which this program reads; " +
        "got version 1; train the model again: an earlier program wrote it",
    ],
    ["a file of another kind", () => ({ hello: 1 }), "must be the model.json of a saved model"],
    [
      "weights of another length than the architecture's",
      (d) => ({ ...d, weights: { bytes: 8, sha256: "0".repeat(64) } }),
      "networks of this architecture have",
    ],
    [
      "an unknown activation",
      (d) => ({ ...d, architecture: { ...(d.architecture as object), activation: "sigmoid" } }),
      "architecture.activation",
    ],
    ["a missing scale", (d) => ({ ...d, targetScales: [] }), "must have a scale for each of 2 targets; got 0"],
    ["a key that nobody knows", (d) => ({ ...d, note: "hi" }), "note"],
  ])("refuse %s under the right name", async (_, change, words) => {
    const { folder, name } = planted(change);
    const error = await refusal(loadModel(folder, name));
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(words);
    expect((error as Error).message).toContain("model.json");
  });

  it.each(["", "latest", "../../".repeat(3), "A".repeat(64)])('refuse the name "%s"', async (name) => {
    await expect(loadModel(temporaryProject(), name)).rejects.toThrow("a model's name must be the 64 hex digits");
  });

  it.each<[string, Model, string]>([
    ["no network", { ...model, members: [] }, "needs at least one network"],
    [
      "members of two architectures",
      { ...model, members: [network, { ...network, activation: "relu" }] },
      "member 1 differs from the first",
    ],
    [
      "a weight that is not finite",
      { ...model, members: [{ ...network, weights: network.weights.map((weight, i) => (i === 3 ? NaN : weight)) }] },
      "weight 3 of member 0 is NaN",
    ],
    [
      "too few weights",
      { ...model, members: [{ ...network, weights: network.weights.slice(1) }] },
      "networks of this architecture have",
    ],
    [
      "an option that JSON does not have",
      { ...model, manifest: { ...model.manifest, options: { patience: Infinity } } },
      "saveModel: model.manifest.options.patience must be finite",
    ],
    [
      "a typed array in the encoder",
      { ...model, encoder: { means: new Float32Array(2) } },
      "model.encoder.means must be plain JSON; got Float32Array",
    ],
    [
      "a scale of 0",
      {
        ...model,
        targetScales: [
          { mean: 0, scale: 0 },
          { mean: 0, scale: 1 },
        ],
      },
      "targetScales.0.scale",
    ],
  ])("refuse to save %s, and write nothing", async (_, bad, words) => {
    const folder = temporaryProject();
    await expect(saveModel(folder, bad)).rejects.toThrow(words);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leave whole models only when a process is killed while it saves one after another", async () => {
    const folder = temporaryProject();
    const old = await saveModel(folder, model);
    const program = `
      import { loadModel } from ${JSON.stringify(pathToFileURL(projectPath("dist/training/files/loadModel.js")).href)};
      import { saveModel } from ${JSON.stringify(pathToFileURL(projectPath("dist/training/files/saveModel.js")).href)};
      const [folder, name, start] = process.argv.slice(1);
      const model = await loadModel(folder, name);
      console.log("ready");
      for (let seed = Number(start); ; seed++) {
        await saveModel(folder, { ...model, manifest: { ...model.manifest, seed } });
      }
    `;
    for (let round = 0; round < 5; round++) {
      const child = spawn(
        process.execPath,
        ["--input-type=module", "-e", program, folder, old, String(1000 * (round + 1))],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, 20 + 37 * round));
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    const names = readdirSync(folder).filter((name) => !name.endsWith(".tmp"));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect((await loadModel(folder, name)).members[0].weights).toEqual(network.weights);
    expect(await loadModel(folder, old)).toEqual(model);
  });
});
