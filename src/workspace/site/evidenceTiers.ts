import { existsSync } from "node:fs";
import { projectPath } from "../../io/projectPath.js";
import { evidenceHash } from "../../io/evidence/evidenceLedger.js";
import type { EvidenceFile } from "../../core/Evidence.js";
import { recordedOutputs } from "../notebooks/runRecord.js";

/** How an evidence file came to be, seen from this machine. */
export type Tier = "recomputed" | "recorded";

/**
 * Evidence counts as recomputed where a run of this checkout wrote these very bytes with all inputs at hand;
 * everything else is recorded: made elsewhere, by hand, or from tables that are not here.
 */
export async function evidenceTiers(files: readonly EvidenceFile[]): Promise<Readonly<Record<string, Tier>>> {
  const written = await recordedOutputs(projectPath());
  const tierOf = (file: EvidenceFile): Tier => {
    const here = written[`data/evidence/${file.id}.json`] === evidenceHash(file);
    const inputs = Object.keys(file.inputs).every((input) => existsSync(projectPath(input)));
    return file.madeBy === "reproduce" && here && inputs ? "recomputed" : "recorded";
  };
  return Object.fromEntries(files.map((file) => [file.id, tierOf(file)]));
}
