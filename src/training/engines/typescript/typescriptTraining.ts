import type { Matrix } from "../../../core/Matrix.js";
import { dropoutFactors } from "../../dropoutFactors.js";
import { layersOf } from "../../layersOf.js";
import {
  addLosses,
  type Gradient,
  noLoss,
  type SessionState,
  type TrainingEngine,
  type TrainingSession,
  type TrainingTask,
} from "../TrainingEngine.js";
import { backwardPass } from "./backwardPass.js";
import { forwardPass, type Masks } from "./forwardPass.js";
import { type OptimizerState, optimizerStep } from "./optimizerStep.js";
import { type Answers, outputLoss } from "./outputLoss.js";
import { chunkRows, typescriptOutputs } from "./typescriptOutputs.js";

/** The readable engine: float64, one plain loop per formula. */
export const typescriptTraining: TrainingEngine = {
  name: "typescript",
  adapter: "JavaScript",
  open,
  outputs: typescriptOutputs,
};

function open(task: TrainingTask, from?: SessionState): TrainingSession {
  const { architecture, batchSize, dropout, dropoutKey, clipNorm, optimizer, features } = task;
  const weights = Float64Array.from(from?.weights ?? task.weights);
  const state: OptimizerState = {
    step: from?.step ?? 0,
    first: Float64Array.from(from?.first ?? weights.map(() => 0)),
    second: Float64Array.from(from?.second ?? weights.map(() => 0)),
  };

  const gradient = (rows: Uint32Array): Gradient => {
    const step = state.step + 1;
    const masks: Masks =
      dropout === 0
        ? null
        : (layer, row) => dropoutFactors(architecture.hidden[layer], dropout, dropoutKey, { layer, row, step });
    const pass = forwardPass(architecture, weights, gather(features, rows), masks);
    const { sums, slopes } = outputLoss(architecture, pass.values.at(-1)!, answersOf(task, rows), task);
    const values = backwardPass(architecture, weights, pass, slopes);
    addPenalties(values, weights, task);
    return { sums, values };
  };
  return {
    epoch(order, learningRate) {
      let total = noLoss;
      for (let first = 0; first < order.length; first += batchSize) {
        const { sums, values } = gradient(order.subarray(first, first + batchSize));
        total = addLosses(total, sums);
        clip(values, clipNorm);
        optimizerStep(weights, values, state, optimizer, learningRate);
      }
      return total;
    },
    loss(rows) {
      let total = noLoss;
      for (let first = 0; first < rows.length; first += chunkRows) {
        const some = rows.subarray(first, first + chunkRows);
        const outputs = forwardPass(architecture, weights, gather(features, some), null).values.at(-1)!;
        total = addLosses(
          total,
          outputLoss(architecture, outputs, answersOf(task, some), { labelSmoothing: 0, targetShare: task.targetShare })
            .sums,
        );
      }
      return total;
    },
    gradient,
    weights: () => Float32Array.from(weights),
    state: () => ({
      step: state.step,
      weights: weights.slice(),
      first: state.first.slice(),
      second: state.second.slice(),
    }),
  };
}

function gather({ columns, values }: Matrix, rows: Uint32Array): Float64Array {
  const gathered = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => gathered.set(values.subarray(row * columns, (row + 1) * columns), i * columns));
  return gathered;
}

function answersOf({ architecture, labels, targets, rowWeights }: TrainingTask, rows: Uint32Array): Answers {
  const count = architecture.targets.length;
  return {
    labels: Array.from(rows, (row) => labels[row]),
    targets: Float64Array.from(
      { length: rows.length * count },
      (_, i) => targets[rows[Math.floor(i / count)] * count + (i % count)],
    ),
    weights: Array.from(rows, (row) => rowWeights[row]),
  };
}

/** Slopes of l1 Σ|w| + l2/2 Σw² over weights; biases go free, as they add no complexity. */
function addPenalties(gradient: Float64Array, weights: Float64Array, { architecture, l1, l2 }: TrainingTask): void {
  for (const layer of layersOf(architecture)) {
    for (let i = layer.weights; i < layer.biases; i++) gradient[i] += l1 * Math.sign(weights[i]) + l2 * weights[i];
  }
}

/** Shortens a gradient to the greatest norm (Pascanu et al. 2013, arXiv:1211.5063). */
function clip(gradient: Float64Array, greatest: number): void {
  const norm = Math.sqrt(gradient.reduce((sum, slope) => sum + slope * slope, 0));
  if (norm <= greatest) return;
  for (let i = 0; i < gradient.length; i++) gradient[i] *= greatest / norm;
}
