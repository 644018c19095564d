import type { QualityReport } from "../../monitoring/quality/qualityReport.js";
import { wholeNumber } from "../optionParsers.js";
import type { Verb } from "../Verb.js";
import type { FileQualityOptions } from "./fileQuality.js";

/** The verb `twin quality`: its options, its run and its text. */
export const qualityVerb: Verb<FileQualityOptions & { readonly file: string }, QualityReport> = {
  usage: "quality <file>",
  meaning: "schema, units, ranges, missing values, duplicates and violations of a .csv, .parquet or .arrow file",
  options: [
    {
      flags: "--label <column>",
      meaning: "balance of its classes, and whether each has rows enough to be tested",
    },
    {
      flags: "--parameters <n>",
      meaning: "training rows per parameter of a model of this size",
      parse: wholeNumber("--parameters"),
    },
    {
      flags: "--against <file>",
      meaning: "drift of each column against another file; fails where one has drifted",
    },
  ],
  async run({ file, ...options }) {
    const { fileQuality } = await import("./fileQuality.js");
    const { formatQuality } = await import("./formatQuality.js");
    const report = await fileQuality(file, options);
    return {
      text: formatQuality(report, file).trimEnd(),
      data: report,
      passed: report.violationCount === 0 && (report.drift?.drifted ?? 0) === 0,
    };
  },
};
