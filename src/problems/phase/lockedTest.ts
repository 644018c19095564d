import { canonicalJson } from "../../core/canonicalJson.js";
import { numbersOf, textsOf } from "../../core/Table.js";
import type { Touch } from "../../core/Touch.js";
import { recordTouch } from "../../io/evidence/touchLedger.js";
import { sha256 } from "../../io/sha256.js";
import { defaultShares } from "../../splitting/partShares.js";
import { splitManifest } from "../../splitting/splitManifest.js";
import type { Network } from "../../training/Network.js";
import type { TrainingExperiments } from "./phaseExperiments.js";

/** SHA-256 of the manifest of the split: which rows are the locked test. */
export function splitSha256({ seed, table, split }: Pick<TrainingExperiments, "seed" | "table" | "split">): string {
  return sha256(
    canonicalJson(
      splitManifest(split, {
        kind: "grouped by batch",
        seed,
        shares: defaultShares,
        rows: table.numRows,
        hash: sha256,
        labels: textsOf(table, "phase"),
        rowIds: Array.from(numbersOf(table, "sourceRow")),
      }),
    ),
  );
}

/** Notes that networks are about to be judged on the locked test; the same weights again are no new touch. */
export function touchTest(
  data: Pick<TrainingExperiments, "seed" | "table" | "split">,
  line: string,
  networks: readonly Network[],
): Promise<readonly Touch[]> {
  return recordTouch({
    line,
    manifest: splitSha256(data),
    model: sha256(
      Buffer.concat(networks.map(({ weights }) => Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength))),
    ),
  });
}
