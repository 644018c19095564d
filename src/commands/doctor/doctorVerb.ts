import type { Verb } from "../Verb.js";
import type { Examination } from "./examineMachine.js";

/** The verb `twin doctor`: its options, its run and its text. */
export const doctorVerb: Verb<object, Examination> = {
  usage: "doctor",
  meaning: "what works on this machine, and the mend for what does not",
  options: [],
  async run() {
    const { examineMachine, formatExamination } = await import("./examineMachine.js");
    const examination = await examineMachine();
    return { text: formatExamination(examination), data: examination, passed: examination.passed };
  },
};
