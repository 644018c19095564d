import { InputError } from "../../core/InputError.js";
import { finiteNumber, wholeNumber } from "../optionParsers.js";
import { limitOptions, tableOptions } from "../tableOptions.js";
import type { Verb } from "../Verb.js";
import type { FileDrift, FileDriftOptions } from "./fileDrift.js";

/** The verb `twin drift`: its options, its run and its text. */
export const driftVerb: Verb<FileDriftOptions, FileDrift> = {
  usage: "drift",
  meaning: "which columns of a table moved against a reference, and how far; fails where one did or nobody can tell",
  options: [
    { flags: "--reference <file>", meaning: "table that things were well with", isRequired: true },
    { flags: "--current <file>", meaning: "table of now", isRequired: true },
    {
      flags: "--groups <column>",
      meaning: "batch of each row: rows of a batch are not independent, and are kept together (default: rows are)",
    },
    {
      flags: "--alpha <p>",
      meaning: "probability of any false alarm over all columns together (default 0.05)",
      parse: probability("--alpha"),
    },
    { flags: "--model <name>", meaning: "whether the answers of this model to both tables moved, too" },
    { flags: "--figures <folder>", meaning: "a figure (.svg) of each column that drifted" },
    { flags: "--seed <n>", meaning: "of the permutations (default 1)", parse: wholeNumber("--seed") },
    ...tableOptions,
    ...limitOptions,
  ],
  async run(options) {
    const { fileDrift } = await import("./fileDrift.js");
    const { formatDrift } = await import("./formatDrift.js");
    const report = await fileDrift(options);
    const all = [report, ...(report.answers === null ? [] : [report.answers])];
    return {
      text: formatDrift(report, options),
      data: report,
      // What nobody can tell is no pass.
      passed: all.every(({ drifted, unknown }) => drifted === 0 && unknown === 0),
    };
  },
};

function probability(option: string): (text: string) => number {
  return (text) => {
    const value = finiteNumber(option)(text);
    if (value > 0 && value < 1) return value;
    throw new InputError({ where: option, must: "must lie in (0, 1)", got: text, mend: "write for example 0.05" });
  };
}
