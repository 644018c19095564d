import { InputError } from "../../core/InputError.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import { writeFolderAtomic } from "../../io/writeFolderAtomic.js";
import type { Network } from "../../training/Network.js";
import { onnxModel } from "../../training/files/onnxModel.js";
import { tensorflowLayers } from "../../training/files/tensorflowLayers.js";

const exporters: Readonly<Record<string, (path: string, network: Network) => Promise<string>>> = {
  onnx: async (path, network) => {
    await writeAtomic(`${path}.onnx`, onnxModel(network));
    return `${path}.onnx`;
  },
  tfjs: async (path, network) => {
    await writeFolderAtomic(`${path}.tfjs`, tensorflowLayers(network));
    return `${path}.tfjs`;
  },
};

/** @throws InputError if there is no such format */
export function checkExports(formats: readonly string[]): void {
  const strange = formats.find((format) => !Object.hasOwn(exporters, format));
  if (strange !== undefined)
    throw new InputError({
      where: "--export",
      must: `must be of ${Object.keys(exporters).join(", ")}`,
      got: `"${strange}"`,
      mend: "write for example tfjs,onnx",
    });
}

/**
 * The networks of a model for other programs: encoded features in, probabilities before calibration out; each member of
 * an ensemble by itself.
 *
 * @param path  beginning of the names: the saved model's folder
 * @returns what was written
 */
export async function exportModel(
  path: string,
  members: readonly Network[],
  formats: readonly string[],
): Promise<string[]> {
  const written: string[] = [];
  for (const format of formats) {
    for (const [i, network] of members.entries())
      written.push(await exporters[format](members.length === 1 ? path : `${path}-${i + 1}`, network));
  }
  return written;
}
