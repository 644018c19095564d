import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answerer } from "../../../src/io/registry/Answerer.js";
import { promoteVersion } from "../../../src/io/registry/moveAlias.js";
import { type Registering, registerVersion } from "../../../src/io/registry/registerVersion.js";

export const reasons = { who: "A. Chemist", why: "because" };
export const evidence = [`06-calibration-sets@${"e".repeat(64)}`];

/** A model whose answer is its text beside the probes. */
export const playedAnswer: Answerer = (place, probes) =>
  Promise.resolve(`${readFileSync(join(place.directory, place.name, "model.txt"), "utf8")}: ${probes}`);

/** A model of one text, saved under its hash in `folder`. */
export function playedModel(folder: string, text: string): Registering {
  const name = createHash("sha256").update(text).digest("hex");
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "model.txt"), text);
  return {
    ...reasons,
    model: { directory: folder, name },
    lineage: {
      kind: "played",
      command: `twin train --seed ${text.length}`,
      seed: text.length,
      dataSha256: "d".repeat(64),
      codeSha256: "c".repeat(64),
      splitSha256: null,
      evidence: [],
      limits: { promise: 0.9 },
    },
    probes: [{ leadMolar: 0.03 }, { leadMolar: 0.04 }],
    answer: playedAnswer,
  };
}

/** Registers models of these texts. @returns their versions */
export async function playedVersions(root: string, texts: readonly string[]): Promise<readonly string[]> {
  const versions: string[] = [];
  for (const text of texts)
    versions.push((await registerVersion(join(root, "registry"), playedModel(join(root, "models"), text))).version);
  return versions;
}

/** A registry in `root`/registry: the second of three versions is champion after the first, the third challenges. */
export async function playedRegistry(root: string): Promise<readonly string[]> {
  const versions = await playedVersions(root, ["first model", "second model", "third model"]);
  const moving = { ...reasons, evidence, answer: playedAnswer };
  for (const version of versions.slice(0, 2))
    await promoteVersion(join(root, "registry"), { ...moving, version, alias: "champion" });
  await promoteVersion(join(root, "registry"), { ...moving, version: versions[2], alias: "challenger" });
  return versions;
}
