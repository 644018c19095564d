import type { Verb, VerbGroup, VerbOption } from "../Verb.js";
import type { AnswerAlertOptions, ListedAlerts } from "./answerAlert.js";

/** What `twin alerts list` is asked. */
export interface AlertsListOptions {
  readonly file: string;
  readonly all?: boolean;
}

/** The verb `twin alerts list`: its options, its run and its text. */
export const alertsListVerb: Verb<AlertsListOptions, ListedAlerts> = {
  usage: "list <file>",
  meaning: "open alerts of a file that `twin quality --alerts` wrote; fails where one that stops is not acknowledged",
  options: [{ flags: "--all", meaning: "those that are over, too" }],
  async run({ file, all }) {
    const { listAlerts } = await import("./answerAlert.js");
    const { formatAlerts } = await import("./formatAlerts.js");
    const { stoppingAlerts } = await import("../../monitoring/alerts/alertBook.js");
    const listed = await listAlerts(file, { all });
    return { text: formatAlerts(file, listed), data: listed, passed: stoppingAlerts(listed.records).length === 0 };
  },
};

const answerOptions: readonly VerbOption[] = [
  { flags: "--id <id>", meaning: "of the alert, as the list has it", isRequired: true },
  { flags: "--key <key>", meaning: "of the alert, where several of the id are open" },
  { flags: "--who <name>", meaning: "who answers", isRequired: true },
  { flags: "--why <text>", meaning: "what was found", isRequired: true },
];

function answerVerb(
  usage: string,
  meaning: string,
  event: "acknowledged" | "resolved",
): Verb<AnswerAlertOptions, ListedAlerts> {
  return {
    usage,
    meaning,
    options: answerOptions,
    async run(options) {
      const { answerAlert } = await import("./answerAlert.js");
      const { recordLines } = await import("./formatAlerts.js");
      const answered = await answerAlert(options, event);
      return {
        text: [`${event}:`, ...answered.records.flatMap(recordLines), ...answered.notes].join("\n"),
        data: answered,
      };
    },
  };
}

/** The verb `twin alerts acknowledge`: its options, its run and its text. */
export const alertsAcknowledgeVerb: Verb<AnswerAlertOptions, ListedAlerts> = answerVerb(
  "acknowledge <file>",
  "somebody has looked at an open alert: it stops nothing any more",
  "acknowledged",
);

/** The verb `twin alerts resolve`: its options, its run and its text. */
export const alertsResolveVerb: Verb<AnswerAlertOptions, ListedAlerts> = answerVerb(
  "resolve <file>",
  "an alert is over: raised again, it opens anew",
  "resolved",
);

/** `twin alerts` */
export const alertsVerbs: VerbGroup = {
  usage: "alerts",
  meaning: "alerts that were written down: which are open, who looked at them, and why they are over",
  verbs: [alertsListVerb, alertsAcknowledgeVerb, alertsResolveVerb],
};
