import { phaseNames } from "../../chemistry/phases.js";
import { selectMatrixRows, type Matrix } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { seedOf } from "../../core/random/seedOf.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import {
  phaseRandom,
  rowsOfBatches,
  sharedMatrix,
  type TrainingExperiments,
} from "../../problems/phase/phaseExperiments.js";
import { phaseNetwork, phaseTraining, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { standardisedQuantities } from "../../problems/phase/quantities.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import type { TrainingEngine } from "../../training/engines/TrainingEngine.js";
import type { TargetScale } from "../../training/files/Model.js";
import type { Network } from "../../training/Network.js";
import { networkPredictor } from "../../training/networkPredictor.js";
import { predictMany } from "../../training/predictMany.js";
import { predictTargets } from "../../training/predictTargets.js";
import { thinnedNetwork } from "../../training/thinnedNetwork.js";
import { trainMany, type TrainingJob } from "../../training/trainMany.js";
import { trainVariational } from "../../training/trainVariational.js";
import { trunkAndHead } from "../../training/trunkAndHead.js";
import { drawNetwork } from "../../training/VariationalNetwork.js";
import { classifierLaplace } from "../../uncertainty/laplace/classifierLaplace.js";
import { laplacePredictor } from "../../uncertainty/laplace/laplacePredictor.js";
import type { ClassPredictive } from "../../uncertainty/Predictive.js";
import { predictiveEntropy } from "../../uncertainty/predictiveEntropy.js";

/** A phase model that says how sure it is. */
export interface UncertainModel {
  readonly name: string;
  readonly trainingRows: number;
  /** Networks trained, and networks computed for each prediction. */
  readonly trainings: number;
  readonly passes: number;
  /** A single network disagrees with nobody: its epistemic part is 0 and its total the entropy. */
  readonly predictive: (features: Matrix) => Promise<ClassPredictive>;
}

/** The models of notebook 06 with the rows that they are judged on. */
export interface UncertainModels {
  readonly data: TrainingExperiments;
  readonly models: readonly UncertainModel[];
  /** The one that is calibrated, and its members, which know quantities besides. */
  readonly ensemble: UncertainModel;
  readonly members: readonly Network[];
  /** One more like the members, which learned from whole recipes alone: medians stand in for what is missing. */
  readonly fromWhole: { readonly network: Network; readonly encoder: Encoder };
  readonly targets: Float64Array;
  readonly targetScales: readonly TargetScale[];
  /**
   * Calibrate rows in two halves of whole batches: one to fit calibrators on, one
   * for conformal sets and the domain check, which must not have been fitted on.
   */
  readonly fitRows: Uint32Array;
  readonly holdRows: Uint32Array;
  /** A quarter of the test rows, whole batches, where all methods are compared. */
  readonly someTestRows: Uint32Array;
  /**
   * Recipes drawn evenly over wide ranges of every route, in the
   * features of training; some may fall into a laboratory's campaign.
   */
  readonly elsewhere: Matrix;
}

const members = 5;
const fewRows = 24_000;
const dropout = 0.1;
const passes = 20;
const elsewhereRows = 4_000;
/** Curvature is summed over as many rows: the posterior is that of so many, wider than that of all. */
const laplaceRows = 24_000;

/**
 * Trains what notebook 06 compares: a network, an ensemble of them, one
 * with dropout, one with an uncertain last layer, and a variational one.
 */
export async function uncertainModels(data: TrainingExperiments): Promise<UncertainModels> {
  const { seed, table, split, features, taught, labels, encoder } = data;
  const random = phaseRandom(seed, "uncertain models");
  const { targets, names: targetNames, scales: targetScales } = standardisedQuantities(table, split.train);
  const few = rowsOfBatches(table, split.train, random.fork("few"))(fewRows);
  const classData = { features: taught, labels, classes: phaseNames };
  const memberJob = (seen: Matrix): TrainingJob => ({
    data: { ...classData, features: seen, targets, targetNames, train: split.train, tune: split.tune },
    layers: phaseNetwork,
    options: phaseTraining,
  });
  const jobs: TrainingJob[] = [
    ...Array.from({ length: members }, () => memberJob(taught)),
    {
      data: { ...classData, train: split.train, tune: split.tune },
      layers: phaseNetwork,
      options: { ...phaseTraining, dropout },
    },
    { data: { ...classData, train: few }, layers: phaseNetwork, options: { ...phaseTraining, epochs: 30 } },
    memberJob(data.whole.features),
  ];
  const training = trainMany(jobs, random.fork("networks"), { workers: trainingThreads() });
  const { network: variational } = await trainVariational(
    { ...classData, train: few },
    phaseNetwork,
    random.fork("variational"),
    {
      epochs: 30,
      batchSize: 256,
      learningRate: 4e-3,
      schedule: { name: "cosine" },
      priorDeviation: 0.3,
      firstDeviation: 0.02,
    },
  );
  const trained = (await training).map(({ network }) => network);
  const ensembleMembers = trained.slice(0, members);
  const [withDropout, fromFew, fromWhole] = trained.slice(members);
  const simd = await simdTraining();
  const all = split.train.length;
  const models: UncertainModel[] = [
    {
      name: "one network",
      trainingRows: all,
      trainings: 1,
      passes: 1,
      predictive: (rows) => Promise.resolve(alone(ensembleMembers[0], rows, simd)),
    },
    {
      name: "deep ensemble",
      trainingRows: all,
      trainings: members,
      passes: members,
      predictive: (rows) => together(ensembleMembers, rows),
    },
    {
      name: "Monte Carlo dropout",
      trainingRows: all,
      trainings: 1,
      passes,
      predictive: (rows) =>
        together(
          Array.from({ length: passes }, (_, pass) =>
            thinnedNetwork(withDropout, dropout, random.fork("masks").fork(pass)),
          ),
          rows,
        ),
    },
    {
      name: "last-layer Laplace",
      trainingRows: all,
      trainings: 1,
      passes: 1,
      predictive: lastLayerLaplace(
        ensembleMembers[0],
        selectMatrixRows(features, few.subarray(0, laplaceRows)),
        random.fork("Laplace"),
        simd,
      ),
    },
    {
      name: "variational network, few rows",
      trainingRows: few.length,
      trainings: 1,
      passes,
      predictive: (rows) =>
        together(
          Array.from({ length: passes }, (_, pass) => drawNetwork(variational, random.fork("draws").fork(pass))),
          rows,
        ),
    },
    {
      name: "one network, few rows",
      trainingRows: few.length,
      trainings: 1,
      passes: 1,
      predictive: (rows) => Promise.resolve(alone(fromFew, rows, simd)),
    },
  ];
  const halves = rowsOfBatches(table, split.calibrate, random.fork("halves"))(Math.floor(split.calibrate.length / 2));
  const inFirst = new Set(halves);
  const spread = await generateExperiments({
    rows: elsewhereRows,
    seed: seedOf(random.fork("elsewhere")),
    design: "uniform",
  });
  return {
    data,
    models,
    ensemble: models[1],
    members: ensembleMembers,
    fromWhole: { network: fromWhole, encoder: data.whole.encoder },
    targets,
    targetScales,
    fitRows: halves,
    holdRows: split.calibrate.filter((row) => !inFirst.has(row)),
    someTestRows: rowsOfBatches(table, split.test, random.fork("some"))(Math.floor(split.test.length / 4)),
    elsewhere: sharedMatrix(encode({ ...encoder, unseen: "ignore" }, spread.table)),
  };
}

function alone(network: Network, features: Matrix, engine: TrainingEngine): ClassPredictive {
  const probabilities = networkPredictor(network, engine).predict(features);
  const { total } = predictiveEntropy([probabilities, probabilities], features.rows);
  return { probabilities, total, aleatoric: total, epistemic: new Float64Array(features.rows) };
}

async function together(networks: readonly Network[], features: Matrix): Promise<ClassPredictive> {
  return predictiveEntropy(await predictMany(networks, features, { workers: trainingThreads() }), features.rows);
}

/** The head's posterior is fitted when first asked for. */
function lastLayerLaplace(
  network: Network,
  training: Matrix,
  random: Random,
  engine: TrainingEngine,
): UncertainModel["predictive"] {
  const { trunk, classHead } = trunkAndHead(network);
  const hiddenOf = (rows: Matrix): Float64Array => predictTargets(trunk, rows, engine);
  let predictor: ReturnType<typeof laplacePredictor> | null = null;
  return (rows) => {
    predictor ??= laplacePredictor(phaseNames, hiddenOf, classifierLaplace(hiddenOf(training), classHead), random, {
      draws: 30,
    });
    return Promise.resolve(predictor.predictive(rows));
  };
}

/** Quantities as each network predicts them, standardised, row-major [rows, quantities]. */
export async function memberTargets(networks: readonly Network[], features: Matrix): Promise<readonly Float64Array[]> {
  const simd = await simdTraining();
  return networks.map((network) => predictTargets(network, features, simd));
}
