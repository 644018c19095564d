import { join } from "node:path";
import { floatsOf } from "../../core/floatBytes.js";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readBytes } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import type { Model } from "./Model.js";
import { parseModelDescription } from "./modelFormat.js";
import type { Network } from "../Network.js";

/**
 * Loads a model that saveModel saved: the same numbers to the last bit.
 *
 * @param name  of the folder under `directory`, as saveModel gave it
 * @throws InputError if a file is missing or changed by a single byte, or the model is of another version (the file
 *   named)
 */
export async function loadModel(directory: string, name: string): Promise<Model> {
  if (!/^[0-9a-f]{64}$/.test(name))
    throw new InputError({
      where: "loadModel",
      must: "a model's name must be the 64 hex digits that saveModel gave it",
      got: `"${name}"`,
      mend: "name a folder that stands in the models' folder",
    });
  const [description, weights] = ["model.json", "weights.bin"].map((file) => join(directory, name, file));
  // Bytes, not text: a text is read without a mark of byte order.
  const json = await readBytes(description);
  if (sha256(json) !== name)
    throw changed(description, "must have the hash that its folder is named after", sha256(json));
  const {
    architecture,
    members,
    weights: expected,
    targetScales,
    encoder,
    limits,
    manifest,
  } = parseModelDescription(new TextDecoder().decode(json), projectName(description));
  const bytes = await readBytes(weights);
  if (bytes.length !== expected.bytes)
    throw changed(weights, `must have ${expected.bytes} bytes, as model.json says`, String(bytes.length));
  if (sha256(bytes) !== expected.sha256)
    throw changed(weights, "must have the hash that model.json says", sha256(bytes));
  const all = floatsOf(bytes);
  const strange = all.findIndex((one) => !Number.isFinite(one));
  if (strange >= 0)
    throw changed(weights, "every weight must be a finite number", `${all[strange]} at place ${strange + 1}`);
  const each = all.length / members;
  const networks = Array.from({ length: members }, (_, member): Network => ({
    ...architecture,
    weights: all.slice(member * each, (member + 1) * each),
  }));
  return { members: networks, targetScales, encoder, limits, manifest };
}

function changed(path: string, must: string, got: string): InputError {
  return new InputError({
    where: projectName(path),
    must,
    got,
    mend: "the file was changed after it was saved: restore the folder, or delete it and save the model again",
  });
}
