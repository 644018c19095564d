import { InputError } from "../../core/InputError.js";
import { type Answerer, answeredAlike } from "./Answerer.js";
import { appendEntry, checkReasons, type Reasons } from "./appendEntry.js";
import { readRegistry } from "./readRegistry.js";
import type { Alias, RegistryEntry } from "./RegistryEntry.js";
import { brokenRule, type Move, rollbackOf, versionAt } from "./standing.js";
import { versionName, versionPlace } from "./version.js";

export interface Moving extends Reasons {
  readonly alias: Alias;
  /** Asked whether the version that takes over answers its probes as when it was registered. */
  readonly answer: Answerer;
  /** Version that the decision saw under the alias, null for none: another one is refused. Default: what is there. */
  readonly before?: string | null;
}

/**
 * Puts a version under an alias, on evidence. It must be whole, and answer its probes as when it was registered, to the
 * bit. Who becomes champion is no longer the challenger.
 *
 * @param version  hash, its beginning, or the alias that it has
 * @throws InputError if there is no evidence or no such version, a byte was changed, it answers otherwise, or somebody
 *   else moved the alias meanwhile; nothing is changed then
 */
export async function promoteVersion(
  registry: string,
  { version: meant, ...moving }: Moving & { readonly version: string },
): Promise<RegistryEntry> {
  const where = "twin registry promote";
  if ((moving.evidence ?? []).length === 0)
    throw new InputError({
      where: `${where} --evidence`,
      must: "a version is promoted on evidence",
      got: "none",
      mend: "name what shows that it may take over: an id of data/evidence, or a file",
    });
  checkReasons(moving, where);
  const version = await versionName(registry, meant);
  return moveAlias(registry, moving, {
    where,
    moveOf: (before) => ({ action: "promote", alias: moving.alias, version, before }),
  });
}

/**
 * Takes back the last promotion of an alias: the champion before this one takes over again, whose answers to its probes
 * must be what they were, to the bit; a challenger is withdrawn, and nobody takes its place.
 *
 * @throws InputError if there is nothing to go back to, and as promoteVersion
 */
export async function rollBack(registry: string, moving: Moving): Promise<RegistryEntry> {
  const where = "twin registry rollback";
  checkReasons(moving, where);
  const { version } = rollbackOf((await readRegistry(registry)).standing, moving.alias);
  return moveAlias(registry, moving, {
    where,
    moveOf: (before) => ({ action: "rollback", alias: moving.alias, version, before }),
  });
}

async function moveAlias(
  registry: string,
  { alias, answer, before: given, ...reasons }: Moving,
  { where, moveOf }: { readonly where: string; readonly moveOf: (before: string | null) => Move },
): Promise<RegistryEntry> {
  const { standing } = await readRegistry(registry);
  const move = moveOf(given === undefined ? versionAt(standing, alias) : given);
  // Before the version is asked, which takes its time, and again when the entry is made.
  const broken = brokenRule(standing, move);
  if (broken !== null) throw new InputError({ where, ...broken });
  if (move.version !== null) await answeredAlike(registry, await versionPlace(registry, move.version), answer);
  return (await appendEntry(registry, () => move, { where, ...reasons }))!;
}
