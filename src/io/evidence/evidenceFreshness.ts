import { existsSync } from "node:fs";
import type { EvidenceFile } from "../../core/Evidence.js";
import { evidenceHash, type LedgerEntry } from "./evidenceLedger.js";
import { projectPath } from "../projectPath.js";
import { sha256File } from "../sha256.js";
import { sourceHash } from "./sourceHash.js";

/** How an evidence file stands beside this checkout. */
export interface EvidenceFreshness {
  readonly matches: boolean;
  readonly difference: string;
  readonly age: number | null;
  /** Whether every input is here with the recorded hash, so that `reproduce` recomputes it on this machine. */
  readonly inputsPresent: boolean;
}

/**
 * Compares the hashes an evidence file carries with the sources and inputs that are here. An input that is
 * absent is no mismatch: tables that may not be redistributed are not in the repository.
 *
 * @param ledger  dates of evidence, for the age
 * @param asOf    ISO date against which age is judged; null: age is not judged
 * @param read    how sources are read: one `readOnce()` for many files
 */
export async function evidenceFreshness(
  file: EvidenceFile,
  {
    ledger,
    asOf,
    read,
  }: {
    readonly ledger: readonly LedgerEntry[];
    readonly asOf: string | null;
    readonly read?: (path: string) => Promise<string>;
  },
): Promise<EvidenceFreshness> {
  const present = Object.keys(file.inputs).filter((input) => existsSync(projectPath(input)));
  const changed: string[] = [];
  for (const [input, hash] of Object.entries(file.inputs)) {
    const absent = !existsSync(projectPath(input));
    if (absent ? !isNeverCommitted(input) : (await sha256File(projectPath(input))) !== hash) changed.push(input);
  }
  if (!existsSync(projectPath(file.source)) || (await sourceHash(file.source, { read })) !== file.code)
    changed.push(file.source);
  return {
    matches: changed.length === 0,
    difference: changed.length === 0 ? "" : `${changed.join(", ")} changed since ${file.id} was made`,
    age: asOf === null ? null : ageInDays(file, ledger, asOf),
    inputsPresent: present.length === Object.keys(file.inputs).length,
  };
}

/** Folders that git ignores: published tables, generated rows, trained models. */
function isNeverCommitted(input: string): boolean {
  return /^data\/(real|generated|models)\//.test(input);
}

/**
 * Infinite where the ledger does not know the file on that day: undated evidence is as stale as can be, and so is
 * evidence that came later. One day ahead is a time zone, not the future.
 */
function ageInDays(file: EvidenceFile, ledger: readonly LedgerEntry[], asOf: string): number {
  const hash = evidenceHash(file);
  const entry = ledger.find(({ id, sha256 }) => id === file.id && sha256 === hash);
  const age = entry === undefined ? Infinity : Math.round((Date.parse(asOf) - Date.parse(entry.date)) / 86_400_000);
  return age < -1 ? Infinity : age;
}
