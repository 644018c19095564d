import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { AlertEvent } from "../../core/Alert.js";
import { checkJson } from "../../core/checkJson.js";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../projectPath.js";
import { readText } from "../readText.js";
import { requireFolder } from "../requireFolder.js";
import { asWriteError } from "../systemRefusal.js";

/** A log of alerts as it was read. */
export interface AlertLog {
  readonly events: readonly AlertEvent[];
  /** Lines that a killed process left unfinished, counted from 1: they are left out. */
  readonly torn: readonly number[];
}

const shape = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("raised"),
    at: z.string(),
    alert: z.object({
      id: z.string(),
      severity: z.enum(["stop", "warn", "note"]),
      key: z.string(),
      numbers: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
      text: z.string(),
    }),
  }),
  z.object({
    event: z.enum(["acknowledged", "resolved"]),
    at: z.string(),
    id: z.string(),
    key: z.string(),
    who: z.string(),
    why: z.string(),
  }),
]);

/**
 * A log of alerts, a line for each event; none where there is no file.
 *
 * @throws InputError if the file cannot be read, or a line is neither an event nor the beginning of one (line named)
 */
export async function readAlertLog(path: string): Promise<AlertLog> {
  if (!existsSync(path)) return { events: [], torn: [] };
  const events: AlertEvent[] = [];
  const torn: number[] = [];
  (await readText(path)).split("\n").forEach((text, i) => {
    if (text === "") return;
    const parsed = jsonOf(text);
    if (parsed === undefined && text.slice(0, begin.length) === begin.slice(0, text.length)) {
      torn.push(i + 1);
      return;
    }
    const event = shape.safeParse(parsed);
    if (!event.success)
      throw new InputError({
        where: `${projectName(path)}, line ${i + 1}`,
        must: "must be an event of an alert: raised, acknowledged or resolved",
        got: text.slice(0, 60),
        mend: "name a file that `twin quality --alerts` wrote",
      });
    events.push(event.data);
  });
  return { events, torn };
}

/**
 * Appends events to a log and waits until the disk has them. What a killed process left of a line stays behind on a
 * line of its own; several processes may append at once.
 *
 * @throws InputError if the folder is missing or the file cannot be written
 * @throws RangeError if an event holds what JSON has not
 */
export async function appendAlerts(path: string, events: readonly AlertEvent[]): Promise<void> {
  checkJson(events, "appendAlerts");
  if (events.length === 0) return;
  try {
    await requireFolder(dirname(path));
    const file = await open(path, "a+");
    try {
      const end = (await endsOpen(file)) ? "\n" : "";
      await file.appendFile(end + events.map((event) => `${JSON.stringify(event)}\n`).join(""));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asWriteError(path, error);
  }
}

/** Whether the last line has no end. */
async function endsOpen(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

/** As every line begins: a file that something else wrote is no log with torn lines. */
const begin = '{"event":"';

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
