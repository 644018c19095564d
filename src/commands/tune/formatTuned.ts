import { visibleText } from "../../core/visibleText.js";
import { formatStudy } from "./formatStudy.js";
import { studyWords } from "./studyWords.js";
import type { TunedStudy } from "./tuneStudy.js";

/** A study for the terminal, and where it is. */
export function formatTuned({ folder, record, summary, asked, isStopped, written }: TunedStudy): string {
  const { seed, window, trials, imported } = record;
  const failed = trials.find(({ outcome }) => outcome?.state === "failed");
  const counted = trials.length < asked ? [`${trials.length} of ${asked} trials have ended`] : [];
  const ended = [
    ...(imported === 0 ? [] : [`the first ${imported} trials were imported`]),
    ...(failed === undefined ? [] : [`first that failed: trial ${failed.number}, ${failed.outcome!.reason}`]),
    ...(isStopped ? ["stopped before its end"] : []),
    ...counted,
    ...(folder === null ? [] : [`kept in ${folder}, seed ${seed}, window ${window}`]),
    ...(folder === null || counted.length === 0 ? [] : [`go on with \`twin tune --study ${folder} --resume\``]),
    ...written.map((path) => `written: ${path}`),
  ];
  return [formatStudy(record, summary, studyWords(record)), "", ...ended.map((line) => visibleText(line))]
    .join("\n")
    .trimEnd();
}
