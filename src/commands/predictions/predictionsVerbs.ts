import { mapOptions, tableOptions } from "../tableOptions.js";
import type { Verb, VerbGroup } from "../Verb.js";
import type { CheckRegisteredOptions, LedgerCheck } from "./checkRegistered.js";

/** The verb `twin predictions check`: its options, its run and its text. */
export const predictionsCheckVerb: Verb<CheckRegisteredOptions, LedgerCheck> = {
  usage: "check [name] [file]",
  meaning:
    "lists registered predictions, whose ledger must be whole; with the recipes of a name, its model answers again",
  options: [
    { flags: "--ledger <file>", meaning: "default: data/predictions/ledger.jsonl of the project" },
    { flags: "--head <hash>", meaning: "that the ledger had once: nothing before it may have changed" },
    ...mapOptions.filter(({ flags }) => flags !== "--strict"),
    ...tableOptions,
  ],
  async run(options) {
    const { checkRegistered } = await import("./checkRegistered.js");
    const { formatLedgerCheck } = await import("./formatLedgerCheck.js");
    const check = await checkRegistered(options);
    return {
      text: formatLedgerCheck(check),
      data: check,
      passed: check.names.every(({ isKept }) => isKept) && (check.answeredAgain?.different.length ?? 0) === 0,
    };
  },
};

/** `twin predictions` */
export const predictionsVerbs: VerbGroup = {
  usage: "predictions",
  meaning: "predictions that `twin predict --register` kept before their outcomes existed",
  verbs: [predictionsCheckVerb],
};
