import type { StudyRecord } from "../../tuning/files/StudyRecord.js";
import { type NamedObjective, optimismInWords, warningsInWords } from "../../tuning/studyInWords.js";
import type { Direction } from "../../tuning/Trial.js";
import type { StudySummary } from "../../tuning/summarizeStudy.js";
import type { StudyWords } from "../../tuning/studyInWords.js";

/** A study for programs: its best or its front, counts and importances, with what they are not. */
export interface StudyJson extends Omit<StudySummary, "directions"> {
  readonly version: 1;
  readonly objectives: readonly (NamedObjective & { readonly direction: Direction })[];
  /** What was searched, by name. */
  readonly parameters: StudyRecord["parameters"];
  /** Rows that values were measured on. */
  readonly rows: string;
  /** What the values of the best, or of the front, are not. */
  readonly optimism: string;
  /** A sentence each. */
  readonly warnings: readonly string[];
}

/** What `--json` prints of a study; its trials one by one stand in study.json. */
export function studyJson(
  record: StudyRecord,
  { directions, ...found }: StudySummary,
  { objectives, rows = "tune rows" }: StudyWords,
): StudyJson {
  const { name, ...others } = found;
  return {
    version: 1,
    name,
    objectives: objectives.map((objective, i) => ({ ...objective, direction: directions[i] })),
    parameters: record.parameters,
    rows,
    ...others,
    optimism: optimismInWords(rows),
    warnings: warningsInWords(record, { directions, ...found }),
  };
}
