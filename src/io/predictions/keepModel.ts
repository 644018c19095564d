import { dirname, join } from "node:path";
import { filesBelow } from "../filesBelow.js";
import { readBytes } from "../readText.js";
import { writeFolderAtomic } from "../writeFolderAtomic.js";
import { ownLedger } from "./predictionLedger.js";

/** Folder of the models that a ledger names, each in a folder called by its hash. */
export function keptModels(ledger: string = ownLedger): string {
  return join(dirname(ledger), "models");
}

/**
 * Copies a model's folder beside the ledger that names it: whoever has the one has the other. One that stands there is
 * left as it is.
 *
 * @param from  folder that is called by the model's hash
 * @throws InputError as writeFolderAtomic
 */
export async function keepModel(from: string, name: string, ledger: string = ownLedger): Promise<void> {
  const files: [string, Uint8Array][] = [];
  for (const file of await filesBelow(from)) files.push([file, await readBytes(join(from, file))]);
  await writeFolderAtomic(join(keptModels(ledger), name), Object.fromEntries(files));
}
