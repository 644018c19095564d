import type { InputFault } from "../../core/InputError.js";
import type { Alias, RegistryEntry } from "./RegistryEntry.js";

/** Where versions stand: what a history comes to. */
export interface Standing {
  /** In the order in which they came. */
  readonly versions: readonly string[];
  /** The champion is the last one; before it those that a rollback goes back to, one after the other. */
  readonly champions: readonly string[];
  readonly challenger: string | null;
}

/** What an entry does, without who, when and why. */
export type Move = Pick<RegistryEntry, "action" | "alias" | "version" | "before">;

export const noStanding: Standing = { versions: [], champions: [], challenger: null };

/** Version under an alias; null where there is none. */
export function versionAt({ champions, challenger }: Standing, alias: Alias): string | null {
  return alias === "champion" ? (champions.at(-1) ?? null) : challenger;
}

/** What a rollback puts under an alias: the champion before this one; in place of a challenger nobody. */
export function rollbackOf(standing: Standing, alias: Alias): Move {
  const version = alias === "champion" ? (standing.champions.at(-2) ?? null) : null;
  return { action: "rollback", alias, version, before: versionAt(standing, alias) };
}

/** Which rule a move breaks; null where it may be made. */
export function brokenRule(standing: Standing, move: Move): Omit<InputFault, "where"> | null {
  const { action, alias, version, before } = move;
  const short = (name: string | null): string => (name === null ? "none" : name.slice(0, 12));
  if (action === "register") {
    if (alias !== null || before !== null || version === null)
      return { must: "a version is registered without an alias", got: String(alias), mend: "promote it afterwards" };
    return standing.versions.includes(version)
      ? { must: "must be a new version", got: `${short(version)}, which is registered`, mend: "promote it" }
      : null;
  }
  if (alias === null) return { must: "must name an alias", got: "none", mend: "write champion or challenger" };
  const here = versionAt(standing, alias);
  if (before !== here)
    return {
      must: `the ${alias} must be ${short(before)}, as it was when this was decided`,
      got: here === null ? "none: somebody else moved it" : `${short(here)}: somebody else moved it`,
      mend: "look at `twin registry history`, and decide again; nothing was changed",
    };
  return action === "promote" ? brokenPromotion(standing, move, alias) : brokenRollback(standing, move, alias);
}

function brokenPromotion(standing: Standing, { version }: Move, alias: Alias): Omit<InputFault, "where"> | null {
  if (version === null || !standing.versions.includes(version))
    return {
      must: "must be a version that the history registers",
      got: version ?? "none",
      mend: "register its model with `twin registry add`",
    };
  const standsAs = (["champion", "challenger"] as const).find((name) => versionAt(standing, name) === version);
  // A challenger may become the champion; a champion has nobody to challenge but itself.
  if (standsAs === alias || standsAs === "champion")
    return {
      must: `must be another version than the ${standsAs}`,
      got: `${version.slice(0, 12)}, which is the ${standsAs} already`,
      mend: "nothing need be done, or name another version; nothing was changed",
    };
  return null;
}

function brokenRollback(standing: Standing, { version }: Move, alias: Alias): Omit<InputFault, "where"> | null {
  const here = versionAt(standing, alias);
  const back = rollbackOf(standing, alias).version;
  if (here === null || (alias === "champion" && back === null))
    return {
      must: `there must be ${alias === "champion" ? "a champion before this one" : "a challenger"} to roll back`,
      got: "none",
      mend: "see `twin registry history`; promote another version instead; nothing was changed",
    };
  return version === back
    ? null
    : { must: `a rollback goes to ${back ?? "none"}`, got: version ?? "none", mend: "promote that version instead" };
}

/** Where versions stand after a move that breaks no rule. Who becomes champion challenges nobody any more. */
export function standingAfter(standing: Standing, { action, alias, version }: Move): Standing {
  const { versions, champions, challenger } = standing;
  if (action === "register") return { ...standing, versions: [...versions, version!] };
  if (alias === "challenger") return { ...standing, challenger: version };
  const next = action === "promote" ? [...champions, version!] : champions.slice(0, -1);
  return { versions, champions: next, challenger: next.at(-1) === challenger ? null : challenger };
}
