import { InputError } from "../../core/InputError.js";
import { finiteNumber, wholeNumber, wholeNumbers } from "../optionParsers.js";
import { mapOptions, tableOptions } from "../tableOptions.js";
import type { Verb } from "../Verb.js";
import type { CrystallisationTrained } from "./trainCrystallisationModel.js";
import type { OwnTraining } from "./trainOwnLaboratory.js";
import type { PlateletTrained } from "./trainPlateletModel.js";
import type { PhaseTraining, ReadBefore, TrainPhaseOptions } from "./trainPhaseModel.js";

/** Who names one of these asks for a network, however few rows there are. */
const networkOptions = ["hidden", "epochs", "learningRate", "members", "engine", "export"] as const;

/** What the verb `twin train` takes. */
export type TrainOptions = Omit<TrainPhaseOptions, "onProgress"> & {
  /** What is trained, where it is no model of the phase. */
  readonly form?: "platelets";
  readonly twinPrior?: boolean;
  /** Which question the model answers, where it is none of the Cs-Pb-Br chemistry. */
  readonly problem?: "crystallisation";
};

/** The verb `twin train`: its options, its run and its text. */
export const trainVerb: Verb<TrainOptions, PhaseTraining | OwnTraining | PlateletTrained | CrystallisationTrained> = {
  usage: "train",
  meaning:
    "trains the phase network of the notebooks, or chooses a model for the few rows of a file, " +
    "judges it on untouched rows, and saves it",
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
        "batches (column batch) and repeats of a recipe kept whole; of up to 10,000 rows a model is chosen among " +
        "several, the twin among them, unless an option of the network is given; default: the twin's",
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
    {
      flags: "--form <name>",
      meaning: "platelets: a model of nanoplatelet syntheses, of their published table or of --data in its columns",
      parse: plateletForm,
    },
    {
      flags: "--problem <name>",
      meaning:
        "crystallisation: a model of the score of crystallisations, of their campaigns or of --data in their columns",
      parse: crystallisationProblem,
    },
    { flags: "--twin-prior", meaning: "of platelets: the model knows what the twin says of a recipe" },
    ...mapOptions,
    ...tableOptions,
    { flags: "--out <folder>", meaning: "folder of models (default data/models of the project)" },
    {
      flags: "--export <formats>",
      meaning: "onnx, tfjs or both, written beside the model as `twin export` does",
      parse: (text) => text.split(","),
    },
  ],
  async run({ form, twinPrior, problem, ...options }, { progress } = {}) {
    const { linesReport } = await import("../../workspace/notebooks/progressReport.js");
    const onProgress = progress && linesReport(progress);
    if (problem === "crystallisation") {
      const { trainCrystallisationModel } = await import("./trainCrystallisationModel.js");
      const { formatCrystallisationTrained } = await import("./formatCrystallisationTrained.js");
      // Options of other models are refused there.
      const trained = await trainCrystallisationModel({ ...options, ...{ form, twinPrior }, onProgress });
      return {
        text: formatCrystallisationTrained(trained),
        data: trained,
        passed: options.strict !== true || trained.dropped.length === 0,
      };
    }
    if (form === "platelets") {
      const { trainPlateletModel } = await import("./trainPlateletModel.js");
      const { formatPlateletTrained } = await import("./formatPlateletTrained.js");
      const trained = await trainPlateletModel({ ...options, twinPrior, onProgress });
      return {
        text: formatPlateletTrained(trained),
        data: trained,
        passed: options.strict !== true || trained.dropped.length === 0,
      };
    }
    requireNoPrior(twinPrior);
    const isWhole = ({ mapping, unlabelled }: Pick<OwnTraining, "mapping" | "unlabelled">): boolean =>
      options.strict !== true || unlabelled + (mapping?.dropped.length ?? 0) === 0;
    const read =
      options.data === undefined || asksForNetwork(options)
        ? null
        : await readBefore(options.data, options, onProgress);
    const { mostOwnRows } = await import("../../problems/ownLaboratory/OwnLaboratory.js");
    if (read !== null && read.experiments.table.numRows <= mostOwnRows) {
      const { trainOwnLaboratory } = await import("./trainOwnLaboratory.js");
      const { formatOwnTraining } = await import("./formatOwnTraining.js");
      const training = await trainOwnLaboratory(read.experiments, read.reader.report(), {
        seed: options.seed,
        data: options.data!,
        out: options.out,
        onProgress,
      });
      return { text: formatOwnTraining(training), data: training, passed: isWhole(training) };
    }
    const { trainPhaseModel } = await import("./trainPhaseModel.js");
    const { formatPhaseTraining } = await import("./formatPhaseTraining.js");
    const training = await trainPhaseModel({ ...options, onProgress }, read ?? {});
    return {
      text: formatPhaseTraining(training),
      data: training,
      passed: training.model !== null && isWhole(training),
    };
  },
};

function plateletForm(text: string): "platelets" {
  if (text === "platelets") return text;
  throw new InputError({
    where: "--form",
    must: "must be platelets",
    got: `"${text}"`,
    mend: "leave it out for a model of the phase",
  });
}

function crystallisationProblem(text: string): "crystallisation" {
  if (text === "crystallisation") return text;
  throw new InputError({
    where: "--problem",
    must: "must be crystallisation",
    got: `"${text}"`,
    mend: "leave it out for a model of the phase",
  });
}

function requireNoPrior(twinPrior: boolean | undefined): void {
  if (twinPrior === true)
    throw new InputError({
      where: "--twin-prior",
      must: "belongs to --form platelets",
      got: "a model of the phase, among whose candidates the twin is anyway",
      mend: "leave it out",
    });
}

function asksForNetwork(options: Omit<TrainPhaseOptions, "onProgress">): boolean {
  return options.rows !== undefined || networkOptions.some((name) => options[name] !== undefined);
}

async function readBefore(
  path: string,
  options: Omit<TrainPhaseOptions, "onProgress">,
  onProgress?: (news: string) => void,
): Promise<Required<ReadBefore>> {
  const { recipeReader } = await import("../recipeReader.js");
  const { labelledExperiments } = await import("../../problems/phase/phaseData.js");
  const { csvOptionsOf } = await import("../tableOptions.js");
  const reader = recipeReader(options);
  onProgress?.(`reading ${path}`);
  return { reader, experiments: await labelledExperiments(path, csvOptionsOf(options), reader) };
}
