import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { promoteVersion, rollBack } from "../../io/registry/moveAlias.js";
import { readRegistry } from "../../io/registry/readRegistry.js";
import { versionPlace } from "../../io/registry/version.js";
import type { DecidedRollout, Versions } from "../../serving/Versions.js";
import { answerProbes } from "../registry/answerProbes.js";
import { servedModel, type ServedModelOptions } from "./servedModel.js";

/** Who is written into the history where the server decides. */
const who = "twin serve";

/**
 * Champion and challenger of a registry, each of their bytes verified.
 *
 * @param options.workers  threads of each that answer
 * @throws InputError if there is no champion, or a version was changed
 */
export async function registeredVersions(
  registry: string,
  { workers }: Pick<ServedModelOptions, "workers"> = {},
): Promise<Versions> {
  const { aliases, entries } = await readRegistry(registry);
  if (aliases.champion === undefined)
    throw new InputError({
      where: projectName(registry),
      must: "must have a champion",
      got: "none",
      mend: "name one with `twin registry promote VERSION --alias champion`",
    });
  const load = async (meant: string): ReturnType<typeof servedModel> => {
    const place = await versionPlace(registry, meant);
    return servedModel(place, { version: place.version, workers });
  };
  const evidenceOf = ({ evidence }: DecidedRollout): readonly string[] => [`rollout@${evidence}`];
  return {
    champion: await load(aliases.champion),
    challenger: aliases.challenger === undefined ? null : await load(aliases.challenger),
    since: entries.findLast(({ alias }) => alias === "challenger")?.sha256,
    async rollBack(decided) {
      const { challenger, why } = decided;
      // Somebody may have taken it back before, or put another one there.
      if ((await readRegistry(registry)).aliases.challenger !== challenger) return;
      const reasons = { who, why, evidence: evidenceOf(decided) };
      await rollBack(registry, { alias: "challenger", before: challenger, answer: answerProbes, ...reasons });
    },
    async promote(decided) {
      const { challenger, why } = decided;
      if ((await readRegistry(registry)).aliases.champion === challenger) return;
      const reasons = { who, why, evidence: evidenceOf(decided) };
      await promoteVersion(registry, {
        ...{ version: challenger, alias: "champion", before: aliases.champion, answer: answerProbes },
        ...reasons,
      });
    },
  };
}
