import { InputError } from "../../core/InputError.js";
import {
  type CommittedAnchor,
  committedAnchors,
  readAnchors,
  requireAnchored,
} from "../../io/predictions/anchorLedger.js";
import { type PredictionLedger, readPredictionLedger } from "../../io/predictions/predictionLedger.js";
import type { Validation } from "../../io/predictions/validationLedger.js";
import { projectName } from "../../io/projectPath.js";

/** A ledger of predictions that is as it was anchored. */
export type AnchoredLedger = PredictionLedger & { readonly anchors: readonly CommittedAnchor[] };

/** @throws InputError if there is none, or it is damaged or not as it was anchored */
export async function anchoredLedger(ledger: string): Promise<AnchoredLedger> {
  const predictions = await readPredictionLedger(ledger);
  if (predictions.lines.length === 0)
    throw new InputError({
      where: projectName(ledger),
      must: "must be a ledger of registered predictions",
      got: "no file, or none that has any",
      mend: "register some with `twin predict --register NAME`, or correct --ledger",
    });
  const anchors = await committedAnchors(ledger);
  requireAnchored(predictions, [...anchors, ...(await readAnchors(ledger))], projectName(ledger));
  return { ...predictions, anchors };
}

/**
 * How many lines stood in the ledger when it was last scored and do not any more: no anchor held them.
 *
 * @throws InputError if lines that were there are others now
 */
export function requireSeen({ lines }: PredictionLedger, validations: readonly Validation[], ledger: string): number {
  const most = Math.max(0, ...validations.map((one) => one.ledger.lines));
  const other = validations.find((one) => {
    const there = lines[one.ledger.lines - 1];
    return there !== undefined && there.sha256 !== one.ledger.head;
  });
  if (other !== undefined)
    throw new InputError({
      where: `${projectName(ledger)}, line ${other.ledger.lines}`,
      must: `must have hash ${other.ledger.head.slice(0, 12)}, as it had when "${other.register}" was scored`,
      got: `hash ${lines[other.ledger.lines - 1].sha256.slice(0, 12)}`,
      mend: "restore the ledger from git or another copy; nothing registered may be changed",
    });
  return Math.max(0, most - lines.length);
}
