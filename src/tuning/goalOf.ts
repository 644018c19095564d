import type { RunSettings } from "./files/studySettingsFile.js";
import type { LineHead } from "../io/requests/logLine.js";

/** How many trials a study in a folder is asked for: the most that any of its processes wanted. */
export function goalOf({ trials }: Pick<RunSettings, "trials">, notes: readonly LineHead[]): number {
  return Math.max(trials, ...notes.map(({ goal }) => Number(goal) || 0));
}
