import { basename, dirname, resolve } from "node:path";
import { InputError } from "../../core/InputError.js";
import { folderNames } from "../../io/folderNames.js";
import { keptModels } from "../../io/predictions/keepModel.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { ownRegistry } from "../../io/registry/readRegistry.js";
import { aliasNames } from "../../io/registry/RegistryEntry.js";
import { versionPlace } from "../../io/registry/version.js";

/** Where loadModel finds a model. */
export interface ModelPlace {
  readonly directory: string;
  readonly name: string;
}

const modelName = /^[0-9a-f]{64}$/;

/**
 * The model that a user means: by its name in the folder of models, or of those that registered predictions are of, by
 * the beginning of the name, or by the path of its folder; without either, the only one in the folder of models. An
 * alias, and all that is meant where a registry is named, is a version of a registry (versionPlace), by default its
 * champion.
 *
 * @param options.directory  folder of models (default data/models of the project)
 * @param options.kept       of those that the ledger of predictions names
 * @param options.registry   whose versions are meant
 * @throws InputError if none is meant, or more than one (they are listed)
 */
export async function findModel(
  meant: string | undefined,
  {
    directory = projectPath("data", "models"),
    kept = keptModels(),
    registry,
  }: { readonly directory?: string; readonly kept?: string; readonly registry?: string } = {},
): Promise<ModelPlace> {
  if (registry !== undefined || aliasNames.some((alias) => alias === meant))
    return versionPlace(registry ?? ownRegistry, meant ?? "champion");
  if (meant !== undefined && !/^[0-9a-f]{4,64}$/.test(meant)) return placeOf(meant);
  const namesIn = async (folder: string): Promise<string[]> =>
    (await folderNames(folder)).filter((name) => modelName.test(name));
  const names = await namesIn(directory);
  const registered = meant === undefined ? [] : (await namesIn(kept)).filter((name) => name.startsWith(meant));
  if (registered.length === 1 && !names.some((name) => name.startsWith(meant!)))
    return { directory: kept, name: registered[0] };
  const fitting = names.filter((name) => name.startsWith(meant ?? ""));
  if (fitting.length === 1) return { directory, name: fitting[0] };
  const where = projectName(directory);
  if (names.length === 0)
    throw new InputError({
      where: "--model",
      must: `must name a model, or one must stand in ${where}`,
      got: "none there",
      mend: "train one with `twin train`",
    });
  throw new InputError({
    where: "--model",
    must: `must name one of the ${names.length} in ${where}`,
    got: meant === undefined ? "nothing" : `"${meant}", which fits ${fitting.length}`,
    mend: `choose among ${(fitting.length === 0 ? names : fitting).join(", ")}`,
  });
}

function placeOf(path: string): ModelPlace {
  const name = basename(path);
  if (modelName.test(name)) return { directory: dirname(resolve(path)), name };
  throw new InputError({
    where: "--model",
    must:
      "must be a model's name, at least its first 4 hex digits, " +
      "or the path of its folder, which is called by that name",
    got: `"${path}"`,
    mend: "see the folder of models",
  });
}
