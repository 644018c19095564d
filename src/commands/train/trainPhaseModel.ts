import { join } from "node:path";
import { calibrate } from "../../calibration/calibrate.js";
import { phaseNames } from "../../chemistry/phases.js";
import { InputError } from "../../core/InputError.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { selectRows, textsOf } from "../../core/Table.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { ensureFolder } from "../../io/ensureFolder.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { sha256 } from "../../io/sha256.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import { tableSha256 } from "../../io/tables/tableSha256.js";
import { type CoveragePromise, coveragePromise } from "../../predictor/coveragePromise.js";
import { meanAnswers } from "../../predictor/meanAnswers.js";
import { phaseModelOf } from "../../predictor/phaseModelOf.js";
import { columnsOfEncoder } from "../../predictor/recipeColumns.js";
import { quantityCeilings } from "../../problems/phase/quantityCeilings.js";
import { fitPhaseLimits } from "../../problems/phase/fitPhaseLimits.js";
import {
  baselineScores,
  type DomainScore,
  domainScore,
  judgeOn,
  type NamedScore,
  type QuantityScore,
  quantityScores,
  type SetScore,
  setScore,
} from "../../problems/phase/judgePhases.js";
import {
  fewestOfClass,
  generatedPhaseData,
  type LabelledExperiments,
  labelledExperiments,
  type PhaseData,
  phaseDataOf,
} from "../../problems/phase/phaseData.js";
import { phaseRandom } from "../../problems/phase/phaseExperiments.js";
import { phaseModelJob, phaseNetwork, phaseTraining, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { type PairedGain, pairedGain } from "../../problems/fewRows/pairedGain.js";
import { defaultShares } from "../../splitting/partShares.js";
import { splitManifest } from "../../splitting/splitManifest.js";
import { checkEngineChoice, type EngineChoice } from "../../training/engines/chooseTrainingEngine.js";
import type { LeakageRecord } from "../../training/files/Model.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { saveModel } from "../../training/files/saveModel.js";
import { parameterCount } from "../../training/layersOf.js";
import type { NetworkTraining } from "../../training/trainingCourse.js";
import type { EpochRecord } from "../../training/EpochRecord.js";
import type { HiddenLayers, TrainingOptions } from "../../training/TrainingOptions.js";
import { trainMany } from "../../training/trainMany.js";
import { trainNetwork } from "../../training/trainNetwork.js";
import { conformalSets } from "../../uncertainty/conformal/conformalSets.js";
import { leakageAudit } from "../../validation/leakage/leakageAudit.js";
import { leakageVerdict } from "../../validation/leakage/leakageVerdict.js";
import { type MappingReport, type RecipeReader, recipeReader } from "../recipeReader.js";
import { checkFormats, exportBeside } from "../export/exportFormats.js";
import { csvOptionsOf, type MapOptions } from "../tableOptions.js";
import { type GainOver, isWorse } from "./verdictInWords.js";

export interface TrainPhaseOptions extends CsvOptions, MapOptions {
  readonly seed: number;
  /** A file of experiments (labelledExperiments); by default they are generated. */
  readonly data?: string;
  /** Of the generated experiments (default as in the notebooks, 400,000). */
  readonly rows?: number;
  /** Widths of hidden layers (default 96, 96). */
  readonly hidden?: readonly number[];
  /** Passes over the training rows at most (default 15). */
  readonly epochs?: number;
  /** Of the first epoch (default 0.004). */
  readonly learningRate?: number;
  /** Networks of the ensemble, whose probabilities are averaged (default 1). */
  readonly members?: number;
  /** Threads that train members; the model does not depend on them. */
  readonly workers?: number;
  readonly engine?: string;
  /** Folder of models (default data/models of the project). */
  readonly out?: string;
  /** "tfjs", "onnx" */
  readonly export?: readonly string[];
  readonly onProgress?: (news: string) => void;
}

/** A file that was read before. */
export interface ReadBefore {
  readonly experiments?: LabelledExperiments;
  readonly reader?: RecipeReader;
}

/** A model of the phase that was trained, judged on rows that nothing else has seen, and saved. */
export interface PhaseTraining {
  /** Null where training diverged, or a network of a file is worse than the constant answer: nothing was saved then. */
  readonly model: string | null;
  /** Files and folders that were written. */
  readonly written: readonly string[];
  readonly seed: number;
  readonly origin: PhaseData["origin"];
  readonly notes: readonly string[];
  /** What became of the rows of a file that was read by a column map; else null. */
  readonly mapping: MappingReport | null;
  /** Rows of a file that were left out, as they have no phase. */
  readonly unlabelled: number;
  readonly engine: string;
  /** Why this engine, and what it computes on. */
  readonly engineReason: string;
  readonly members: number;
  /** Of each member. */
  readonly parameters: number;
  readonly rows: { readonly train: number; readonly tune: number; readonly calibrate: number; readonly test: number };
  readonly splitBy: PhaseData["splitBy"];
  /** What the leakage audit of the split found; it is stored with the model. */
  readonly leakage: LeakageRecord;
  /** Training rows per parameter. */
  readonly rowsPerParameter: number;
  /** Epoch of each member that was kept, of those that were run. */
  readonly epochs: readonly { readonly kept: number; readonly run: number }[];
  /** In which epoch numbers ran out of bounds, and what to do; null where training went well. */
  readonly diverged: string | null;
  /** On test rows, network first; none where training diverged. */
  readonly scores: readonly NamedScore[];
  /** Of the network over each baseline, on the same test rows; the constant answer is the last. */
  readonly gains: readonly GainOver[];
  /** Null where there is none, with the reason in `notes`. */
  readonly temperature: number | null;
  /** What sets of phases promise of new recipes, and what they kept of it on test rows. */
  readonly promise: CoveragePromise | null;
  readonly sets: SetScore | null;
  readonly domain: DomainScore | null;
  /** Numbers beside the phase, on test rows that were measured. */
  readonly quantities: readonly QuantityScore[];
}

/** All are held in memory at once, half a kilobyte each. */
const mostRows = 5_000_000;

/**
 * Trains the phase network of the notebooks on the twin's experiments or on a file, calibrates it, judges it, and
 * saves it. It is judged on the untouched test rows beside two baselines, and saved whole or not at all. The same
 * seed and data give the same bytes at any number of workers. Of a training that diverges nothing is saved: what it
 * knew before is a model that was not asked for.
 *
 * @throws InputError if an option or the data cannot be used; nothing is written
 */
export async function trainPhaseModel(
  options: TrainPhaseOptions,
  { experiments, reader = recipeReader(options) }: ReadBefore = {},
): Promise<PhaseTraining> {
  const {
    seed,
    data: file,
    rows,
    members = 1,
    out = projectPath("data", "models"),
    export: formats = [],
    onProgress = () => undefined,
  } = options;
  const { layers, training, workers } = checked(options);
  if (file === undefined && options.columns !== undefined)
    throw new InputError({
      where: "--columns",
      must: "belongs to --data",
      got: "no --data",
      mend: "name the table that the map is of, or leave it out",
    });
  await ensureFolder(out);
  if (experiments === undefined) onProgress(file === undefined ? "generating experiments" : `reading ${file}`);
  const labelled =
    file === undefined ? null : (experiments ?? (await labelledExperiments(file, csvOptionsOf(options), reader)));
  const data =
    labelled === null ? await generatedPhaseData({ seed, rows }) : phaseDataOf(labelled, seed, projectName(file!));
  const { table, split, encoder, features, splitBy, origin } = data;
  onProgress("auditing the split for leaks");
  const leakage = auditOf(data);
  const trained = await trainMembers(data, layers, training, { members, workers, onProgress });
  const networks = trained.map(({ network }) => network);
  const parameters = parameterCount(networks[0]);
  const summary = {
    seed,
    origin,
    mapping: reader.report(),
    unlabelled: labelled?.unlabelled ?? 0,
    engine: trained[0].engine,
    engineReason: trained[0].engineReason,
    members,
    parameters,
    rows: {
      train: split.train.length,
      tune: split.tune.length,
      calibrate: split.calibrate.length,
      test: split.test.length,
    },
    splitBy,
    leakage,
    rowsPerParameter: split.train.length / parameters,
    epochs: trained.map(({ bestEpoch, stoppedEpoch }) => ({ kept: bestEpoch, run: stoppedEpoch })),
  };
  const diverged = firstDivergence(trained);
  if (diverged !== null)
    return {
      ...summary,
      model: null,
      written: [],
      notes: data.notes,
      diverged,
      scores: [],
      gains: [],
      temperature: null,
      promise: null,
      sets: null,
      domain: null,
      quantities: [],
    };

  onProgress("calibrating");
  const engine = await simdTraining();
  const { uncalibrated, ...limits } = fitPhaseLimits(
    data,
    meanAnswers(networks, selectMatrixRows(features, split.calibrate), engine),
    "generated" in origin ? await quantityCeilings(data) : {},
  );
  const parts = { members: networks, targetScales: data.targetScales, encoder, limits };
  const { answer, without } = phaseModelOf(parts, "model", { engine });
  const { probabilities: raw, targets } = answer(selectMatrixRows(features, split.test), selectRows(table, split.test));
  onProgress("fitting the baselines");
  const judge = judgeOn(data);
  const told = limits.calibrator === null ? raw : calibrate(limits.calibrator, raw);
  const judged = judge(told);
  const rivals: Float64Array[] = [];
  const baselines = baselineScores(data, (probabilities) => {
    rivals.push(probabilities);
    return judge(probabilities);
  });
  const scores = [{ name: members === 1 ? "network" : `${members} networks`, ...judged }, ...baselines];
  const gains = baselines.map(({ name }, i) => ({ over: name, ...testGain(data, rivals[i], told) }));
  const sets = setScore(data, limits.sets, conformalSets(limits.sets, raw));
  const domain = domainScore(data, limits.domain, without([]));
  const quantities = quantityScores(data, limits.quantities, targets);
  const manifest = splitManifest(split, {
    kind: splitBy === "row" ? "stratified" : `grouped by ${splitBy}`,
    seed,
    shares: defaultShares,
    rows: table.numRows,
    hash: sha256,
    labels: textsOf(table, "phase"),
  });
  const metrics = {
    testRows: split.test.length,
    accuracy: judged.accuracy.value,
    logLoss: judged.logLoss.value,
    setCoverage: sets.coverage.value,
    setSize: sets.meanSize,
  };
  const saved = {
    ...parts,
    manifest: {
      options: { origin, members, layers, training, splitManifest: manifest },
      seed,
      engine: trained[0].engine,
      splitSha256: sha256(JSON.stringify(manifest)),
      dataSha256: tableSha256(table),
      histories: trained.map(({ history }) => history),
      metrics,
      leakage,
    },
  };
  // Who has a network of their own experiments would believe it.
  const model = file !== undefined && isWorse(gains.at(-1)!) ? null : await saveModel(out, saved);
  const exported = model === null ? [] : await exportBeside(out, { stored: { network: saved }, name: model }, formats);
  const notes = [...data.notes, ...(uncalibrated === null ? [] : [`not calibrated: ${uncalibrated}`])];
  return {
    ...summary,
    model,
    written: model === null ? [] : [join(out, model), ...exported],
    notes,
    diverged,
    scores,
    gains,
    temperature: limits.calibrator?.method === "temperature" ? limits.calibrator.temperature : null,
    promise: coveragePromise(limits),
    sets,
    domain,
    quantities,
  };
}

/** Smallest probability that counts as itself, as in `logLoss`. */
const leastCertain = 1e-15;

/** Of one answer over another in log loss, over the groups that test rows come in. */
function testGain({ labels, split, groups }: PhaseData, standing: Float64Array, rival: Float64Array): PairedGain {
  const losses = (probabilities: Float64Array): Float64Array =>
    Float64Array.from(
      split.test,
      (row, i) => -Math.log(Math.max(probabilities[i * phaseNames.length + labels[row]], leastCertain)),
    );
  const codes =
    groups === null ? split.test.map((_, i) => i) : groupCodes(Array.from(split.test, (row) => groups[row])).codes;
  return pairedGain(losses(standing), losses(rival), codes);
}

/** What a model that reads these features could answer from its own training rows. */
function auditOf({ table, split, encoder }: PhaseData): LeakageRecord {
  const audit = leakageAudit(table, split, {
    features: columnsOfEncoder(encoder),
    label: "phase",
    groups: textsOf(table, "batch").some((batch) => batch !== "") ? ["batch"] : [],
  });
  return { clean: audit.clean, verdict: leakageVerdict(audit), counts: audit.counts };
}

/** One network in this thread, which tells of its epochs; several in threads, which tell when they are done. */
async function trainMembers(
  data: PhaseData,
  layers: HiddenLayers,
  training: TrainingOptions,
  {
    members,
    workers,
    onProgress,
  }: { readonly members: number; readonly workers: number; readonly onProgress: (news: string) => void },
): Promise<readonly NetworkTraining[]> {
  const job = phaseModelJob(data, layers, training);
  const random = phaseRandom(data.seed, "phase model");
  if (members > 1)
    return trainMany(
      Array.from({ length: members }, () => job),
      random,
      { workers, onProgress: (done, all) => onProgress(`member ${done} of ${all} trained`) },
    );
  const tell = ({ epoch, trainLoss, tuneLoss }: EpochRecord): void =>
    onProgress(
      `epoch ${epoch} of at most ${training.epochs}: ` +
        `loss ${trainLoss.toFixed(4)} on training rows, ${tuneLoss!.toFixed(4)} on tune rows`,
    );
  return [await trainNetwork(job.data, job.layers, random, { ...training, onProgress: tell })];
}

function checked({
  data,
  rows,
  hidden = phaseNetwork.hidden,
  epochs = phaseTraining.epochs!,
  learningRate = phaseTraining.learningRate!,
  members = 1,
  workers = trainingThreads(),
  engine = "simd",
  export: formats = [],
}: TrainPhaseOptions): { readonly layers: HiddenLayers; readonly training: TrainingOptions; readonly workers: number } {
  const must = (where: string, holds: boolean, rule: string, got: unknown, mend: string): void => {
    if (!holds) throw new InputError({ where, must: `must be ${rule}`, got: String(got), mend });
  };
  const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
  if (data !== undefined && rows !== undefined)
    throw new InputError({
      where: "--rows",
      must: "belongs to generated experiments",
      got: "--data too",
      mend: "leave one of them out",
    });
  const fewest = phaseNames.length * fewestOfClass;
  must(
    "--rows",
    rows === undefined || (isCount(rows, mostRows) && rows >= fewest),
    `a whole number from ${fewest}, ${fewestOfClass} for each phase, to ${mostRows}, which memory holds`,
    rows,
    "write for example 20000",
  );
  must(
    "--hidden",
    hidden.length <= 64 && hidden.every((width) => isCount(width, 4096)),
    "at most 64 widths from 1 to 4096",
    hidden.join(","),
    "write for example 96,96",
  );
  must("--epochs", isCount(epochs, 1e6), "a whole number from 1", epochs, "without an epoch nothing is learned");
  must(
    "--learning-rate",
    learningRate > 0 && learningRate < Infinity,
    "above 0 and finite",
    learningRate,
    "write for example 0.004",
  );
  must("--members", isCount(members, 100), "a whole number from 1 to 100", members, "write for example 5");
  must("--workers", isCount(workers, 64), "a whole number from 1 to 64", workers, "write for example 2");
  checkEngineChoice(engine);
  checkFormats(formats, "--export");
  return {
    layers: { ...phaseNetwork, hidden },
    training: { ...phaseTraining, epochs, learningRate, engine: engine as EngineChoice },
    workers,
  };
}

function firstDivergence(trained: readonly NetworkTraining[]): string | null {
  const member = trained.findIndex(({ diverged }) => diverged !== null);
  if (member < 0) return null;
  return trained.length === 1 ? trained[0].diverged : `member ${member + 1}: ${trained[member].diverged}`;
}
