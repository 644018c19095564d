import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportSaved } from "../../../src/commands/export/exportSaved.js";
import { exportVerb } from "../../../src/commands/export/exportVerb.js";
import { InputError } from "../../../src/core/InputError.js";
import { keptModels } from "../../../src/io/predictions/keepModel.js";
import { onnxPhaseModel } from "../../../src/predictor/onnx/onnxPhaseModel.js";
import { loadModel } from "../../../src/training/files/loadModel.js";
import { asNobody } from "../../support/asNobody.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";
import { readOnnx } from "../../training/readOnnx.js";

const folder = await temporaryFolder();
const model = "6b05e3bdd7b9319da1d2c1ac4338e0f2ba2c540658e03af2bde27d266381e35c";
const at = (name: string): string => join(folder, name);

describe("exportSaved", () => {
  it("writes the model that predictions are registered of as onnxPhaseModel has it, over an older file", async () => {
    await writeFile(at("phase.onnx"), "old");
    const { text, data } = await exportVerb.run({ model: "6b05", out: at("phase.onnx") });
    expect(data).toEqual({ model, format: "onnx", written: [at("phase.onnx")] });
    expect(text).toBe(`6b05e3bd written as ${at("phase.onnx")}`);
    const stored = await loadModel(keptModels(), model);
    expect(await readFile(at("phase.onnx"))).toEqual(Buffer.from(onnxPhaseModel(stored, { name: model })));
  });

  it("writes the network alone for TensorFlow.js into a new folder, and never into one that stands", async () => {
    await exportSaved({ model, format: "tfjs", out: at("phase.tfjs") });
    expect(await readdir(at("phase.tfjs"))).toEqual(["model.json", "weights.bin"]);
    await expect(exportSaved({ model, format: "tfjs", out: at("phase.tfjs") })).rejects.toThrow("must be a new folder");
  });

  it("knows own reagents by the file that it is given", async () => {
    await writeFile(
      at("reagents.json"),
      JSON.stringify([
        { name: "house caesium", role: "caesium source", formula: "CsBr", ions: { caesium: 1, bromide: 1 } },
      ]),
    );
    await exportSaved({ model, out: at("plain.onnx") });
    await exportSaved({ model, out: at("own.onnx"), reagents: at("reagents.json") });
    const [plain, own] = await Promise.all(["plain.onnx", "own.onnx"].map((name) => readFile(at(name))));
    expect(plain.includes("house caesium")).toBe(false);
    expect(own.includes("house caesium")).toBe(true);
    expect(readOnnx(own).inputs).toEqual(readOnnx(plain).inputs);
  });

  it.each([
    [
      "an unknown model",
      { model: "beef", directory: keptModels() },
      '--model: must name one of the 3 in data/predictions/models; got "beef", which fits 0',
    ],
    [
      "an unknown format",
      { format: "pickle" },
      '--format: must be of onnx, tfjs; got "pickle"; write for example onnx',
    ],
    ["another ending", { out: at("phase.txt") }, "--out: must end in .onnx, and have a name before it"],
    ["a name that is its ending", { out: at(".onnx") }, "must end in .onnx, and have a name before it"],
    [
      "a model of platelets, whose Gaussian processes are named",
      { model: "5917" },
      'got a model of platelets: peak by "Gaussian process of all", width by "Gaussian process of what is mixed"',
    ],
    ["one with the twin as prior", { model: "060b" }, "got a model of platelets with the twin as prior: peak by"],
  ])("refuses %s, and writes nothing", async (_, options, message) => {
    const before = await readdir(folder);
    const refused = exportSaved({ model, out: at("new.onnx"), ...options });
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual(before);
  });

  it("refuses a folder that cannot be written, and leaves nothing there", async () => {
    await mkdir(at("closed"));
    await chmod(at("closed"), 0o500);
    await asNobody(async () => {
      await expect(exportSaved({ model, out: at("closed/phase.onnx") })).rejects.toThrow("must be writable");
    });
    expect(await readdir(at("closed"))).toEqual([]);
  });
});
