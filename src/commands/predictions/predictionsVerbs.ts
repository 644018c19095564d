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

/** Which ledger is anchored. */
export interface AnchorOptions {
  /** Default that of the project. */
  readonly ledger?: string;
}

/** Where a ledger of predictions stands, as it was written down. */
export interface AnchoredPredictions {
  readonly head: string;
  readonly lines: number;
  readonly day: string;
  /** False where the newest anchor said so already. */
  readonly isNew: boolean;
  /** File of the anchors. */
  readonly anchors: string;
}

/** The verb `twin predictions anchor`: its options, its run and its text. */
export const predictionsAnchorVerb: Verb<AnchorOptions, AnchoredPredictions> = {
  usage: "anchor",
  meaning: "writes down where the ledger stands, to be committed: outcomes that are seen later meet what it holds",
  options: [{ flags: "--ledger <file>", meaning: "default: data/predictions/ledger.jsonl of the project" }],
  async run({ ledger }) {
    const { anchorsOf, appendAnchor, committedAnchors, readAnchors, requireAnchored } =
      await import("../../io/predictions/anchorLedger.js");
    const { ownLedger, readPredictionLedger } = await import("../../io/predictions/predictionLedger.js");
    const { projectName } = await import("../../io/projectPath.js");
    const path = ledger ?? ownLedger;
    const predictions = await readPredictionLedger(path);
    requireAnchored(predictions, [...(await committedAnchors(path)), ...(await readAnchors(path))], projectName(path));
    const { anchor, isNew } = await appendAnchor(predictions, path);
    const anchors = projectName(anchorsOf(path));
    const { head, lines, day } = anchor;
    return {
      text: [
        `${isNew ? "anchored" : "anchored before, nothing was added"}: ${lines} lines, head ${head}`,
        `commit ${anchors}: it counts from its commit on, and what is registered later needs another`,
      ].join("\n"),
      data: { head, lines, day, isNew, anchors },
    };
  },
};

/** `twin predictions` */
export const predictionsVerbs: VerbGroup = {
  usage: "predictions",
  meaning: "predictions that `twin predict --register` kept before their outcomes existed",
  verbs: [predictionsCheckVerb, predictionsAnchorVerb],
};
