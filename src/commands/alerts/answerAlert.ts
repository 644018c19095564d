import { existsSync } from "node:fs";
import type { AlertEvent } from "../../core/Alert.js";
import { InputError } from "../../core/InputError.js";
import { appendAlerts, readAlertLog } from "../../io/alerts/alertLog.js";
import { now } from "../../io/now.js";
import {
  acknowledgeAlert,
  alertBook,
  type AlertBook,
  type AlertRecord,
  openAlerts,
  resolveAlert,
} from "../../monitoring/alerts/alertBook.js";

/** Which alert of a log is answered, by whom and why. */
export interface AnswerAlertOptions {
  readonly file: string;
  readonly id: string;
  /** Needed where several of the id are open. */
  readonly key?: string;
  readonly who: string;
  readonly why: string;
}

/** Alerts of a log. */
export interface ListedAlerts {
  readonly records: readonly AlertRecord[];
  readonly notes: readonly string[];
}

/** Alerts of a log, open ones alone unless all are asked for. @throws InputError as readAlertLog, or without a file */
export async function listAlerts(
  file: string,
  { all = false }: { readonly all?: boolean } = {},
): Promise<ListedAlerts> {
  const { book, notes } = await bookIn(file);
  return { records: all ? book : openAlerts(book), notes };
}

/**
 * Writes down that somebody looked at an open alert, or that it is over.
 *
 * @throws InputError as listAlerts; if no such alert is open, several are, or who or why is empty
 */
export async function answerAlert(
  { file, id, key, who, why }: AnswerAlertOptions,
  event: "acknowledged" | "resolved",
): Promise<ListedAlerts> {
  const { book, notes } = await bookIn(file);
  const same = openAlerts(book).filter((one) => one.id === id);
  if (key === undefined && same.length > 1)
    throw new InputError({
      where: "--key",
      must: `must say which of the ${same.length} open alerts ${id} is meant`,
      got: "none",
      mend: `choose one of ${same
        .slice(0, 10)
        .map((one) => `"${one.key}"`)
        .join(", ")}`,
    });
  const name = { id, key: key ?? same[0]?.key ?? "" };
  const at = now();
  const answer = event === "acknowledged" ? acknowledgeAlert : resolveAlert;
  const next = answer(book, name, { who, why, at });
  await appendAlerts(file, [{ event, at, ...name, who, why } satisfies AlertEvent]);
  return { records: next.filter((one) => one.id === name.id && one.key === name.key).slice(-1), notes };
}

async function bookIn(file: string): Promise<{ readonly book: AlertBook; readonly notes: readonly string[] }> {
  if (!existsSync(file))
    throw new InputError({
      where: file,
      must: "must be a file of alerts",
      got: "no such file",
      mend: "write one with `twin quality FILE --against REFERENCE --alerts alerts.jsonl`",
    });
  const { events, torn } = await readAlertLog(file);
  const notes = torn.map((line) => `line ${line} is unfinished, as a killed process leaves it, and is left out`);
  return { book: alertBook(events), notes };
}
