import type { Alert } from "../../core/Alert.js";
import { visibleText } from "../../core/visibleText.js";
import type { AlertRecord, DatedAnswer } from "../../monitoring/alerts/alertBook.js";
import type { AlertSinks, RaisedAlerts } from "./keepAlerts.js";

/** One line for an alert: a line feed in a cell that it quotes must not begin another. */
export function alertLine({ id, severity, text }: Pick<Alert, "id" | "severity" | "text">): string {
  return `  ${severity.toUpperCase()} ${id}: ${visibleText(text)}`;
}

/** What was raised, and where it went, as lines for a terminal. */
export function raisedLines(
  { alerts, stopping, delivery, notes }: RaisedAlerts,
  { alerts: path, webhook }: AlertSinks,
  listed: number,
): string[] {
  const stops = alerts.filter(({ severity }) => severity === "stop");
  const ordered = [...stops, ...alerts.filter(({ severity }) => severity !== "stop")];
  const known = stops.length - stopping.length;
  return [
    `alerts: ${alerts.length === 0 ? "none" : alerts.length}` +
      (stops.length === 0 ? "" : `, ${stops.length} of them stop`) +
      (known > 0 ? `; ${known} acknowledged before` : ""),
    ...ordered.slice(0, listed).map(alertLine),
    ...(alerts.length > listed ? [`  and ${alerts.length - listed} more`] : []),
    ...(alerts.length > 0 ? [`  what to do: docs/runbooks/${ordered[0].id}.md`] : []),
    ...notes,
    ...(path === undefined || alerts.length === 0 ? [] : [`  written to ${path}: \`twin alerts list ${path}\``]),
    ...(delivery === null
      ? []
      : [
          delivery.delivered
            ? `  sent to ${webhook}`
            : `  NOT sent to ${webhook} in ${delivery.tries} ${delivery.tries === 1 ? "try" : "tries"}: ` +
              `${delivery.reason}${path === undefined ? "" : "; the file has them"}`,
        ]),
  ];
}

/** The alerts of a log as text for a terminal, the newest last. */
export function formatAlerts(
  path: string,
  { records, notes }: { readonly records: readonly AlertRecord[]; readonly notes: readonly string[] },
): string {
  const open = records.filter(({ resolved }) => resolved === null).length;
  const count = open === 0 ? "no" : String(open);
  return [`${path}: ${count} open ${open === 1 ? "alert" : "alerts"}`, ...notes, ...records.flatMap(recordLines)].join(
    "\n",
  );
}

/** An alert of a log, and what became of it. */
export function recordLines(one: AlertRecord): string[] {
  const { count, first, last, key, acknowledged, resolved } = one;
  const times = count === 1 ? `once, ${last}` : `${count} times, ${first} to ${last}`;
  return [
    alertLine(one),
    `    key "${visibleText(key)}"; raised ${times}`,
    ...(acknowledged === null ? [] : [`    acknowledged by ${answerText(acknowledged)}`]),
    ...(resolved === null ? [] : [`    resolved by ${answerText(resolved)}`]),
  ];
}

function answerText({ who, at, why }: DatedAnswer): string {
  return visibleText(`${who}, ${at}: ${why}`);
}
