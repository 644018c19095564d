import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { isLinkedFirst } from "../isLinkedFirst.js";
import { makeFolder } from "../makeFolder.js";
import { now } from "../now.js";
import { syncFolder } from "../syncFolder.js";
import { asWriteError } from "../systemRefusal.js";
import { writeFiles } from "../writeFolderAtomic.js";
import { inTheMaking } from "./inTheMaking.js";
import { entryName, historyFolder, readRegistry, type Registry } from "./readRegistry.js";
import { evidenceMark, type RegistryEntry, sealedEntry } from "./RegistryEntry.js";
import { brokenRule, type Move } from "./standing.js";

/** Who does something to a registry, and why. */
export interface Reasons {
  readonly who: string;
  readonly why: string;
  /** "id@SHA-256" each. */
  readonly evidence?: readonly string[];
}

/**
 * Appends an entry under the next number. It is written to the disk whole, and then linked to its number: that can be
 * done once, so that of several who append at once one gets the number, and the others look at what stands now.
 *
 * @param moveOf  what is to be done, given what stands; null: nothing any more
 * @param where   what is called, for messages
 * @throws InputError if the move breaks a rule (standing.ts), the folder cannot be written or has no hard links
 */
export async function appendEntry(
  registry: string,
  moveOf: (standing: Registry) => Move | null,
  { where, who, why, evidence = [] }: Reasons & { readonly where: string },
): Promise<RegistryEntry | null> {
  checkReasons({ who, why, evidence }, where);
  const history = historyFolder(registry);
  try {
    await makeFolder(history);
    return await inTheMaking(registry, async (making) => {
      for (let attempt = 1; ; attempt++) {
        const found = await readRegistry(registry);
        const move = moveOf(found);
        if (move === null) return null;
        const broken = brokenRule(found.standing, move);
        if (broken !== null) throw new InputError({ where, ...broken });
        const number = found.entries.length + 1;
        const entry = sealedEntry({ entry: number, ...move, who, at: now(), why, evidence, previous: found.head });
        const made = `attempt-${attempt}`;
        await writeFiles(making, { [made]: canonicalJson(entry) });
        const place = join(history, entryName(number));
        if (await isLinkedFirst(join(making, made), place, noLinks)) {
          await syncFolder(history);
          return entry;
        }
        // Until this machine sees what another one has written.
        await setTimeout(pause);
      }
    });
  } catch (error) {
    throw asWriteError(registry, error);
  }
}

/** Milliseconds. */
const pause = 5;

const noLinks = { folder: "a registry", mend: "choose another folder with --registry" };

/** @throws InputError if who, why or evidence are not told */
export function checkReasons({ who, why, evidence = [] }: Reasons, where: string): void {
  for (const [option, text, most] of [
    ["--who", who, 200],
    ["--why", why, 2000],
  ] as const)
    if (text.trim() === "" || text.length > most)
      throw new InputError({
        where: `${where} ${option}`,
        must: `must be told, in at most ${most} letters`,
        got: text.trim() === "" ? "nothing" : `${text.length} letters`,
        mend: 'write for example --who "A. Chemist" --why "more often right on March\'s plates"',
      });
  const strange = evidence.find((one) => !evidenceMark.test(one));
  if (strange !== undefined)
    throw new InputError({
      where: `${where} --evidence`,
      must: "evidence must be named by its id and hash, id@SHA-256",
      got: `"${strange}"`,
      mend: "name an evidence file",
    });
}
