import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../projectPath.js";
import { readText } from "../readText.js";
import { versionFiles, versionFolder, type VersionPlace } from "./version.js";

/**
 * What a model says of probes, as a text that tells every bit: the registry knows no predictor.
 *
 * @param place   of the model, as loadModel takes it
 * @param probes  text of probes.json
 */
export type Answerer = (place: Omit<VersionPlace, "version">, probes: string) => Promise<string>;

/**
 * Asks a version again what it was asked when it was registered.
 *
 * @returns what it answered, which is what it answered then, to the bit
 * @throws InputError if it answers anything else
 */
export async function answeredAlike(
  registry: string,
  { version, directory, name }: VersionPlace,
  answer: Answerer,
): Promise<string> {
  const folder = versionFolder(registry, version);
  const probes = await readText(join(folder, versionFiles.probes));
  const known = await readText(join(folder, versionFiles.predictions));
  const again = await answer({ directory, name }, probes);
  if (again === known) return again;
  const lines = known.split("\n");
  const first = again.split("\n").findIndex((line, i) => line !== lines[i]);
  throw new InputError({
    where: projectName(folder),
    must: "must answer its probes as when it was registered, to the bit",
    got: `other predictions, from line ${first < 0 ? again.split("\n").length : first + 1} of predictions.json on`,
    mend:
      "the program has changed since: use the one that registered it, or register the model again with " +
      "`twin registry add`; nothing was changed",
  });
}
