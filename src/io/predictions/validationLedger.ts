import { dirname, join } from "node:path";
import { z } from "zod";
import { appendChained, type ChainedKind, type Link, readChained } from "../chainedLedger.js";
import { ownLedger } from "./predictionLedger.js";

/** How predictions stood when their outcomes came. */
export type Standing = "withheld" | "late";

/** A promise of coverage in one file of outcomes: rows and misses of each group, from which evidence is computed. */
export interface PromiseTally {
  readonly promise: string;
  /** Share that is promised to be covered. */
  readonly level: number;
  readonly groups: readonly (readonly [rows: number, misses: number])[];
}

/** What was found when outcomes met the predictions of one registered name. */
export interface Validation {
  /** SHA-256 of the file of outcomes. */
  readonly outcomesSha256: string;
  readonly register: string;
  readonly kind: string;
  /** ISO time at which the outcomes were first seen here, in this file or of these experiments in another. */
  readonly firstSeen: string;
  /** ISO time of the validation. */
  readonly at: string;
  readonly standing: Standing;
  /** Why predictions are late; null where they are not. */
  readonly reason: string | null;
  /** Of predictions, as it was then. */
  readonly ledger: { readonly lines: number; readonly head: string };
  /** Newest that held the predictions; null where none did. */
  readonly anchor: { readonly head: string; readonly committed: string | null } | null;
  /** Names of the experiments that were judged. */
  readonly rows: readonly string[];
  /** Of their outcomes all together. */
  readonly judgedSha256: string;
  /** By group of rows; plain JSON. */
  readonly scores: unknown;
  readonly promises: readonly PromiseTally[];
  readonly verdict: "broken" | "held" | "unknown" | "late";
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const kind: ChainedKind<Validation> = {
  shape: z.strictObject({
    outcomesSha256: hash,
    register: z.string(),
    kind: z.string(),
    firstSeen: z.iso.datetime(),
    at: z.iso.datetime(),
    standing: z.enum(["withheld", "late"]),
    reason: z.string().nullable(),
    ledger: z.strictObject({ lines: count, head: hash }),
    anchor: z.strictObject({ head: hash, committed: z.iso.datetime().nullable() }).nullable(),
    rows: z.array(z.string()).min(1),
    judgedSha256: hash,
    scores: z.unknown(),
    promises: z.array(
      z.strictObject({ promise: z.string(), level: z.number(), groups: z.array(z.tuple([count, count])) }),
    ),
    verdict: z.enum(["broken", "held", "unknown", "late"]),
  }),
  line: "a validation",
  work: "write down validations here",
};

/** File of the validations of a ledger of predictions. */
export function validationsOf(ledger: string = ownLedger): string {
  return join(dirname(ledger), "validations.jsonl");
}

/** Validations, oldest first, each held to the one before it. @throws InputError as readChained */
export async function readValidations(ledger: string = ownLedger): Promise<readonly (Validation & Link)[]> {
  return readChained(validationsOf(ledger), kind);
}

/**
 * Appends a validation; one of the same file and registered name adds nothing.
 *
 * @throws InputError as appendChained
 */
export async function appendValidation(
  validation: Validation,
  ledger: string = ownLedger,
): Promise<{ readonly line: Validation & Link; readonly isNew: boolean }> {
  const isSame = (one: Validation): boolean =>
    one.outcomesSha256 === validation.outcomesSha256 && one.register === validation.register;
  let isNew = false;
  const all = await appendChained(validationsOf(ledger), kind, (known) => {
    isNew = !known.some(isSame);
    return isNew ? validation : null;
  });
  return { line: all.find(isSame)!, isNew };
}
