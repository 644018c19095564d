import type { Alert, AlertAnswer, AlertEvent } from "../../core/Alert.js";
import { InputError } from "../../core/InputError.js";

/** An answer to an alert, and when it was given. */
export interface DatedAnswer extends AlertAnswer {
  readonly at: string;
}

/** An alert and what became of it. */
export interface AlertRecord extends Alert {
  /** How often it was raised since it opened. */
  readonly count: number;
  readonly first: string;
  readonly last: string;
  /** Somebody has looked: it is open, and stops nothing. */
  readonly acknowledged: DatedAnswer | null;
  /** It is over: raised again, it opens anew. */
  readonly resolved: DatedAnswer | null;
}

/** All alerts that were raised, the oldest first: plain data. */
export type AlertBook = readonly AlertRecord[];

/** Which open alert is meant. */
export interface AlertName {
  readonly id: string;
  readonly key: string;
}

/**
 * The book with more alerts. One of the same id and key as an open one counts again, with its newest numbers; one that
 * is more urgent than when it was acknowledged wants looking at again.
 *
 * @param at  time of the alerts, ISO 8601
 *
 * @example
 * ```ts
 * import { acknowledgeAlert, makeAlert, raiseAlerts } from "cspbbr3-twin";
 *
 * const alert = makeAlert("data-unit", { key: "monday.csv timeSecond", text: "all 40 values look like min, not s" });
 * const twice = raiseAlerts(raiseAlerts([], [alert], "2026-01-05T08:00:00Z"), [alert], "2026-01-05T09:00:00Z");
 * const answer = { who: "Ada", why: "sheet of lab 3 is in minutes", at: "2026-01-05T09:30:00Z" };
 * const [record] = acknowledgeAlert(twice, alert, answer);
 * console.log(twice.length, record.count, record.acknowledged?.who);
 * // 1 2 Ada
 * ```
 */
export function raiseAlerts(book: AlertBook, alerts: readonly Alert[], at: string): AlertBook {
  const next = [...book];
  for (const alert of alerts) {
    const place = next.findIndex((one) => isOpen(one) && isSame(one, alert));
    if (place < 0) {
      next.push({ ...alert, count: 1, first: at, last: at, acknowledged: null, resolved: null });
      continue;
    }
    const before = next[place];
    const acknowledged = urgency[alert.severity] > urgency[before.severity] ? null : before.acknowledged;
    next[place] = { ...before, ...alert, count: before.count + 1, last: at, acknowledged };
  }
  return next;
}

/**
 * The book after somebody looked at an open alert.
 *
 * @throws InputError if no such alert is open, or who or why is empty
 */
export function acknowledgeAlert(book: AlertBook, name: AlertName, answer: DatedAnswer): AlertBook {
  return answered(book, name, answer, "acknowledged");
}

/**
 * The book after an alert is over.
 *
 * @throws InputError as acknowledgeAlert
 */
export function resolveAlert(book: AlertBook, name: AlertName, answer: DatedAnswer): AlertBook {
  return answered(book, name, answer, "resolved");
}

/** Alerts that are not over. */
export function openAlerts(book: AlertBook): readonly AlertRecord[] {
  return book.filter(isOpen);
}

/** Open alerts that stop things until somebody has looked. */
export function stoppingAlerts(book: AlertBook): readonly AlertRecord[] {
  return openAlerts(book).filter(({ severity, acknowledged }) => severity === "stop" && acknowledged === null);
}

/**
 * The book that a log of events tells, in their order. An answer to what is not open, as when two people answered at
 * once, changes nothing.
 *
 * @throws InputError if who or why is empty
 */
export function alertBook(events: readonly AlertEvent[]): AlertBook {
  return events.reduce<AlertBook>((book, one) => {
    if (one.event === "raised") return raiseAlerts(book, [one.alert], one.at);
    const { id, key, who, why, at } = one;
    if (!openAlerts(book).some((open) => isSame(open, one))) return book;
    return answered(book, { id, key }, { who, why, at }, one.event);
  }, []);
}

const urgency = { note: 0, warn: 1, stop: 2 } as const;

function isOpen({ resolved }: AlertRecord): boolean {
  return resolved === null;
}

function isSame(one: AlertName, other: AlertName): boolean {
  return one.id === other.id && one.key === other.key;
}

function answered(
  book: AlertBook,
  name: AlertName,
  { who, why, at }: DatedAnswer,
  what: "acknowledged" | "resolved",
): AlertBook {
  const refuse = (must: string, got: string, mend: string): InputError =>
    new InputError({ where: `alert ${name.id} of "${name.key}"`, must, got, mend });
  if (who.trim() === "" || why.trim() === "")
    throw refuse("an answer needs who gives it and why", `who "${who}", why "${why}"`, "write both");
  const place = book.findIndex((one) => isOpen(one) && isSame(one, name));
  if (place < 0) {
    const open = openAlerts(book).map(({ id, key }) => `${id} of "${key}"`);
    throw refuse(
      "an open alert must be named",
      "one that is not open",
      open.length === 0 ? "none is open" : `open are ${open.slice(0, 10).join(", ")}`,
    );
  }
  return book.with(place, { ...book[place], [what]: { who, why, at } });
}
