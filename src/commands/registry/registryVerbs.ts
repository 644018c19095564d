import { InputError } from "../../core/InputError.js";
import type { Alias } from "../../io/registry/RegistryEntry.js";
import { timeoutSeconds } from "../optionParsers.js";
import type { Verb, VerbGroup, VerbOption } from "../Verb.js";
import type { AddedVersion, ChangeOptions, RegistryChange } from "./changeRegistry.js";
import type { RegistryHistory, RegistryList, RegistryOptions, ShownVersion } from "./registryReports.js";
import type { RehearseOptions, RollbackRehearsal } from "./rehearseRollback.js";

const registryOption: VerbOption = {
  flags: "--registry <folder>",
  meaning: "default: data/registry of the project",
};

const readOptions: readonly VerbOption[] = [
  registryOption,
  { flags: "--head <hash>", meaning: "that the history had once: nothing before it may have changed" },
];

const changeOptions: readonly VerbOption[] = [
  registryOption,
  { flags: "--why <words>", meaning: "kept in the history", isRequired: true },
  { flags: "--who <name>", meaning: "kept in the history (default: the user of this machine)" },
  {
    flags: "--evidence <id>",
    meaning: "what it rests on: an id of data/evidence, or a file; may be given several times",
    parse: (text, before) => [...((before as readonly string[] | undefined) ?? []), text],
  },
];

function alias(text: string): Alias {
  if (text === "champion" || text === "challenger") return text;
  throw new InputError({
    where: "--alias",
    must: "must be champion, which answers, or challenger, which is tried against it",
    got: `"${text}"`,
    mend: "write one of them",
  });
}

const aliasOption: VerbOption = {
  flags: "--alias <name>",
  meaning: "champion, which answers, or challenger, which is tried against it",
  parse: alias,
  isRequired: true,
};

/** The verb `twin registry list`. */
export const registryListVerb: Verb<RegistryOptions, RegistryList> = {
  usage: "list",
  meaning: "versions and their aliases; every byte is held to its hash",
  options: readOptions,
  async run(options) {
    const { listRegistry } = await import("./registryReports.js");
    const { formatRegistryList } = await import("./formatRegistry.js");
    const list = await listRegistry(options);
    return { text: formatRegistryList(list), data: list, passed: list.mismatches.length === 0 };
  },
};

/** The verb `twin registry show`. */
export const registryShowVerb: Verb<RegistryOptions & { readonly version: string }, ShownVersion> = {
  usage: "show <version>",
  meaning: "where a version came from, its files and what happened to it; by alias, hash or the hash's beginning",
  options: readOptions,
  async run({ version, ...options }) {
    const { showVersion } = await import("./registryReports.js");
    const { formatVersion } = await import("./formatRegistry.js");
    const found = await showVersion(version, options);
    return { text: formatVersion(found), data: found };
  },
};

/** The verb `twin registry history`. */
export const registryHistoryVerb: Verb<RegistryOptions, RegistryHistory> = {
  usage: "history",
  meaning: "who changed what, when and why, oldest first, and the head to note down",
  options: readOptions,
  async run(options) {
    const { registryHistory } = await import("./registryReports.js");
    const { formatRegistryHistory } = await import("./formatRegistry.js");
    const history = await registryHistory(options);
    return { text: formatRegistryHistory(history), data: history };
  },
};

/** The verb `twin registry add`. */
export const registryAddVerb: Verb<
  ChangeOptions & { readonly model?: string; readonly directory?: string },
  AddedVersion
> = {
  usage: "add [model]",
  meaning: "registers a model as a version, with where it came from and what it says of probe recipes",
  options: [...changeOptions, { flags: "--directory <folder>", meaning: "of models (default data/models)" }],
  async run({ model, ...options }) {
    const { addModel } = await import("./changeRegistry.js");
    const { formatAdded } = await import("./formatRegistry.js");
    const added = await addModel(model, options);
    return { text: formatAdded(added), data: added };
  },
};

/** The verb `twin registry promote`. */
export const registryPromoteVerb: Verb<
  ChangeOptions & { readonly version: string; readonly alias: Alias },
  RegistryChange
> = {
  usage: "promote <version>",
  meaning: "puts a version under an alias, on evidence, if it answers its probes as when it was registered",
  options: [aliasOption, ...changeOptions],
  async run({ version, ...options }) {
    const { promote } = await import("./changeRegistry.js");
    const { formatChange } = await import("./formatRegistry.js");
    const change = await promote(version, options);
    return { text: formatChange(change), data: change };
  },
};

/** The verb `twin registry rollback`. */
export const registryRollbackVerb: Verb<ChangeOptions & { readonly alias: Alias }, RegistryChange> = {
  usage: "rollback",
  meaning: "takes back the last promotion: the champion before answers again, to the bit; a challenger is withdrawn",
  options: [aliasOption, ...changeOptions],
  async run(options) {
    const { takeBack } = await import("./changeRegistry.js");
    const { formatChange } = await import("./formatRegistry.js");
    const change = await takeBack(options);
    return { text: formatChange(change), data: change };
  },
};

/** The verb `twin registry rehearse`. */
export const registryRehearseVerb: Verb<Omit<RehearseOptions, "seconds">, RollbackRehearsal> = {
  usage: "rehearse",
  meaning: "promotes and rolls back in a copy, compares answers to the bit, and writes down that it was rehearsed",
  options: [
    ...readOptions,
    { flags: "--ledger <file>", meaning: "of rehearsals (default data/evidence/rehearsals.jsonl of the project)" },
    {
      flags: "--limit <seconds>",
      meaning: "that it may take (default 60)",
      parse: timeoutSeconds("--limit"),
    },
  ],
  async run(options) {
    const { rehearseRollback } = await import("./rehearseRollback.js");
    const { formatRehearsal } = await import("./formatRegistry.js");
    const rehearsal = await rehearseRollback(options);
    return {
      text: formatRehearsal(rehearsal),
      data: rehearsal,
      passed: rehearsal.drills.every(({ rehearsal: kept, withinTimeLimit }) => kept !== null && withinTimeLimit),
    };
  },
};

/** `twin registry` */
export const registryVerbs: VerbGroup = {
  usage: "registry",
  meaning: "versions of models that never change, and a history of which of them answered when",
  verbs: [
    registryListVerb,
    registryShowVerb,
    registryAddVerb,
    registryPromoteVerb,
    registryRollbackVerb,
    registryHistoryVerb,
    registryRehearseVerb,
  ],
};
