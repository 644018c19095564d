import type { Matrix } from "../../core/Matrix.js";
import type { Architecture, Network } from "../Network.js";
import type { OptimizerNumbers } from "../Optimizer.js";

/** All that a training computes with besides the order of rows and the rates. */
export interface TrainingTask {
  readonly architecture: Architecture;
  /** The weights to start from, in the layout of Network. */
  readonly weights: Float32Array;
  readonly features: Matrix;
  /** Class codes by row; read only where there are classes. */
  readonly labels: ArrayLike<number>;
  /** Row-major [rows, targets], NaN where unknown; read only where there are targets. */
  readonly targets: ArrayLike<number>;
  /** By row, class weights included. */
  readonly rowWeights: ArrayLike<number>;
  readonly batchSize: number;
  /** The longest list of rows that the session will be handed. */
  readonly mostRows: number;
  readonly optimizer: OptimizerNumbers;
  readonly l1: number;
  readonly l2: number;
  /** Share of hidden units dropped. */
  readonly dropout: number;
  readonly dropoutKey: readonly [number, number];
  readonly labelSmoothing: number;
  /** What the loss of the targets counts beside that of the classes. */
  readonly targetShare: number;
  /** Greatest norm of a gradient; a longer one is shortened. */
  readonly clipNorm: number;
}

/** Sums over rows: the parts of the loss and what they are divided by. */
export interface LossSums {
  /** Σ weight · cross-entropy, and Σ weight. */
  readonly crossEntropy: number;
  readonly rowWeight: number;
  /** Σ weight · (prediction - target)² over known targets, and Σ weight over them. */
  readonly squares: number;
  readonly targetWeight: number;
}

/** Gradient of what training minimises, penalties included, in the layout of Network. */
export interface Gradient {
  /** Without the penalties. */
  readonly sums: LossSums;
  readonly values: Float64Array;
}

/** What a training has learned so far, in the numbers of its engine: enough to go on to the same bytes. */
export interface SessionState {
  /** Updates done: masks are drawn by them. */
  readonly step: number;
  /** In the layout of Network, and so the next two; float32 of the engine simd, float64 of typescript. */
  readonly weights: Float32Array | Float64Array;
  /** What the optimiser remembers: running sums or means of gradients. */
  readonly first: Float32Array | Float64Array;
  /** Running means of their squares. */
  readonly second: Float32Array | Float64Array;
}

/** A training under way. Engines whose arithmetic runs elsewhere (a GPU) may answer later. */
export interface TrainingSession {
  /**
   * One update per batch over rows in the given order; the last batch may be smaller. Sums are those before each
   * update.
   */
  epoch(order: Uint32Array, learningRate: number): LossSums | Promise<LossSums>;
  /** Sums over rows with the present weights, without dropout and label smoothing. */
  loss(rows: Uint32Array): LossSums | Promise<LossSums>;
  /** For one batch of at most batchSize rows, with the masks of the next update, unclipped; updates nothing. */
  gradient(rows: Uint32Array): Gradient | Promise<Gradient>;
  /** A copy of the present weights. */
  weights(): Float32Array | Promise<Float32Array>;
  /** A copy of all that was learned; of engines that can pause alone. */
  state?(): SessionState;
}

/** A training's part in an epoch. */
export interface Turn {
  /** Number of the training in its pack. */
  readonly member: number;
  readonly rows: Uint32Array;
  readonly rate: number;
}

/** Trainings of the same shape under way side by side; answers come in the order of the turns. */
export interface PackedTraining {
  /** As epoch of TrainingSession, for the members that have a turn. */
  epoch(turns: readonly Turn[]): Promise<readonly LossSums[]>;
  loss(turns: readonly Pick<Turn, "member" | "rows">[]): Promise<readonly LossSums[]>;
  weights(member: number): Float32Array;
}

/** Names of all engines that train. */
export const trainingEngineNames: readonly [
  "simd",
  "typescript",
  "tensorflow-wasm",
  "tensorflow-cpu",
  "tensorflow-webgpu",
  "tensorflow-node",
] = ["simd", "typescript", "tensorflow-wasm", "tensorflow-cpu", "tensorflow-webgpu", "tensorflow-node"];
/** Engines that can pause a training and go on with it to the same bytes. */
export const pausingEngineNames = ["simd", "typescript"] as const;
/** Name of an engine that can pause a training. */
export type PausingEngineName = (typeof pausingEngineNames)[number];
/** Name of an engine that trains. */
export type TrainingEngineName = (typeof trainingEngineNames)[number];

/** Computes trainings and predictions. All engines draw the same masks and see rows in the same order. */
export interface TrainingEngine {
  readonly name: TrainingEngineName;
  /** What computes, in words. */
  readonly adapter: string;
  /** @param from  where it goes on; only for engines that can pause, with a state of theirs */
  open(task: TrainingTask, from?: SessionState): TrainingSession;
  /**
   * Many trainings in one program, where the engine gains by that. @throws RangeError if the tasks differ in more than
   * rows, first weights and masks
   */
  openPacked?(tasks: readonly TrainingTask[]): PackedTraining;
  /**
   * Logits, then targets, row-major [rows, classes + targets]. Dropout belongs to training alone: here every unit is
   * on.
   */
  outputs(network: Network, features: Matrix): Float32Array;
}

/** Mean cross-entropy plus targetShare times the mean square over known targets; a part without weight counts 0. */
export function meanLoss({ crossEntropy, rowWeight, squares, targetWeight }: LossSums, targetShare: number): number {
  return (
    (rowWeight > 0 ? crossEntropy / rowWeight : 0) + (targetWeight > 0 ? (targetShare * squares) / targetWeight : 0)
  );
}

export const noLoss: LossSums = { crossEntropy: 0, rowWeight: 0, squares: 0, targetWeight: 0 };

export function addLosses(a: LossSums, b: LossSums): LossSums {
  return {
    crossEntropy: a.crossEntropy + b.crossEntropy,
    rowWeight: a.rowWeight + b.rowWeight,
    squares: a.squares + b.squares,
    targetWeight: a.targetWeight + b.targetWeight,
  };
}
