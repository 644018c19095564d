import { join } from "node:path";
import { checkJson } from "../../core/checkJson.js";
import { floatBytes } from "../../core/floatBytes.js";
import { sha256 } from "../../io/sha256.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";
import { loadModel } from "./loadModel.js";
import type { Model } from "./Model.js";
import { modelFormat, modelVersion, type ModelDescription, parseModelDescription } from "./modelFormat.js";

/**
 * Saves a model under `directory` in a folder of its own, whole or not at all: `model.json`, and `weights.bin` with all
 * weights as float32, lowest byte first. The folder is named after the SHA-256 of `model.json`, which holds that of the
 * weights: equal trainings have equal names and bytes, and no other model can stand under a name.
 *
 * @param directory  made if it is not there
 * @returns the name, for loadModel
 * @throws RangeError if members differ in architecture, weights are not finite or not as many as
 *   the architecture has, or something is not plain JSON (the place named); InputError if the
 *   folder cannot be written, or stands there damaged
 */
export async function saveModel(directory: string, model: Model): Promise<string> {
  const weights = weightBytes(model);
  // Through the parser, which checks it, and after which its keys stand in one order, whoever made the model. On one
  // line: tens of thousands of numbers with a line for each take 2.5 times the room.
  const described = parseModelDescription(JSON.stringify(description(model, weights)), "saveModel");
  const json = `${JSON.stringify(described)}\n`;
  const name = sha256(json);
  const isNew = await writeFolderAtomic(join(directory, name), { "model.json": json, "weights.bin": weights });
  // Saved before: then it must be whole.
  if (!isNew) await loadModel(directory, name);
  return name;
}

function description(
  { members, targetScales, encoder, limits, manifest }: Model,
  weights: Uint8Array,
): ModelDescription {
  checkJson({ targetScales, encoder, limits, manifest }, "saveModel: model");
  const { features, hidden, activation, classes, targets } = members[0];
  return {
    format: modelFormat,
    version: modelVersion,
    architecture: { features, hidden, activation, classes, targets },
    members: members.length,
    targetScales,
    encoder: encoder ?? null,
    limits: limits ?? null,
    manifest,
    weights: { bytes: weights.length, sha256: sha256(weights) },
  };
}

function weightBytes({ members }: Model): Uint8Array {
  if (members.length === 0) throw new RangeError("saveModel: a model needs at least one network; got none");
  const shapes = members.map(({ features, hidden, activation, classes, targets }) =>
    JSON.stringify({ features, hidden, activation, classes, targets }),
  );
  const other = shapes.findIndex((one) => one !== shapes[0]);
  if (other >= 0)
    throw new RangeError(`saveModel: members must be of one architecture; member ${other} differs from the first`);
  const all = members.flatMap(({ weights }, member) => {
    const bad = weights.findIndex((weight) => !Number.isFinite(weight));
    if (bad >= 0)
      throw new RangeError(
        `saveModel: weights must be finite; weight ${bad} of member ${member} is ${weights[bad]}; train again`,
      );
    return Array.from(weights);
  });
  return floatBytes(all);
}
