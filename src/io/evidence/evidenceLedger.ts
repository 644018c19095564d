import { existsSync } from "node:fs";
import { canonicalJson } from "../../core/canonicalJson.js";
import type { EvidenceFile } from "../../core/Evidence.js";
import { InputError } from "../../core/InputError.js";
import { projectPath } from "../projectPath.js";
import { readText } from "../readText.js";
import { sha256 } from "../sha256.js";
import { today } from "../today.js";
import { writeAtomic } from "../writeAtomic.js";

/** When a version of an evidence file was first seen. The clock is here, never inside evidence. */
export interface LedgerEntry {
  readonly id: string;
  readonly sha256: string;
  /** ISO date. */
  readonly date: string;
}

const path = (): string => projectPath("data", "evidence", "ledger.jsonl");

/** SHA-256 of an evidence file as it is written. */
export function evidenceHash(file: EvidenceFile): string {
  return sha256(canonicalJson(file));
}

/** The append-only ledger, oldest entry first. @throws InputError naming the line that is not an entry */
export async function readLedger(): Promise<LedgerEntry[]> {
  if (!existsSync(path())) return [];
  const lines = (await readText(path())).split("\n").filter((line) => line !== "");
  return lines.map((line, index) => {
    try {
      const { id, sha256, date } = JSON.parse(line) as LedgerEntry;
      // A date that does not parse would give an age that is not a number, and no such age is ever too old.
      if (
        [id, sha256, date].every((value) => typeof value === "string") &&
        /^\d{4}-\d{2}-\d{2}$/.test(date) &&
        !Number.isNaN(Date.parse(date))
      )
        return { id, sha256, date };
    } catch {
      // Reported below with its line, like any other line that is not an entry.
    }
    throw new InputError({
      where: `data/evidence/ledger.jsonl, line ${index + 1}`,
      must: "must be an entry {id, sha256, date}",
      got: line.slice(0, 60),
      mend: "restore the ledger from git",
    });
  });
}

/** Appends what the ledger has not seen; known hashes leave it untouched. Returns the new entries. */
export async function appendToLedger(files: readonly EvidenceFile[], date: string = today()): Promise<LedgerEntry[]> {
  const known = await readLedger();
  const seen = new Set(known.map((entry) => `${entry.id} ${entry.sha256}`));
  const fresh = files
    .map((file) => ({ id: file.id, sha256: evidenceHash(file), date }))
    .filter((entry) => !seen.has(`${entry.id} ${entry.sha256}`));
  if (fresh.length > 0)
    await writeAtomic(path(), [...known, ...fresh].map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  return fresh;
}
