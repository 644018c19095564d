import type { Tensor } from "@tensorflow/tfjs-core";
import type { Activation } from "../../Network.js";
import type { TensorFlow } from "./TensorflowBackend.js";

/** What hidden units make of their sums, and the slopes there, which only training asks for. */
export interface Activated {
  readonly values: Tensor;
  slopes(): Tensor;
}

const gelu = { root: Math.sqrt(2 / Math.PI), cubic: 0.044715 };

/** The functions of typescript/activate.ts in tensor operations. */
export function activateTensor(tf: TensorFlow, activation: Activation, sums: Tensor): Activated {
  switch (activation) {
    case "relu":
      return { values: tf.relu(sums), slopes: () => tf.step(sums) };
    case "tanh": {
      const values = tf.tanh(sums);
      return { values, slopes: () => tf.sub(1, tf.square(values)) };
    }
    case "silu": {
      const gates = tf.sigmoid(sums);
      const values = tf.mul(sums, gates);
      return { values, slopes: () => tf.add(gates, tf.mul(values, tf.sub(1, gates))) };
    }
    case "gelu": {
      const squares = tf.square(sums);
      const t = tf.tanh(tf.mul(tf.mul(sums, gelu.root), tf.add(1, tf.mul(squares, gelu.cubic))));
      const gates = tf.mul(tf.add(t, 1), 0.5);
      const steepness = (): Tensor =>
        tf.mul(tf.sub(1, tf.square(t)), tf.mul(tf.add(1, tf.mul(squares, 3 * gelu.cubic)), gelu.root / 2));
      return { values: tf.mul(sums, gates), slopes: () => tf.add(gates, tf.mul(sums, steepness())) };
    }
  }
}
