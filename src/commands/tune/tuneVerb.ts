import { visibleText } from "../../core/visibleText.js";
import { timeoutSeconds, wholeNumber } from "../optionParsers.js";
import type { Verb } from "../Verb.js";
import type { TunedJson } from "./tunedJson.js";
import type { TuneOptions } from "./tuneStudy.js";

/** The verb `twin tune`: its options, its run and its text. */
export const tuneVerb: Verb<TuneOptions, TunedJson> = {
  usage: "tune [objective]",
  meaning:
    "searches for good settings of network, forest or platelets, or of a JavaScript module of yours that exports " +
    "`objective`; goes on with a study, or shows it",
  options: [
    {
      flags: "--study <folder>",
      meaning: "keeps the study there, crash-safe; alone: shows the one that stands there (default: it is not kept)",
    },
    {
      flags: "--seed <n>",
      meaning: "of a new study: the same seed gives the same study",
      parse: wholeNumber("--seed"),
    },
    {
      flags: "--resume",
      meaning:
        "goes on with the study in the folder, which has all its settings; an operand says where its module is now",
    },
    {
      flags: "--trials <n>",
      meaning: "all together, those done before or imported included (default 100, or as asked before)",
      parse: wholeNumber("--trials"),
    },
    {
      flags: "--workers <n>",
      meaning: "threads that carry out trials (default 1); at a given window the study does not depend on it",
      parse: wholeNumber("--workers"),
    },
    {
      flags: "--window <n>",
      meaning:
        "last trials whose outcomes a new one does not wait for (default workers - 1): part of what the study is, " +
        "so give it where the number of workers may change",
      parse: wholeNumber("--window"),
    },
    { flags: "--sampler <name>", meaning: "tpe (default), random, sobol, grid or gaussian" },
    { flags: "--pruner <name>", meaning: "none, median, halving, patience or wilcoxon (default: of network halving)" },
    {
      flags: "--timeout <seconds>",
      meaning: "after which a trial has failed, the one outcome that depends on the clock (default never)",
      parse: timeoutSeconds("--timeout"),
    },
    {
      flags: "--rows <n>",
      meaning: "experiments of the twin for network and forest (default 20000 and 2000)",
      parse: wholeNumber("--rows"),
    },
    { flags: "--name <name>", meaning: "of a new study (default: of what is tuned)" },
    { flags: "--import <journal>", meaning: "begins with the trials of a journal of Optuna 3 to 5" },
    { flags: "--study-name <name>", meaning: "which study of the journal, where it has several" },
    { flags: "--page <file>", meaning: "writes a page of the study, one .html that needs no other file" },
    { flags: "--export <file>", meaning: "writes the study as a journal that Optuna 5 opens; never over another file" },
  ],
  async run(options, { progress } = {}) {
    const { tuneStudy } = await import("./tuneStudy.js");
    const { formatTuned } = await import("./formatTuned.js");
    const { tunedJson } = await import("./tunedJson.js");
    const { stopSignal } = await import("./stopSignal.js");
    const { signal, release } = stopSignal();
    try {
      const onWarning =
        progress && ((warning: string): void => void progress.write(`warning: ${visibleText(warning)}\n`));
      const tuned = await tuneStudy(options, { signal, progress, onWarning });
      const { summary, isStopped } = tuned;
      return { text: formatTuned(tuned), data: tunedJson(tuned), passed: !isStopped && summary.trials.complete > 0 };
    } finally {
      release();
    }
  },
};
