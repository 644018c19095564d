import { z } from "zod";
import { canonicalJson } from "../../core/canonicalJson.js";
import { sha256 } from "../sha256.js";

/** What a version may be called: the one that answers, and the one that is tried against it. */
export type Alias = "champion" | "challenger";

export const aliasNames: readonly Alias[] = ["champion", "challenger"];

/** What happened to a registry, once: kept for good, under its number. */
export interface RegistryEntry {
  /** Place in the history, counted from 1. */
  readonly entry: number;
  readonly action: "register" | "promote" | "rollback";
  /** Null where a version was registered. */
  readonly alias: Alias | null;
  /** Version that was registered, or stands under the alias from now on; null where a challenger was withdrawn. */
  readonly version: string | null;
  /** Version that stood under the alias before; null where none did. */
  readonly before: string | null;
  readonly who: string;
  /** ISO time (UTC). */
  readonly at: string;
  readonly why: string;
  /** "id@SHA-256" each. */
  readonly evidence: readonly string[];
  /** Hash of the entry before; 64 zeros in the first. */
  readonly previous: string;
  /** SHA-256 of the entry's own text without this field. */
  readonly sha256: string;
}

/** Head of a history without entries. */
export const emptyHistory: string = "0".repeat(64);

/** How evidence is named: by its id or file, and its hash. */
export const evidenceMark: RegExp = /^[^@\s][^\n]*@[0-9a-f]{64}$/;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const words = z.string().min(1);
const shape = z.strictObject({
  entry: z.int().positive(),
  action: z.enum(["register", "promote", "rollback"]),
  alias: z.enum(["champion", "challenger"]).nullable(),
  version: hash.nullable(),
  before: hash.nullable(),
  who: words,
  at: z.iso.datetime(),
  why: words,
  evidence: z.array(z.string().regex(evidenceMark)),
  previous: hash,
  sha256: hash,
});

/** An entry as it is written, with its hash. */
export function sealedEntry({
  entry,
  action,
  alias,
  version,
  before,
  who,
  at,
  why,
  evidence,
  previous,
}: Omit<RegistryEntry, "sha256">): RegistryEntry {
  const body = { entry, action, alias, version, before, who, at, why, evidence, previous };
  return { ...body, sha256: sha256(canonicalJson(body)) };
}

/** An entry from its text; null if it is none, or its text is not what was written, to the byte. */
export function parseEntry(text: string): RegistryEntry | null {
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const entry = sealedEntry(parsed.data);
    return canonicalJson(entry) === text ? entry : null;
  } catch {
    return null;
  }
}
