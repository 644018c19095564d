import { finiteNumber, wholeNumber, wholeNumbers } from "../optionParsers.js";
import { mapOptions, tableOptions } from "../tableOptions.js";
import type { Verb } from "../Verb.js";
import type { PhaseTraining, TrainPhaseOptions } from "./trainPhaseModel.js";

/** The verb `twin train`: its options, its run and its text. */
export const trainVerb: Verb<Omit<TrainPhaseOptions, "onProgress">, PhaseTraining> = {
  usage: "train",
  meaning: "trains the phase network of the notebooks, calibrates it, judges it on untouched rows, and saves it",
  options: [
    {
      flags: "--seed <n>",
      meaning: "the same seed gives the same model",
      parse: wholeNumber("--seed"),
      isRequired: true,
    },
    {
      flags: "--data <file>",
      meaning:
        "experiments in a .csv, .tsv, .json, .xlsx, .parquet or .arrow file with a column phase, " +
        "batches (column batch) and repeats of a recipe kept whole; default: the twin's",
    },
    {
      flags: "--rows <n>",
      meaning: "experiments of the twin to train and test on (default 400000)",
      parse: wholeNumber("--rows"),
    },
    {
      flags: "--hidden <widths>",
      meaning: "of the hidden layers (default 96,96)",
      parse: wholeNumbers("--hidden"),
    },
    {
      flags: "--epochs <n>",
      meaning: "passes over the training rows at most (default 15)",
      parse: wholeNumber("--epochs"),
    },
    {
      flags: "--learning-rate <x>",
      meaning: "of the first epoch (default 0.004)",
      parse: finiteNumber("--learning-rate"),
    },
    {
      flags: "--members <n>",
      meaning: "networks whose probabilities are averaged (default 1)",
      parse: wholeNumber("--members"),
    },
    {
      flags: "--workers <n>",
      meaning: "threads that train members (default: as many as cores, at most 8); the model does not depend on it",
      parse: wholeNumber("--workers"),
    },
    {
      flags: "--engine <name>",
      meaning: "simd (default), typescript, tensorflow-wasm, -cpu, -webgpu or -node, or by rule: tensorflow, auto",
    },
    ...mapOptions,
    ...tableOptions,
    { flags: "--out <folder>", meaning: "folder of models (default data/models of the project)" },
    {
      flags: "--export <formats>",
      meaning: "tfjs, onnx or both, written beside the model",
      parse: (text) => text.split(","),
    },
  ],
  async run(options, { progress } = {}) {
    const { trainPhaseModel } = await import("./trainPhaseModel.js");
    const { formatPhaseTraining } = await import("./formatPhaseTraining.js");
    const { linesReport } = await import("../../workspace/notebooks/progressReport.js");
    const training = await trainPhaseModel({ ...options, onProgress: progress && linesReport(progress) });
    const isWhole = options.strict !== true || (training.mapping?.dropped.length ?? 0) === 0;
    return { text: formatPhaseTraining(training), data: training, passed: training.model !== null && isWhole };
  },
};
