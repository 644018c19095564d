import type { Verification } from "../../workspace/notebooks/verifyNotebooks.js";
import type { Verb } from "../Verb.js";

export interface NotebooksVerifyOptions {
  /** Names of notebooks, "01-experiments" (default all). */
  readonly names?: readonly string[];
}

/** The verb `twin notebooks verify`: its options, its run and its text. */
export const notebooksVerifyVerb: Verb<NotebooksVerifyOptions, Verification> = {
  usage: "verify [names...]",
  meaning: "runs all notebooks, or those named, elsewhere and names every byte that differs from what stands",
  options: [],
  async run({ names }, { progress } = {}) {
    const { formatVerification } = await import("../../workspace/notebooks/formatVerification.js");
    const { progressReport } = await import("../../workspace/notebooks/progressReport.js");
    const { verifyNotebooks } = await import("../../workspace/notebooks/verifyNotebooks.js");
    const verification = await verifyNotebooks({ names, onProgress: progress && progressReport(progress) });
    return { text: formatVerification(verification), data: verification, passed: verification.passed };
  },
};
