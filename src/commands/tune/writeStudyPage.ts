import { InputError } from "../../core/InputError.js";
import { requireWritable, writeAtomic } from "../../io/writeAtomic.js";
import type { StudyRecord } from "../../tuning/files/StudyRecord.js";
import type { StudyPageOptions } from "../../workspace/site/studyPage.js";

/**
 * Says before trials run that their page could not be written at the end.
 *
 * @throws InputError if the file does not end in .html, or cannot be written
 */
export async function requireStudyPage(path: string): Promise<void> {
  if (!path.toLowerCase().endsWith(".html"))
    throw new InputError({
      where: "--page",
      must: "must name a file that ends in .html",
      got: `"${path}"`,
      mend: "name one, as in study.html",
    });
  await requireWritable(path);
}

/**
 * Writes the page of a study, whole or not at all.
 *
 * @throws InputError as requireStudyPage
 */
export async function writeStudyPage(path: string, record: StudyRecord, options: StudyPageOptions): Promise<void> {
  await requireStudyPage(path);
  const { studyPage } = await import("../../workspace/site/studyPage.js");
  await writeAtomic(path, await studyPage(record, options));
}
