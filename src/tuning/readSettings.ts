import { join } from "node:path";
import { projectName } from "../io/projectPath.js";
import { readJson } from "../io/readText.js";
import type { StudySettings } from "./files/StudySettings.js";
import { parseSettings, type RunSettings } from "./files/studySettingsFile.js";

/** Names of files in the folder of a study. */
export const studyFiles = { settings: "settings.json", study: "study.json" } as const;

/** What is kept of how a study began. */
export interface BegunStudy {
  readonly settings: StudySettings;
  readonly run: RunSettings;
}

/** What a study in a folder is, and how it was first run. @throws InputError if it is damaged */
export async function readSettings(folder: string): Promise<BegunStudy> {
  const path = join(folder, studyFiles.settings);
  return parseSettings(await readJson(path), projectName(path));
}
