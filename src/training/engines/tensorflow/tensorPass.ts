import type { Tensor } from "@tensorflow/tfjs-core";
import { type Layer, layersOf, parameterCount } from "../../layersOf.js";
import type { TrainingTask } from "../TrainingEngine.js";
import { activateTensor } from "./activateTensor.js";
import type { BatchNumbers } from "./batchNumbers.js";
import type { TensorflowBackend } from "./TensorflowBackend.js";

/** A batch of each of K trainings that went through their networks. */
export interface TensorPass {
  /** [K, 2]: cross-entropy and squares, as means by weight. */
  readonly losses: Tensor;
  /** Slopes of what training minimises by each weight, penalties included, [K, parameters]. */
  gradient(): Tensor;
}

/**
 * Forward pass, losses and the chain rule back, all networks side by side: the formulas of typescript/ in tensor
 * operations. The gradient is written out, since on WebAssembly TensorFlow's own takes three times as long.
 *
 * @param weights  [K, parameters], in the layout of Network
 */
export function tensorPass(
  backend: TensorflowBackend,
  task: TrainingTask,
  weights: Tensor,
  batch: BatchNumbers,
): TensorPass {
  const { tf } = backend;
  const { architecture, targetShare } = task;
  const [members, classCount, targetCount] = [
    weights.shape[0],
    architecture.classes.length,
    architecture.targets.length,
  ];
  const layers = layersOf(architecture);
  const tensor = (numbers: Float32Array, width: number): Tensor => tf.tensor(numbers, [members, batch.rows, width]);
  const part = (from: number, rows: number, columns: number): Tensor =>
    tf.reshape(tf.slice(weights, [0, from], [members, rows * columns]), [members, rows, columns]);
  const matrices = layers.map(({ inputs, outputs, weights: from }) => part(from, inputs, outputs));
  const values = [tensor(batch.inputs, architecture.features.length)];
  const slopes: (() => Tensor)[] = [];
  layers.forEach(({ outputs, biases }, l) => {
    const sums = tf.add(product(backend, values[l], matrices[l]), part(biases, 1, outputs));
    if (l === layers.length - 1) {
      values.push(sums);
      return;
    }
    const activated = activateTensor(tf, architecture.activation, sums);
    const mask = batch.masks === null ? null : tensor(batch.masks[l], outputs);
    const masked = (unmasked: Tensor): Tensor => (mask === null ? unmasked : tf.mul(unmasked, mask));
    values.push(masked(activated.values));
    slopes.push(() => masked(activated.slopes()));
  });

  const heads = values[layers.length];
  const head = (first: number, width: number): Tensor => tf.slice(heads, [0, 0, first], [members, batch.rows, width]);
  const errors: (() => Tensor)[] = [];
  let [crossEntropy, squares] = [tf.zeros([members]), tf.zeros([members])];
  if (classCount > 0) {
    const logits = head(0, classCount);
    // Shifted by the greatest logit, so that no exponential overflows.
    const shifted = tf.sub(logits, tf.max(logits, 2, true));
    const logarithms = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 2, true)));
    const wanted = tensor(batch.wanted, classCount);
    crossEntropy = tf.neg(tf.sum(tf.mul(wanted, logarithms), [1, 2]));
    errors.push(() => tf.sub(tf.mul(tf.exp(logarithms), tensor(batch.shares, 1)), wanted));
  }
  if (targetCount > 0) {
    const differences = tf.sub(head(classCount, targetCount), tensor(batch.targets, targetCount));
    const shared = tf.mul(differences, tensor(batch.targetShares, targetCount));
    squares = tf.sum(tf.mul(differences, shared), [1, 2]);
    errors.push(() => tf.mul(shared, 2 * targetShare));
  }
  return {
    losses: tf.stack([crossEntropy, squares], 1),
    gradient: () =>
      addPenalties(
        backend,
        task,
        weights,
        chainRule(
          backend,
          layers,
          matrices,
          values,
          slopes,
          tf.concat(
            errors.map((error) => error()),
            2,
          ),
        ),
      ),
  };
}

function chainRule(
  backend: TensorflowBackend,
  layers: readonly Layer[],
  matrices: readonly Tensor[],
  values: readonly Tensor[],
  slopes: readonly (() => Tensor)[],
  outputErrors: Tensor,
): Tensor {
  const { tf } = backend;
  const members = outputErrors.shape[0];
  const pieces: Tensor[] = [];
  let errors = outputErrors;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, outputs } = layers[l];
    pieces.unshift(
      tf.reshape(product(backend, transposed(backend, values[l]), errors), [members, inputs * outputs]),
      tf.sum(errors, 1),
    );
    if (l > 0) errors = tf.mul(product(backend, errors, transposed(backend, matrices[l])), slopes[l - 1]());
  }
  return tf.concat(pieces, 1);
}

/** Slopes of l1 Σ|w| + l2/2 Σw² over weights; biases go free. */
function addPenalties(
  { tf }: TensorflowBackend,
  { architecture, l1, l2 }: TrainingTask,
  weights: Tensor,
  gradient: Tensor,
): Tensor {
  if (l1 === 0 && l2 === 0) return gradient;
  const isWeight = new Float32Array(parameterCount(architecture));
  for (const { weights: first, biases } of layersOf(architecture)) isWeight.fill(1, first, biases);
  const penalties = tf.add(tf.mul(tf.sign(weights), l1), tf.mul(weights, l2));
  return tf.add(gradient, tf.mul(penalties, tf.tensor(isWeight, [1, isWeight.length])));
}

/** Of matrices [K, rows, columns]. */
function product({ tf, isFastestByPair }: TensorflowBackend, a: Tensor, b: Tensor): Tensor {
  const members = a.shape[0];
  if (members > 1 && !isFastestByPair) return tf.matMul(a, b);
  const matrix = (of: Tensor, k: number): Tensor =>
    tf.reshape(members === 1 ? of : tf.slice(of, [k, 0, 0], [1, -1, -1]), of.shape.slice(1));
  return tf.stack(Array.from({ length: members }, (_, k) => tf.matMul(matrix(a, k), matrix(b, k))));
}

/** Written out rather than asked of matMul, whose program for transposed matrices is slow on WebAssembly. */
function transposed({ tf }: TensorflowBackend, a: Tensor): Tensor {
  return tf.transpose(a, [0, 2, 1]);
}
