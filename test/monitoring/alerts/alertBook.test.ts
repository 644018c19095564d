import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlertEvent } from "../../../src/core/Alert.js";
import { makeAlert } from "../../../src/monitoring/alerts.js";
import {
  acknowledgeAlert,
  alertBook,
  openAlerts,
  raiseAlerts,
  resolveAlert,
  stoppingAlerts,
} from "../../../src/monitoring/alerts/alertBook.js";

const unit = makeAlert("data-unit", { key: "a.csv, timeSecond", text: "looks like min" });
const other = { ...unit, key: "b.csv, timeSecond" };
const answer = { who: "Ada", why: "lab 3 writes minutes", at: "t3" };

describe("a book of alerts", () => {
  it("counts an open alert again instead of anew, with its newest numbers", () => {
    const book = raiseAlerts(raiseAlerts([], [unit, other], "t1"), [{ ...unit, numbers: { rows: 9 } }], "t2");
    expect(book).toMatchObject([
      { key: unit.key, count: 2, first: "t1", last: "t2", numbers: { rows: 9 } },
      { key: other.key, count: 1, last: "t1" },
    ]);
  });

  it("stops until somebody acknowledged, and opens anew after it was resolved", () => {
    const raised = raiseAlerts([], [unit], "t1");
    expect(stoppingAlerts(raised)).toHaveLength(1);
    const seen = acknowledgeAlert(raised, unit, answer);
    expect([stoppingAlerts(seen).length, openAlerts(seen).length]).toEqual([0, 1]);
    expect(stoppingAlerts(raiseAlerts(seen, [unit], "t4"))).toEqual([]);
    const over = resolveAlert(seen, unit, answer);
    expect(openAlerts(over)).toEqual([]);
    const again = raiseAlerts(over, [unit], "t5");
    expect(again).toMatchObject([{ resolved: answer }, { count: 1, first: "t5", acknowledged: null }]);
    expect(stoppingAlerts(again)).toHaveLength(1);
  });

  it("wants an alert looked at again that is more urgent than when it was acknowledged", () => {
    const mild = { ...unit, severity: "warn" as const };
    const seen = acknowledgeAlert(raiseAlerts([], [mild], "t1"), mild, answer);
    expect(stoppingAlerts(raiseAlerts(seen, [unit], "t2"))).toHaveLength(1);
    expect(raiseAlerts(seen, [mild], "t2")[0].acknowledged).toEqual(answer);
  });

  it("gives named errors for alerts that are not open, and answers without who or why", () => {
    const book = raiseAlerts([], [unit], "t1");
    expect(() => acknowledgeAlert(book, other, answer)).toThrow(
      'alert data-unit of "b.csv, timeSecond": an open alert must be named; got one that is not open; ' +
        'open are data-unit of "a.csv, timeSecond"',
    );
    expect(() => resolveAlert(book, unit, { ...answer, why: " " })).toThrow("an answer needs who gives it and why");
  });

  it("is told by a log in which two people answered at once", () => {
    const resolved = { event: "resolved", id: unit.id, key: unit.key, ...answer } as const;
    const events: AlertEvent[] = [{ event: "raised", at: "t1", alert: unit }, resolved, { ...resolved, who: "Bob" }];
    expect(alertBook(events)).toMatchObject([{ resolved: answer }]);
  });

  it("is what its events tell, and no step changes the book before it (property)", () => {
    const alerts = ["a", "b", "c"].map((key) => ({ ...unit, key }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 30 }), (steps) => {
        let book = alertBook([]);
        const events: AlertEvent[] = [];
        steps.forEach(([which, what], i) => {
          const [alert, at] = [alerts[which], `t${i}`];
          const before = JSON.stringify(book);
          const old = book;
          const isOpen = openAlerts(book).some(({ key }) => key === alert.key);
          if (what === 0 || !isOpen) {
            book = raiseAlerts(book, [alert], at);
            events.push({ event: "raised", at, alert });
          } else {
            const event = what === 1 ? "acknowledged" : "resolved";
            book = (what === 1 ? acknowledgeAlert : resolveAlert)(book, alert, { who: "A", why: "B", at });
            events.push({ event, at, id: alert.id, key: alert.key, who: "A", why: "B" });
          }
          expect(JSON.stringify(old)).toBe(before);
        });
        expect(alertBook(JSON.parse(JSON.stringify(events)) as AlertEvent[])).toEqual(book);
        const open = openAlerts(book).map(({ key }) => key);
        expect(new Set(open).size).toBe(open.length);
      }),
    );
  });
});
