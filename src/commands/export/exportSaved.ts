import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { findModel, type ModelPlace } from "../predict/findModel.js";
import { modelKind, requireKind } from "../predict/modelKind.js";
import { storedModel } from "../predict/readyModel.js";
import { requireOtherFile } from "../requireOtherFile.js";
import { checkFormats, exportFormats } from "./exportFormats.js";

/** Which saved model is written where, and how. */
export interface ExportSavedOptions {
  /** Name of a model, its beginning, or the path of its folder. */
  readonly model: string;
  /** File, or folder, that is written; it ends in the format. */
  readonly out: string;
  /** "onnx" (default) or "tfjs" */
  readonly format?: string;
  /** File of own reagents: the sources that the graph knows. */
  readonly reagents?: string;
  /** Folder of models (default data/models of the project). */
  readonly directory?: string;
}

/** A model that was written down for other programs. */
export interface SavedExport {
  readonly model: string;
  readonly format: string;
  readonly written: readonly string[];
}

/**
 * A saved model for other programs, whole or not at all. A file of that name is replaced; a folder of it is left as it
 * is, and refused.
 *
 * @throws InputError if an option makes no sense, there is no such model, the format cannot express it, or the place
 *   cannot be written
 */
export async function exportSaved({
  model: meant,
  out,
  format = "onnx",
  reagents,
  directory,
}: ExportSavedOptions): Promise<SavedExport> {
  checkFormats([format], "--format");
  const { ending, write } = exportFormats[format];
  if (!basename(out).endsWith(ending) || basename(out) === ending)
    throw new InputError({
      where: "--out",
      must: `must end in ${ending}, and have a name before it`,
      got: `"${out}"`,
      mend: `write for example model${ending}`,
    });
  requireOtherFile(out, [reagents], "must be another file than that of the reagents");
  const place = await findModel(meant, { directory });
  await requirePhase(place);
  const stored = await storedModel(place);
  const list =
    reagents === undefined
      ? undefined
      : await (await import("../../experiments/readReagents.js")).readReagents(reagents);
  const members = "network" in stored ? stored.network.members.length : 1;
  const inTheWay = [out, ...membersOf(out, ending, members)].find((path) => format === "tfjs" && existsSync(path));
  if (inTheWay !== undefined)
    throw new InputError({ where: "--out", must: "must be a new folder", got: `"${inTheWay}"`, mend: "name another" });
  return { model: place.name, format, written: await write(out, { stored, name: place.name, reagents: list }) };
}

/** Folders of an ensemble: one that stands would stay as it is among new ones. */
function membersOf(out: string, ending: string, members: number): readonly string[] {
  return Array.from({ length: members }, (_, i) => `${out.slice(0, -ending.length)}-${i + 1}${ending}`);
}

async function requirePhase(place: ModelPlace): Promise<void> {
  if (modelKind(place) === "crystallisation") requireKind(place, "phase");
  if (modelKind(place) !== "platelets") return;
  const { loadPlatelets } = await import("../../problems/platelets/storedPlatelets.js");
  const { targets, twin } = await loadPlatelets(place.directory, place.name);
  const kept = Object.entries(targets).map(([target, { chosen }]) => `${target} by "${chosen.kept}"`);
  throw new InputError({
    where: projectName(join(place.directory, place.name)),
    must: "must be a model of the phase",
    got: `a model of platelets${twin === null ? "" : " with the twin as prior"}: ${kept.join(", ")}`,
    mend: "ask `twin predict --form platelets`",
  });
}
