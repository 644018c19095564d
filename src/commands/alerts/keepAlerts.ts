import type { Alert } from "../../core/Alert.js";
import { InputError } from "../../core/InputError.js";
import type { Delivery } from "../../io/alerts/postAlerts.js";
import { alertBook, raiseAlerts, stoppingAlerts, type AlertRecord } from "../../monitoring/alerts/alertBook.js";

/** Where raised alerts go beside the terminal. */
export interface AlertSinks {
  /** File of JSON lines. */
  readonly alerts?: string;
  /** Address that they are posted to. */
  readonly webhook?: string;
}

/** What became of raised alerts. */
export interface RaisedAlerts {
  readonly alerts: readonly Alert[];
  /** Those of them that stop things: nobody has acknowledged them. */
  readonly stopping: readonly AlertRecord[];
  /** Null where no webhook was named, or there was nothing to send. */
  readonly delivery: Delivery | null;
  /** What was met in the file. */
  readonly notes: readonly string[];
}

/**
 * Checks that alerts can go where they are to go, before any is raised.
 *
 * @throws InputError if the log cannot be read, or the webhook is no address
 */
export async function requireSinks({ alerts: path, webhook }: AlertSinks): Promise<void> {
  if (webhook !== undefined) (await import("../../io/alerts/postAlerts.js")).webhookAddress(webhook);
  if (path === undefined) return;
  if (path.trim() === "")
    throw new InputError({
      where: "--alerts",
      must: "must name a file",
      got: '""',
      mend: "write for example alerts.jsonl",
    });
  const { requireWritable } = await import("../../io/writeAtomic.js");
  await requireWritable(path);
  await (await import("../../io/alerts/alertLog.js")).readAlertLog(path);
}

/**
 * Raises alerts: they are written down first, so that a webhook that fails loses none, and sent then.
 *
 * @throws InputError as requireSinks
 */
export async function keepAlerts(
  alerts: readonly Alert[],
  { alerts: path, webhook }: AlertSinks,
  { post }: { readonly post?: typeof fetch } = {},
): Promise<RaisedAlerts> {
  const { now } = await import("../../io/now.js");
  const at = now();
  let book = raiseAlerts([], alerts, at);
  const notes: string[] = [];
  if (path !== undefined) {
    const { readAlertLog, appendAlerts } = await import("../../io/alerts/alertLog.js");
    const log = await readAlertLog(path);
    if (log.torn.length > 0)
      notes.push(`${path}: line ${log.torn.join(", ")} is unfinished, as a killed process leaves it, and is left out`);
    await appendAlerts(
      path,
      alerts.map((alert) => ({ event: "raised", at, alert })),
    );
    book = raiseAlerts(alertBook(log.events), alerts, at);
  }
  const delivery =
    webhook === undefined || alerts.length === 0
      ? null
      : await (await import("../../io/alerts/postAlerts.js")).postAlerts(webhook, alerts, { post });
  const names = new Set(alerts.map(({ id, key }) => `${id} ${key}`));
  const stopping = stoppingAlerts(book).filter(({ id, key }) => names.has(`${id} ${key}`));
  return { alerts, stopping, delivery, notes };
}
