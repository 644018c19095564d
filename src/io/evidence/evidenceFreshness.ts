import { existsSync } from "node:fs";
import type { EvidenceFile } from "../../core/Evidence.js";
import { evidenceHash, type LedgerEntry } from "./evidenceLedger.js";
import { projectPath } from "../projectPath.js";
import { inputHash } from "./inputHash.js";
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
    if (absent ? !isNeverCommitted(input) : (await inputHash(input)) !== hash) changed.push(input);
  }
  if (!(await sourcesMatch(file, read))) changed.push(sourceWords(file.source));
  return {
    matches: changed.length === 0,
    difference: changed.length === 0 ? "" : `${changed.join(", ")} changed since ${file.id} was made`,
    age: asOf === null ? null : ageInDays(file, ledger, asOf),
    inputsPresent: present.length === Object.keys(file.inputs).length,
  };
}

async function sourcesMatch(
  { source, code }: EvidenceFile,
  read?: (path: string) => Promise<string>,
): Promise<boolean> {
  const named = [source].flat().filter((one) => !one.startsWith("!"));
  if (named.some((one) => !existsSync(projectPath(one.replace(/\/\*\..*$/, ""))))) return false;
  return (await sourceHash(source, { read })) === code;
}

/** One source by its name; of many the first, for they have one hash together. */
function sourceWords(source: EvidenceFile["source"]): string {
  const [first, ...others] = [source].flat().filter((one) => !one.startsWith("!"));
  return others.length === 0 ? first : `${first} or what else it rests on (${others.join(", ")})`;
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
