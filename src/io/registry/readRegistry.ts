import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName, projectPath } from "../projectPath.js";
import { readText } from "../readText.js";
import { asReadError } from "../systemRefusal.js";
import { type Alias, aliasNames, emptyHistory, parseEntry, type RegistryEntry } from "./RegistryEntry.js";
import { brokenRule, noStanding, type Standing, standingAfter, versionAt } from "./standing.js";

/** A registry whose history was read and found whole. */
export interface Registry {
  readonly entries: readonly RegistryEntry[];
  /** Hash of the last entry: who knows it knows that nothing before it was changed. */
  readonly head: string;
  readonly aliases: Readonly<Partial<Record<Alias, string>>>;
  readonly standing: Standing;
}

/** The project's own registry. */
export const ownRegistry: string = projectPath("data", "registry");

/** Folder of the entries of a registry. */
export function historyFolder(registry: string): string {
  return join(registry, "history");
}

/** Name of the file of an entry. */
export function entryName(entry: number): string {
  return `${String(entry).padStart(6, "0")}.json`;
}

/**
 * The history of a registry, each entry held to the one before it and to the rules of what may stand where. Where
 * there is no folder, it is empty. That entries were cut off at the end is seen only by who knows a later head.
 *
 * @param options.head  that the history had once: it must still be in it
 * @throws InputError naming the first entry that is edited, missing, out of place or against the rules
 */
export async function readRegistry(
  folder: string = ownRegistry,
  { head: known }: { readonly head?: string } = {},
): Promise<Registry> {
  const history = historyFolder(folder);
  const entries: RegistryEntry[] = [];
  let head = emptyHistory;
  let standing = noStanding;
  const last = await lastNumber(history);
  for (let number = 1; number <= last; number++) {
    const path = join(history, entryName(number));
    const refuse = (must: string, got: string): InputError =>
      new InputError({ where: projectName(path), must, got, mend: restore });
    // A mark of byte order is a byte more, too.
    const text = await readText(path, { keepsMark: true }).catch((error: unknown) => {
      throw error instanceof InputError && error.fault.got === "ENOENT"
        ? refuse("must be there, as a later entry is: an entry was removed or renumbered", "no such file")
        : error;
    });
    const entry = parseEntry(text);
    if (entry === null) throw refuse("must be an entry with the hash that it says: it was edited", shown(text));
    if (entry.entry !== number || entry.previous !== head)
      throw refuse(
        `must be entry ${number}, which follows hash ${head.slice(0, 12)}: entries were removed, added or moved`,
        `entry ${entry.entry}, which follows hash ${entry.previous.slice(0, 12)}`,
      );
    const broken = brokenRule(standing, entry);
    if (broken !== null) throw refuse(broken.must, broken.got);
    standing = standingAfter(standing, entry);
    entries.push(entry);
    head = entry.sha256;
  }
  if (known !== undefined && known !== emptyHistory && !entries.some(({ sha256 }) => sha256 === known))
    throw new InputError({
      where: projectName(history),
      must: `must have an entry of hash ${known}`,
      got: `${entries.length} entries, the last of hash ${head}`,
      mend: restore,
    });
  return { entries, head, aliases: aliasesOf(standing), standing };
}

const restore = "restore the registry from a copy; no entry may be changed";

function shown(text: string): string {
  return `"${text.slice(0, 60)}"`;
}

function aliasesOf(standing: Standing): Registry["aliases"] {
  const set = aliasNames.flatMap((alias) => {
    const version = versionAt(standing, alias);
    return version === null ? [] : [[alias, version] as const];
  });
  return Object.fromEntries(set);
}

/**
 * Highest number of an entry. All before it stood when it was made, so that they are read by their names: a folder that
 * is listed while others write in it may leave some out.
 */
async function lastNumber(history: string): Promise<number> {
  const names = await readdir(history).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw asReadError(history, error);
  });
  let last = 0;
  for (const name of names.filter((one) => !one.startsWith("."))) {
    const number = /^\d{6,15}\.json$/.test(name) ? Number.parseInt(name, 10) : 0;
    if (number === 0 || name !== entryName(number))
      throw new InputError({
        where: projectName(join(history, name)),
        must: "a history must hold entries alone, called by their numbers, such as 000001.json",
        got: `"${name}"`,
        mend: restore,
      });
    last = Math.max(last, number);
  }
  return last;
}
