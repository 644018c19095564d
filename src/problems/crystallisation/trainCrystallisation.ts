import { InputError } from "../../core/InputError.js";
import { argmax } from "../../core/metrics/argmax.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { type Table, textsOf } from "../../core/Table.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import { forestPredictor } from "../../training/baselines/forestPredictor.js";
import { trainForest } from "../../training/baselines/trainForest.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import { type PairedGain, pairedGain } from "../fewRows/pairedGain.js";
import { type CompactForest, compactForest, wholeForest } from "./compactForest.js";
import { type CrystallisationModel, crystallisationModelFormat, type WellRange } from "./CrystallisationModel.js";
import {
  type CrystallisationRows,
  crystallisationRows,
  rangedFeatures,
  saltsOf,
  scoreClasses,
  trustedWells,
  wellFeatures,
  wellMatrix,
  wellMeans,
} from "./crystallisationRows.js";

/** What a way to tell scores is worth on plates that it had not seen, with intervals over plates. */
export interface UnseenPlates {
  readonly name: string;
  readonly accuracy: EstimateOrReason;
  /** nats. */
  readonly logLoss: EstimateOrReason;
}

/** A model, and what it is worth. */
export interface TrainedCrystallisation {
  readonly model: CrystallisationModel;
  readonly wells: number;
  readonly plates: number;
  /** Wells that were left out, since their record leaves liquid out. */
  readonly doubtful: number;
  /** The forest's of each fold, and of the shares of the scores, on the plates of the fold. */
  readonly scores: readonly [UnseenPlates, UnseenPlates];
  /** In log loss, of the forest over the constant. */
  readonly gain: PairedGain;
}

/** Fewer wells say nothing. */
const fewestWells = 40;
const folds = 5;
/** Five such forests answer together, and are kept in some half a megabyte. */
const forestOptions = { trees: 20, leastLeaf: 8 } as const;
const least = 1e-15;

/**
 * Trains forests that tell the score of a well, one for each fold of whole plates. Their mean answers; what each told
 * of its fold says what they are worth on plates that they had not seen. Equal input gives equal bytes.
 *
 * @param table  as loadCrystallisationCampaigns gives it
 * @throws InputError if scores are not told, or of fewer than 40 wells or two plates
 */
export function trainCrystallisation(
  table: Table,
  {
    seed,
    where = "crystallisations",
    onProgress = () => undefined,
  }: {
    readonly seed: number;
    /** The file, for messages. */
    readonly where?: string;
    readonly onProgress?: (done: number, all: number) => void;
  },
): TrainedCrystallisation {
  const { table: trusted, doubtful } = trustedWells(table);
  const salts = saltsOf(trusted);
  const rows = crystallisationRows(trusted, salts);
  requireScores(rows, where);
  const random = seededRandom(seed).fork("crystallisation");
  const means = wellMeans(rows);
  const features = wellMatrix(rows, means);
  const wells = rows.score.length;
  const many = new Set(rows.plates).size;
  const divisions = groupedKFold(rows.plates, random.fork("folds"), { folds: Math.min(folds, many) });
  const foldOf = new Uint8Array(wells);
  const told = new Float64Array(wells * scoreClasses.length);
  const constant = new Float64Array(told.length);
  const forests: CompactForest[] = [];
  for (const [k, { train, test }] of divisions.entries()) {
    const target = train.map((row) => rows.score[row]);
    const own = selectMatrixRows(features, train);
    const forest = compactForest(trainForest(own, target, scoreClasses, random.fork("forest").fork(k), forestOptions));
    const { shares } = trainMajority(target, scoreClasses);
    // As it will answer: by what is kept of it.
    const answers = forestPredictor(wholeForest(forest)).predict(selectMatrixRows(features, test));
    test.forEach((row, i) => {
      foldOf[row] = k;
      told.set(answers.subarray(i * scoreClasses.length, (i + 1) * scoreClasses.length), row * scoreClasses.length);
      constant.set(shares, row * scoreClasses.length);
    });
    forests.push(forest);
    onProgress(k + 1, divisions.length);
  }
  const losses = [told, constant].map((one) => lossesOf(rows.score, one));
  const names = [...salts.keys()];
  return {
    model: {
      format: crystallisationModelFormat,
      seed,
      trainedOn: [...new Set(textsOf(table, "sourceSha256"))].join(" "),
      means,
      salts: names,
      descriptors: Float64Array.from(names.flatMap((name) => Array.from(salts.get(name)!))),
      ranges: rangesOf(rows),
      forests,
      foldOf,
      outOfFold: Float32Array.from(rows.score, (code, row) => told[row * scoreClasses.length + code]),
    },
    wells,
    plates: many,
    doubtful,
    scores: [
      unseen({ name: "forest", told, losses: losses[0] }, rows, random.fork("scores")),
      unseen({ name: "constant", told: constant, losses: losses[1] }, rows, random.fork("scores of the constant")),
    ],
    gain: pairedGain(losses[1], losses[0], groupCodes(rows.plates).codes),
  };
}

function requireScores({ score, plates }: CrystallisationRows, where: string): void {
  const refuse = (column: string, must: string, got: string): InputError =>
    new InputError({ where: `${where}, column ${column}`, must, got, mend: "add wells that were scored" });
  if (score.some(Number.isNaN)) throw refuse("crystal_score", "must be there: a model learns from scores", "none");
  if (score.length < fewestWells)
    throw refuse("crystal_score", `must be told of ${fewestWells} wells or more`, String(score.length));
  const many = new Set(plates).size;
  if (many < 2) throw refuse("plate", "must tell two plates or more, as new plates will be asked about", String(many));
}

function lossesOf(truth: Float64Array, told: Float64Array): Float64Array {
  return truth.map((code, row) => -Math.log(Math.max(least, told[row * scoreClasses.length + code])));
}

function unseen(
  { name, told, losses }: { readonly name: string; readonly told: Float64Array; readonly losses: Float64Array },
  { score, plates }: CrystallisationRows,
  random: Random,
): UnseenPlates {
  const right = argmax(told, scoreClasses.length);
  const estimate = (values: ArrayLike<number>, kind: "share" | "mean"): EstimateOrReason =>
    estimateOverGroups(plates, meanOfRows(values), random.fork(kind), { kind, unit: "plate" });
  return {
    name,
    accuracy: estimate(
      score.map((code, row) => Number(right[row] === code)),
      "share",
    ),
    logLoss: estimate(losses, "mean"),
  };
}

function rangesOf({ features, salts }: CrystallisationRows): WellRange[] {
  const width = wellFeatures.length;
  const ranges = new Map<string | null, { readonly low: Float32Array; readonly high: Float32Array }>();
  const widen = (salt: string | null, row: number): void => {
    const own = ranges.get(salt) ?? {
      low: new Float32Array(rangedFeatures.length).fill(Infinity),
      high: new Float32Array(rangedFeatures.length).fill(-Infinity),
    };
    ranges.set(salt, own);
    rangedFeatures.forEach((_, j) => {
      const value = features[row * width + j];
      if (Number.isNaN(value)) return;
      own.low[j] = Math.min(own.low[j], value);
      own.high[j] = Math.max(own.high[j], value);
    });
  };
  salts.forEach((salt, row) => {
    widen(null, row);
    widen(salt, row);
  });
  return Array.from(ranges, ([salt, range]) => ({ salt, ...range }));
}
