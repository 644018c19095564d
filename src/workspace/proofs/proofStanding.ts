import { readAllEvidence } from "../../io/evidence/evidenceFiles.js";
import { evidenceFreshness } from "../../io/evidence/evidenceFreshness.js";
import { readOnce } from "../../io/evidence/readOnce.js";
import type { Proof } from "./Proof.js";

/** Whether the evidence of a proof still speaks of what is here. */
export interface ProofStanding {
  readonly isVoid: boolean;
  /** What made it void; empty where it holds. */
  readonly why: string;
}

/**
 * How each proof stands, in their order. A proof is void if nothing was recorded, if what it rests on changed, or if
 * a number of it could not be measured when it was recorded.
 */
export async function proofStandings(proofs: readonly Proof[]): Promise<ProofStanding[]> {
  const files = new Map((await readAllEvidence()).map((file) => [file.id, file]));
  const read = readOnce();
  return Promise.all(
    proofs.map(async ({ id }) => {
      const file = files.get(id);
      if (file === undefined) return { isVoid: true, why: "nothing was recorded" };
      const { matches, difference } = await evidenceFreshness(file, { ledger: [], asOf: null, read });
      if (!matches) return { isVoid: true, why: difference };
      const unmeasured = file.measurements.find(({ value }) => value === null);
      if (unmeasured === undefined) return { isVoid: false, why: "" };
      return { isVoid: true, why: `${unmeasured.id} was not measured: ${unmeasured.reason}` };
    }),
  );
}
