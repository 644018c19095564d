import { stat } from "node:fs/promises";
import { sha256File } from "./sha256.js";

/** Whether a file is there and is the one with this size and SHA-256. */
export async function fileState(
  path: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): Promise<"present" | "absent" | "different"> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return "absent";
  return found.size === bytes && (await sha256File(path)) === sha256 ? "present" : "different";
}
