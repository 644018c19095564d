import { InputError } from "../../core/InputError.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { readOptunaJournal } from "../../tuning/files/readOptunaJournal.js";
import type { StudyHistory } from "../../tuning/Study.js";
import type { Direction } from "../../tuning/Trial.js";
import { naming } from "./naming.js";

/** A study that a new one goes on from. */
export interface ImportedStudy {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly history: StudyHistory;
}

/** Which journal, and what the objective says of itself. */
export interface ImportStudyOptions {
  /** Path of a journal of Optuna. */
  readonly import?: string;
  /** Where it has several studies. */
  readonly studyName?: string;
  /** Of the module; null where it says nothing. */
  readonly directions: readonly Direction[] | null;
  readonly onWarning: (warning: string) => void;
}

/**
 * Reads the study of a journal; null where none is named.
 *
 * @throws InputError naming the option if it is no journal, has no such study or several, or makes other things least
 */
export async function importStudy({
  import: path,
  studyName,
  directions,
  onWarning,
}: ImportStudyOptions): Promise<ImportedStudy | null> {
  if (path === undefined) {
    if (studyName === undefined) return null;
    throw new InputError({
      where: "--study-name",
      must: "belongs to --import, of a journal with several studies",
      got: "no --import",
      mend: "leave it out; --name gives a new study its name",
    });
  }
  return naming("--import", async () => {
    const where = projectName(path);
    const { study, warnings } = readOptunaJournal(await readText(path), where, studyName);
    warnings.forEach((warning) => onWarning(`${where}: ${warning}`));
    if (directions !== null && directions.join() !== study.directions.join())
      throw new InputError({
        where,
        must: `must have the directions of the objective, ${directions.join(", ")}`,
        got: study.directions.join(", "),
        mend: "name the journal of this objective",
      });
    const { name, parameters, trials } = study;
    return { name, directions: study.directions, history: { parameters, trials } };
  });
}
