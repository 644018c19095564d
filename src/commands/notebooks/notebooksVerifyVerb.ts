import type { Verification } from "../../workspace/notebooks/verifyNotebooks.js";
import type { Verb } from "../Verb.js";

/** The verb `twin notebooks verify`: its options, its run and its text. */
export const notebooksVerifyVerb: Verb<object, Verification> = {
  usage: "verify",
  meaning: "runs all notebooks elsewhere and names every byte that differs from what stands",
  options: [],
  async run(_, { progress } = {}) {
    const { formatVerification } = await import("../../workspace/notebooks/formatVerification.js");
    const { progressReport } = await import("../../workspace/notebooks/progressReport.js");
    const { verifyNotebooks } = await import("../../workspace/notebooks/verifyNotebooks.js");
    const verification = await verifyNotebooks({ onProgress: progress && progressReport(progress) });
    return { text: formatVerification(verification), data: verification, passed: verification.passed };
  },
};
