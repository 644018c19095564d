import type { AlertSinks, RaisedAlerts } from "../alerts/keepAlerts.js";
import type { Verb } from "../Verb.js";
import type { NewValidation, ValidateOptions } from "../../problems/registered/validateNew.js";

/** What `twin validate` is asked. */
export interface ValidateVerbOptions extends Omit<ValidateOptions, "keeps" | "at">, AlertSinks {
  /** File of outcomes that have come. */
  readonly new: string;
  /** Ledger of rehearsals in which is noted that continuous validation was carried out (default: it is not). */
  readonly rehearsals?: string;
}

/** New outcomes beside what was said of them, and the alerts that this raised. */
export interface VerbValidation extends NewValidation {
  readonly raised: RaisedAlerts;
}

/** The verb `twin validate`: its options, its run and its text. */
export const validateVerb: Verb<ValidateVerbOptions, VerbValidation> = {
  usage: "validate",
  meaning:
    "scores outcomes that have come against predictions that were registered before, and follows what these " +
    "promised; fails where a promise is broken",
  options: [
    {
      flags: "--new <file>",
      meaning: "CSV of the outcomes, with the names of their experiments: columns as the register's kind has them",
      isRequired: true,
    },
    {
      flags: "--recipes <file>",
      meaning: "the recipes, as they were registered: each is held to its hash, and scores stand apart by them",
    },
    { flags: "--register <name>", meaning: "scores this one alone (default: all that predicted the experiments)" },
    {
      flags: "--ledger <file>",
      meaning:
        "of the predictions (default data/predictions/ledger.jsonl of the project); anchors.jsonl and " +
        "validations.jsonl stand beside it",
    },
    {
      flags: "--rehearsals <file>",
      meaning: "notes in this ledger that continuous validation was carried out today (check PI8)",
    },
    { flags: "--alerts <file>", meaning: ".jsonl that alerts are appended to: `twin alerts list` shows them" },
    { flags: "--webhook <address>", meaning: "http or https address that alerts are posted to as JSON" },
  ],
  async run({ new: file, rehearsals, alerts, webhook, ...options }) {
    const { validateNew } = await import("../../problems/registered/validateNew.js");
    const { formatValidation } = await import("./formatValidation.js");
    const { keepAlerts, requireSinks } = await import("../alerts/keepAlerts.js");
    const { raisedLines } = await import("../alerts/formatAlerts.js");
    const { promiseAlerts } = await import("../../monitoring/alerts/promiseAlerts.js");
    const sinks = { alerts, webhook };
    await requireSinks(sinks);
    const found = await validateNew(file, options);
    if (rehearsals !== undefined) {
      const { appendRehearsal } = await import("../../io/evidence/rehearsalLedger.js");
      const { evidenceSha256 } = found;
      await appendRehearsal(rehearsals, { check: "PI8", evidenceSha256, withinTimeLimit: true });
    }
    const raised = await keepAlerts(
      found.registers.flatMap(({ register, promises }) => promiseAlerts(promises, { register })),
      sinks,
    );
    return {
      text: [formatValidation(found), ...(raised.alerts.length === 0 ? [] : raisedLines(raised, sinks, 12))].join("\n"),
      data: { ...found, raised },
      // Acknowledged or not: what was promised is not kept.
      passed: found.passed && raised.delivery?.delivered !== false,
    };
  },
};
