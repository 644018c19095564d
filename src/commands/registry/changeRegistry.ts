import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { promoteVersion, rollBack } from "../../io/registry/moveAlias.js";
import { ownRegistry, readRegistry } from "../../io/registry/readRegistry.js";
import { type RegisteredVersion, registerVersion } from "../../io/registry/registerVersion.js";
import type { Alias, RegistryEntry } from "../../io/registry/RegistryEntry.js";
import { userName } from "../../io/userName.js";
import { findModel } from "../predict/findModel.js";
import { answerProbes } from "./answerProbes.js";
import { evidenceMarks } from "./evidenceMarks.js";
import { kindOf, lineageOf } from "./lineageOf.js";
import { probeRecipes } from "./probeRecipes.js";
import { placeOf, type RegistryOptions } from "./registryReports.js";

/** Which registry is changed, by whom, why, and on what evidence. */
export interface ChangeOptions extends Pick<RegistryOptions, "registry"> {
  /** Default: the user of this process. */
  readonly who?: string;
  readonly why: string;
  /** Ids of data/evidence, or files. */
  readonly evidence?: readonly string[];
}

/** What became of a change. */
export interface RegistryChange {
  readonly registry: string;
  readonly entry: RegistryEntry;
  readonly head: string;
}

/** What became of a model that was registered. */
export interface AddedVersion extends RegisteredVersion {
  readonly registry: string;
  readonly model: string;
  readonly kind: string;
  readonly head: string;
}

/**
 * Registers a model of the folder of models.
 *
 * @param meant  as findModel takes it
 * @throws InputError if there is no such model, or it cannot be probed
 */
export async function addModel(
  meant: string | undefined,
  { registry = ownRegistry, directory, ...given }: ChangeOptions & { readonly directory?: string },
): Promise<AddedVersion> {
  const model = await findModel(meant, { directory });
  const kind = kindOf(model);
  const { evidence, ...reasons } = await reasonsOf(given);
  const registered = await registerVersion(registry, {
    ...reasons,
    model,
    lineage: await lineageOf(model, evidence),
    probes: await probeRecipes(kind),
    answer: answerProbes,
  });
  const { head } = await readRegistry(registry);
  return { ...registered, registry: projectName(registry), model: model.name, kind, head };
}

/** Puts a version under an alias. @throws InputError as promoteVersion */
export async function promote(
  version: string,
  { registry, alias, ...given }: ChangeOptions & { readonly alias: Alias },
): Promise<RegistryChange> {
  const { folder } = placeOf({ registry });
  const moving = { ...(await reasonsOf(given)), alias, answer: answerProbes };
  return changed(folder, await promoteVersion(folder, { ...moving, version }));
}

/** Takes back the last promotion of an alias. @throws InputError as rollBack */
export async function takeBack({
  registry,
  alias,
  ...given
}: ChangeOptions & { readonly alias: Alias }): Promise<RegistryChange> {
  const { folder } = placeOf({ registry });
  return changed(folder, await rollBack(folder, { ...(await reasonsOf(given)), alias, answer: answerProbes }));
}

function changed(folder: string, entry: RegistryEntry): RegistryChange {
  return { registry: projectName(folder), entry, head: entry.sha256 };
}

async function reasonsOf({
  who = userName() ?? undefined,
  why,
  evidence = [],
}: Pick<ChangeOptions, "who" | "why" | "evidence">): Promise<{
  readonly who: string;
  readonly why: string;
  readonly evidence: readonly string[];
}> {
  if (who !== undefined) return { who, why, evidence: await evidenceMarks(evidence) };
  throw new InputError({
    where: "--who",
    must: "must be told where the system has no name for its user",
    got: "nothing",
    mend: 'write for example --who "A. Chemist"',
  });
}
