import { canonicalJson } from "../../core/canonicalJson.js";
import { numbersOf, textsOf } from "../../core/Table.js";
import type { Touch } from "../../core/Touch.js";
import { recordTouch } from "../../io/evidence/touchLedger.js";
import { sha256 } from "../../io/sha256.js";
import { defaultShares } from "../../splitting/partShares.js";
import { splitManifest } from "../../splitting/splitManifest.js";
import type { Network } from "../../training/Network.js";
import type { TrainingExperiments } from "./phaseExperiments.js";

/**
 * The test of the phase model that is in force: which rows it has was fixed here before any network was trained for it.
 * That of seed 1 (manifest 90831e72…) is spent: networks without hidden values were judged on it.
 */
export const lockedTest = {
  seed: 2,
  rows: 400_000,
  manifest: "666f0ceb577dc3ec47abb5b02e0b7199854676db4ce32781b4506581035d2018",
} as const;

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

/**
 * Notes that networks are about to be judged on the locked test; the same weights again are no new touch.
 *
 * @throws RangeError if the rows of the test in force are not those that were locked
 */
export async function touchTest(
  data: Pick<TrainingExperiments, "seed" | "table" | "split">,
  line: string,
  networks: readonly Network[],
): Promise<readonly Touch[]> {
  const manifest = splitSha256(data);
  const isInForce = data.seed === lockedTest.seed && data.table.numRows === lockedTest.rows;
  if (isInForce && manifest !== lockedTest.manifest)
    throw new RangeError(
      `touchTest: the test of seed ${lockedTest.seed} must have the manifest ${lockedTest.manifest}; ` +
        `got ${manifest}; ` +
        "the twin or the split has changed: lock a test of another seed before anything is trained",
    );
  return recordTouch({
    line,
    manifest,
    model: sha256(
      Buffer.concat(networks.map(({ weights }) => Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength))),
    ),
  });
}
