import { join } from "node:path";
import type { ReagentList } from "../../chemistry/reagentList.js";
import { InputError } from "../../core/InputError.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";
import { onnxPhaseModel } from "../../predictor/onnx/onnxPhaseModel.js";
import type { StoredModel } from "../predict/readyModel.js";
import { tensorflowLayers } from "../../training/files/tensorflowLayers.js";

/** What is exported, and what it is called. */
export interface ExportedModel {
  readonly stored: StoredModel;
  /** Hash that its folder is named after. */
  readonly name: string;
  /** By which sources are known (default the built-in list). */
  readonly reagents?: ReagentList;
}

/** How a format is written. */
interface ExportFormat {
  /** With which paths of it end. */
  readonly ending: string;
  /** @returns what was written: several where each member is on its own */
  readonly write: (path: string, model: ExportedModel) => Promise<readonly string[]>;
}

/**
 * Forms in which other programs take a model. ONNX: one file from recipes to calibrated answers and their limits
 * (onnxPhaseGraph). TensorFlow.js: a folder for each network alone, encoded features in, probabilities before
 * calibration out.
 */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  onnx: {
    ending: ".onnx",
    write: async (path, { stored, ...named }) => {
      await writeAtomic(path, await onnxOf(stored, named));
      return [path];
    },
  },
  tfjs: {
    ending: ".tfjs",
    write: async (path, { stored, name }) => {
      if (!("network" in stored))
        throw new InputError({
          where: name,
          must: "must be of networks of the phase for TensorFlow.js",
          got: "a model of an own laboratory",
          mend: "write --format onnx, or name a model of networks",
        });
      const { members } = stored.network;
      const written: string[] = [];
      for (const [i, network] of members.entries()) {
        const own = members.length === 1 ? path : `${path.slice(0, -".tfjs".length)}-${i + 1}.tfjs`;
        await writeFolderAtomic(own, tensorflowLayers(network));
        written.push(own);
      }
      return written;
    },
  },
};

async function onnxOf(stored: StoredModel, named: Omit<ExportedModel, "stored">): Promise<Uint8Array> {
  if ("network" in stored) return onnxPhaseModel(stored.network, named);
  const { onnxOwnLaboratory } = await import("../../problems/ownLaboratory/onnxOwnLaboratory.js");
  return onnxOwnLaboratory(stored.laboratory, named);
}

/**
 * @param where  option that names them
 * @throws InputError if there is no such format
 */
export function checkFormats(formats: readonly string[], where: string): void {
  const strange = formats.find((format) => !Object.hasOwn(exportFormats, format));
  if (strange === undefined) return;
  const names = Object.keys(exportFormats);
  throw new InputError({
    where,
    must: `must be of ${names.join(", ")}`,
    got: `"${strange}"`,
    mend: `write for example ${names[0]}`,
  });
}

/**
 * A model that was just saved, for other programs, beside its folder.
 *
 * @returns what was written
 */
export async function exportBeside(
  directory: string,
  model: ExportedModel,
  formats: readonly string[],
): Promise<string[]> {
  const written: string[] = [];
  for (const format of formats) {
    const { ending, write } = exportFormats[format];
    written.push(...(await write(`${join(directory, model.name)}${ending}`, model)));
  }
  return written;
}
