import { studyText } from "../../tuning/files/studyFile.js";
import { type StudyJson, studyJson } from "./studyJson.js";
import { studyWords } from "./studyWords.js";
import type { TunedStudy } from "./tuneStudy.js";

/** What `twin tune --json` prints. */
export interface TunedJson extends Omit<TunedStudy, "record" | "summary"> {
  readonly found: StudyJson;
  /** The content of study.json. */
  readonly study: object;
}

/** A study for programs: what it found in short, and whole as its study.json has it. */
export function tunedJson({ record, summary, ...tuned }: TunedStudy): TunedJson {
  return {
    ...tuned,
    found: studyJson(record, summary, studyWords(record)),
    study: JSON.parse(studyText(record)) as object,
  };
}
