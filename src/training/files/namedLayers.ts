import { layersOf, parameterCount } from "../layersOf.js";
import type { TargetScale } from "./Model.js";
import type { Activation, Network } from "../Network.js";

/** One dense layer: output = activation(input · kernel + bias). */
export interface NamedLayer {
  readonly name: string;
  /** Name of the layer before, or "features". */
  readonly input: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation | "softmax" | "linear";
  /** Row-major [inputs, outputs]. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

export interface ExportOptions {
  /**
   * How targets were standardised, one each: the exported model then answers in
   * their own units (default: as the network answers).
   */
  readonly targetScales?: readonly TargetScale[];
}

/**
 * A network as other programs write it down, layer by layer with names. Layers are "hidden_1", "hidden_2", ..., and
 * each head is a layer of its own, "probabilities" with softmax and "targets" without, both on the last hidden layer.
 *
 * @throws RangeError if the weights or scales are not as many as the architecture has
 */
export function namedLayers(
  network: Network,
  { targetScales = network.targets.map(() => ({ mean: 0, scale: 1 })) }: ExportOptions = {},
): readonly NamedLayer[] {
  const { classes, targets, weights, activation } = network;
  if (weights.length !== parameterCount(network))
    throw new RangeError(
      `namedLayers: the network must have ${parameterCount(network)} weights; got ${weights.length}`,
    );
  if (targetScales.length !== targets.length)
    throw new RangeError(
      `namedLayers: one scale per target is needed; got ${targetScales.length} for ${targets.length} targets`,
    );
  const layers = layersOf(network);
  const input = (l: number): string => (l === 0 ? "features" : `hidden_${l}`);
  const hidden = layers.slice(0, -1).map((layer, l): NamedLayer => ({
    name: `hidden_${l + 1}`,
    input: input(l),
    inputs: layer.inputs,
    outputs: layer.outputs,
    activation,
    kernel: weights.slice(layer.weights, layer.biases),
    bias: weights.slice(layer.biases, layer.biases + layer.outputs),
  }));
  const last = layers[layers.length - 1];
  const head = (
    name: string,
    first: number,
    scales: readonly TargetScale[],
    activationOfHead: "softmax" | "linear",
  ): NamedLayer => ({
    name,
    input: input(layers.length - 1),
    inputs: last.inputs,
    outputs: scales.length,
    activation: activationOfHead,
    kernel: Float32Array.from(
      { length: last.inputs * scales.length },
      (_, at) =>
        weights[last.weights + Math.floor(at / scales.length) * last.outputs + first + (at % scales.length)] *
        scales[at % scales.length].scale,
    ),
    bias: Float32Array.from(scales, ({ mean, scale }, k) => weights[last.biases + first + k] * scale + mean),
  });
  return [
    ...hidden,
    ...(classes.length === 0
      ? []
      : [
          head(
            "probabilities",
            0,
            classes.map(() => ({ mean: 0, scale: 1 })),
            "softmax",
          ),
        ]),
    ...(targets.length === 0 ? [] : [head("targets", classes.length, targetScales, "linear")]),
  ];
}
