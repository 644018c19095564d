import { visibleText } from "../../core/visibleText.js";
import type { RegistryEntry } from "../../io/registry/RegistryEntry.js";
import type { AddedVersion, RegistryChange } from "./changeRegistry.js";
import type { RegistryHistory, RegistryList, ShownVersion } from "./registryReports.js";
import type { RollbackRehearsal } from "./rehearseRollback.js";

/** Digits of a hash that people are shown, where they can ask for it by its beginning. */
const shown = 12;
const hashDigits = 64;

const short = (hash: string): string => hash.slice(0, shown);
const count = (value: number, one: string, many = `${one}s`): string => `${value} ${value === 1 ? one : many}`;
const lines = (all: readonly string[]): string => all.map((line) => visibleText(line)).join("\n");
const told = (hash: string | null): string => hash ?? "not told";
const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** A registry and its versions, for the terminal. */
export function formatRegistryList({
  registry,
  exists,
  entries,
  head,
  versions,
  mismatches,
  unregistered,
}: RegistryList): string {
  if (!exists) return nothingYet(registry);
  return lines([
    `${registry}: ${count(versions.length, "version")}, ${count(entries, "entry", "entries")}, ` +
      `${mismatches.length === 0 ? "every byte has its hash" : "damaged"}`,
    ...versions.map(
      ({ version, aliases, at, who, why }) =>
        `${short(version)}  ${aliases.join(", ").padEnd(10)}  registered ${minute(at)} by ${who}: ${why}`,
    ),
    ...mismatches.map((what) => `damaged: ${what}`),
    ...unregistered.map(
      (version) =>
        `${short(version)} is not in the history: who added it was killed, or the history's end was cut off ` +
        "(compare its head)",
    ),
    `head of the history: ${head}`,
  ]);
}

/** A version, for the terminal. */
export function formatVersion({ version, aliases, path, lineage, files, history }: ShownVersion): string {
  const { kind, command, seed, dataSha256, codeSha256, splitSha256, evidence } = lineage;
  return lines([
    `version ${version}${aliases.length === 0 ? "" : `, the ${aliases.join(" and ")}`}: every byte has its hash`,
    `  model (${kind}): ${path}`,
    `  made by ${command}`,
    `  seed ${seed}, data ${told(dataSha256)}, split ${told(splitSha256)}, code ${told(codeSha256)}`,
    `  evidence: ${evidence.join(", ") || "none was named"}`,
    ...Object.entries(files).map(([name, hash]) => `  ${short(hash)}  ${name}`),
    ...history.map((entry) => `  ${entryLine(entry)}`),
  ]);
}

/** What happened to a registry, for the terminal. */
export function formatRegistryHistory({ registry, exists, entries, head, aliases }: RegistryHistory): string {
  if (!exists) return nothingYet(registry);
  const stands = Object.entries(aliases).map(([alias, version]) => `${alias} ${short(version)}`);
  return lines([
    ...entries.map(entryLine),
    `${registry}: whole, ${count(entries.length, "entry", "entries")}; ${stands.join(", ") || "no champion yet"}`,
    `head: ${head}`,
    "note it down elsewhere: entries cut off at the end are seen only by who knows a later head (--head)",
  ]);
}

function entryLine({ entry, action, alias, version, before, who, at, why, evidence }: RegistryEntry): string {
  const what = {
    register: `registered ${short(version ?? "")}`,
    promote: `${short(version ?? "")} promoted to ${alias}${before === null ? "" : ` in place of ${short(before)}`}`,
    rollback:
      version === null
        ? `${alias} ${short(before ?? "")} withdrawn`
        : `${alias} rolled back from ${short(before ?? "")} to ${short(version)}`,
  }[action];
  const marks = evidence.map((mark) => mark.slice(0, shown - hashDigits));
  const on = marks.length === 0 ? "" : `; evidence ${marks.join(", ")}`;
  return `${entry}  ${minute(at)}  ${what}, by ${who}: ${why}${on}`;
}

/** What became of a change, for the terminal. */
export function formatChange({ registry, entry, head }: RegistryChange): string {
  const { action, alias, version, before } = entry;
  const alike = "it answers its probes as when it was registered, to the bit";
  const instead = before === null ? "" : `, in place of ${short(before)}`;
  const text =
    action === "promote"
      ? `${short(version ?? "")} is the ${alias} now${instead}: ${alike}`
      : version === null
        ? `the ${alias} ${short(before ?? "")} is withdrawn`
        : `rolled back: ${short(version)} is the ${alias} again${instead}: ${alike}`;
  return lines([text, `head of the history in ${registry}: ${head}`]);
}

/** What became of a model that was to be registered, for the terminal. */
export function formatAdded({ registry, version, isNew, model, kind, head }: AddedVersion): string {
  return lines([
    isNew
      ? `registered in ${registry}: version ${version}`
      : `registered before, nothing was added to ${registry}: version ${version}`,
    `model ${short(model)} (${kind}); \`twin registry promote ${short(version)}\` puts it under an alias`,
    `head of the history: ${head}`,
  ]);
}

/** Rehearsed rollbacks, for the terminal. */
export function formatRehearsal({ drills, limitSeconds, ledger }: RollbackRehearsal): string {
  return lines(
    drills.flatMap(
      ({ of, proof, evidenceSha256, bitwiseEqual, tellsApart, hashMismatches, withinTimeLimit, rehearsal }) => [
        `${of === null ? "two small models" : `a copy of ${of}`}: champion ${short(proof.versions[0])}; ` +
          `${short(proof.versions[1])} was promoted and rolled back`,
        `  the answers to its probes afterwards: ${bitwiseEqual ? "as before, to the bit" : "NOT as before"}`,
        ...(tellsApart ? [] : ["  the version between answered alike, which proves nothing"]),
        `  damaged files: ${hashMismatches}; ` +
          `${withinTimeLimit ? "within" : "NOT within"} the limit of ${limitSeconds} s`,
        rehearsal === null
          ? "  the rehearsal failed, and was not written down"
          : `  in ${ledger}: ${rehearsal.check}, ${rehearsal.day}, evidence ${evidenceSha256}`,
      ],
    ),
  );
}

function nothingYet(registry: string): string {
  return `${registry}: nothing is registered yet, the first \`twin registry add\` makes it`;
}
