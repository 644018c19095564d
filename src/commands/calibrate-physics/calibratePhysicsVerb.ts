import type { CalibrationReport } from "../../analyses/02-generation/physicsCalibration.js";
import type { EvidenceFile } from "../../core/Evidence.js";
import { wholeNumber } from "../optionParsers.js";
import type { Verb } from "../Verb.js";

/** Options of `twin calibrate-physics`. */
export interface CalibratePhysicsOptions {
  readonly seed?: number;
  readonly generations?: number;
}

/** The verb `twin calibrate-physics`: its options, its run and its text. */
export const calibratePhysicsVerb: Verb<CalibratePhysicsOptions, EvidenceFile<CalibrationReport>> = {
  usage: "calibrate-physics",
  meaning: "fits the twin's assumed parameters to published phases; takes minutes",
  options: [
    { flags: "--seed <n>", meaning: "of the fit (default 1)", parse: wholeNumber("--seed") },
    {
      flags: "--generations <n>",
      meaning: "of differential evolution in each of its runs (default 160)",
      parse: wholeNumber("--generations"),
    },
  ],
  async run({ seed, generations }, { progress } = {}) {
    const { calibratePhysics } = await import("../../analyses/02-generation/physicsCalibration.js");
    const { appendToLedger } = await import("../../io/evidence/evidenceLedger.js");
    const { projectPath } = await import("../../io/projectPath.js");
    const { requireWritable } = await import("../../io/writeAtomic.js");
    const { linesReport } = await import("../../workspace/notebooks/progressReport.js");
    const { formatCalibration } = await import("./formatCalibration.js");
    // Said before the minutes that the fit takes.
    for (const part of [
      ["src", "chemistry", "fittedParameters.json"],
      ["data", "evidence", "ledger.jsonl"],
    ])
      await requireWritable(projectPath(...part));
    const evidence = await calibratePhysics({ seed, generations, onProgress: progress && linesReport(progress) });
    await appendToLedger([evidence]);
    return { text: formatCalibration(evidence), data: evidence };
  },
};
