import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AlertEvent } from "../../../src/core/Alert.js";
import { appendAlerts, readAlertLog } from "../../../src/io/alerts/alertLog.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const alert = {
  id: "data-unit",
  severity: "stop",
  key: "a",
  numbers: { rows: 3, unit: "s", p: null },
  text: "x\ny",
} as const;
const raised: AlertEvent = { event: "raised", at: "2026-01-05T08:00:00Z", alert };
const seen: AlertEvent = {
  event: "acknowledged",
  at: "2026-01-05T09:00:00Z",
  id: "data-unit",
  key: "a",
  who: "A",
  why: "B",
};

describe("a log of alerts", () => {
  it("gives back what was appended, line by line, and nothing where there is no file", async () => {
    const path = join(folder, "whole.jsonl");
    expect(await readAlertLog(path)).toEqual({ events: [], torn: [] });
    await appendAlerts(path, [raised]);
    await appendAlerts(path, []);
    await appendAlerts(path, [seen, raised]);
    expect(await readAlertLog(path)).toEqual({ events: [raised, seen, raised], torn: [] });
    expect((await readFile(path, "utf8")).split("\n")).toHaveLength(4);
  });

  it("tells and leaves out a line that a killed process left unfinished, and appends behind it", async () => {
    const path = join(folder, "torn.jsonl");
    await appendAlerts(path, [raised]);
    await appendFile(path, JSON.stringify(seen).slice(0, 40));
    expect(await readAlertLog(path)).toEqual({ events: [raised], torn: [2] });
    await appendAlerts(path, [seen]);
    expect(await readAlertLog(path)).toEqual({ events: [raised, seen], torn: [2] });
  });

  it("loses nothing where several append at once", async () => {
    const path = join(folder, "many.jsonl");
    await Promise.all(Array.from({ length: 30 }, () => appendAlerts(path, [raised, seen])));
    const { events, torn } = await readAlertLog(path);
    expect([events.length, torn.length]).toEqual([60, 0]);
  });

  it("gives named errors for other files, folders that are not there, and numbers that JSON has not", async () => {
    const path = join(folder, "other.jsonl");
    await writeFile(path, '{"line":1}\n');
    await expect(readAlertLog(path)).rejects.toThrow("line 1: must be an event of an alert");
    // A table is no log whose lines are all torn: alerts would be written into it.
    await writeFile(path, "temperatureCelsius,leadMolar\n160,0.01\n");
    await expect(readAlertLog(path)).rejects.toThrow("line 1: must be an event of an alert");
    await expect(appendAlerts(join(folder, "no", "where.jsonl"), [raised])).rejects.toThrow("no such folder");
    const spoilt = { ...raised, alert: { ...alert, numbers: { rows: NaN } } };
    await expect(appendAlerts(join(folder, "nan.jsonl"), [spoilt])).rejects.toThrow("must be finite");
  });
});
