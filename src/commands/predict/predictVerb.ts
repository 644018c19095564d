import { limitOptions, mapOptions, tableOptions } from "../tableOptions.js";
import type { Verb } from "../Verb.js";
import type { PhasePredictions, PredictOptions } from "./predictPhases.js";

/** The verb `twin predict`: its options, its run and its text. */
export const predictVerb: Verb<PredictOptions & { readonly file: string }, PhasePredictions> = {
  usage: "predict <file>",
  meaning: "phases of the recipes in a .csv, .tsv, .json, .xlsx, .parquet or .arrow file, with their limits",
  options: [
    {
      flags: "--model <name>",
      meaning: "name of a model in data/models, its beginning, or the path of its folder; default: the only one there",
    },
    ...mapOptions,
    ...tableOptions,
    ...limitOptions,
    { flags: "--out <file>", meaning: "table of the answers; the ending decides the format" },
  ],
  async run({ file, ...options }) {
    const { predictPhases, formatPredictions } = await import("./predictPhases.js");
    const predictions = await predictPhases(file, options);
    const isWhole = (predictions.mapping?.dropped.length ?? 0) === 0;
    return { text: formatPredictions(predictions), data: predictions, passed: options.strict !== true || isWhole };
  },
};
