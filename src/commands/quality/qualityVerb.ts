import { wholeNumber } from "../optionParsers.js";
import { limitOptions, mapOptions, tableOptions } from "../tableOptions.js";
import type { Verb } from "../Verb.js";
import type { FileQuality, FileQualityOptions } from "./fileQuality.js";

export interface QualityVerbOptions extends FileQualityOptions {
  readonly file: string;
  /** Lists every column, and of faults, violations and duplicates up to a thousand each. */
  readonly full?: boolean;
  /** Fails where the map left a row out. */
  readonly strict?: boolean;
}

/** The verb `twin quality`: its options, its run and its text. */
export const qualityVerb: Verb<QualityVerbOptions, FileQuality> = {
  usage: "quality <file>",
  meaning:
    "schema, units, ranges, missing values, duplicates and violations " +
    "of a .csv, .tsv, .json, .xlsx, .parquet or .arrow file",
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
    { flags: "--full", meaning: "lists every column, and of what is wrong up to 1,000 of each kind, not a screenful" },
    ...mapOptions,
    ...tableOptions,
    ...limitOptions,
  ],
  async run({ file, full = false, strict = false, ...options }) {
    const { fileQuality } = await import("./fileQuality.js");
    const { formatQuality } = await import("./formatQuality.js");
    const report = await fileQuality(file, options);
    return {
      text: formatQuality(report, file, full ? { listed: 1000, columns: Infinity } : {}).trimEnd(),
      data: report,
      passed:
        report.violationCount === 0 &&
        report.faultCount === 0 &&
        (report.drift?.drifted ?? 0) === 0 &&
        !(strict && (report.mapping?.dropped.length ?? 0) > 0),
    };
  },
};
