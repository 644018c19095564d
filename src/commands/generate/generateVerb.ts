import { finiteNumber, wholeNumber } from "../optionParsers.js";
import type { Verb } from "../Verb.js";
import type { GenerateToFileOptions, Generation } from "./generateToFile.js";

/** The verb `twin generate`: its options, its run and its text. */
export const generateVerb: Verb<Omit<GenerateToFileOptions, "onProgress">, Generation> = {
  usage: "generate",
  meaning: "experiments of the twin, streamed to a .parquet, .arrow or .csv file",
  options: [
    {
      flags: "--rows <n>",
      meaning:
        "experiments to generate; designs that fill space leave out what cannot be carried out " +
        "(with targeted: not used)",
      parse: wholeNumber("--rows"),
    },
    {
      flags: "--seed <n>",
      meaning: "the same seed gives the same rows",
      parse: wholeNumber("--seed"),
      isRequired: true,
    },
    { flags: "--out <file>", meaning: "where to; the ending decides the format", isRequired: true },
    {
      flags: "--design <name>",
      meaning: "asRun, uniform, factorial, latinHypercube, sobol or targeted",
      default: "asRun",
    },
    {
      flags: "--per-class <n>",
      meaning: "rows that every class must reach (targeted)",
      parse: wholeNumber("--per-class"),
    },
    { flags: "--shard <i/n>", meaning: "only the i-th of n equal parts" },
    { flags: "--labs <n>", meaning: "laboratories (default 12)", parse: wholeNumber("--labs") },
    {
      flags: "--noise <scale>",
      meaning: "scale of measurement noise: 0 none, 1 as measured (default)",
      parse: finiteNumber("--noise"),
    },
    {
      flags: "--workers <n>",
      meaning: "threads (default: as many as cores, at most 8); the rows do not depend on it",
      parse: wholeNumber("--workers"),
    },
    { flags: "--engine <name>", meaning: "simd or typescript", default: "simd" },
    { flags: "--no-header", meaning: "CSV without its first line, to be appended to another shard" },
  ],
  async run(options, { progress } = {}) {
    const { generateToFile, formatGeneration } = await import("./generateToFile.js");
    const { linesReport } = await import("../../workspace/notebooks/progressReport.js");
    const generation = await generateToFile({ ...options, onProgress: progress && linesReport(progress) });
    return { text: formatGeneration(generation), data: generation };
  },
};
