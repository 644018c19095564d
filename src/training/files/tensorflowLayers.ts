import { canonicalJson } from "../../core/canonicalJson.js";
import { floatBytes } from "../../core/floatBytes.js";
import { type ExportOptions, type NamedLayer, namedLayers } from "./namedLayers.js";
import type { Network } from "../Network.js";

/** What TensorFlow.js calls the activations that it reads by name; see geluLayers for the one that it does not. */
const activations: Readonly<Record<Exclude<NamedLayer["activation"], "gelu">, string>> = {
  relu: "relu",
  tanh: "tanh",
  silu: "swish",
  softmax: "softmax",
  linear: "linear",
};

interface WrittenLayer {
  readonly name: string;
  readonly kind: string;
  readonly inputs: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float32Array;
  }[];
}

/**
 * A network in the layers format of TensorFlow.js (tf.loadLayersModel): `model.json` and one file of weights, to be
 * written into one folder. Input "features" [batch, features]; outputs "probabilities" and "targets", in this order,
 * where the network has them. Names of features, classes and targets are in userDefinedMetadata.
 *
 * @throws RangeError as namedLayers
 */
export function tensorflowLayers(
  network: Network,
  options: ExportOptions = {},
): Readonly<Record<"model.json" | "weights.bin", string | Uint8Array>> {
  const named = namedLayers(network, options);
  const { features, classes, targets } = network;
  const input: WrittenLayer = {
    name: "features",
    kind: "InputLayer",
    inputs: [],
    config: { batch_input_shape: [null, features.length], dtype: "float32", sparse: false },
    weights: [],
  };
  const layers = [
    input,
    ...named.flatMap((layer) =>
      layer.activation === "gelu" ? geluLayers(layer) : [denseLayer(layer, layer.name, activations[layer.activation])],
    ),
  ];
  const heads = named.filter(({ name }) => !name.startsWith("hidden"));
  const config = {
    name: "network",
    layers: layers.map(({ name, kind, inputs, config: own }) => ({
      name,
      class_name: kind,
      config: { ...own, name },
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((one) => [one, 0, 0, {}])],
    })),
    input_layers: [["features", 0, 0]],
    output_layers: heads.map(({ name }) => [name, 0, 0]),
  };
  const weights = layers.flatMap((layer) => layer.weights);
  const model = {
    format: "layers-model",
    generatedBy: "cspbbr3-twin",
    convertedBy: null,
    modelTopology: { class_name: "Model", config, keras_version: "tfjs-layers 4.22.0", backend: "tensor_flow.js" },
    weightsManifest: [
      { paths: ["weights.bin"], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: "float32" })) },
    ],
    userDefinedMetadata: { features, classes, targets },
  };
  return {
    "model.json": canonicalJson(model),
    "weights.bin": floatBytes(weights.flatMap(({ values }) => Array.from(values))),
  };
}

function denseLayer(
  { input, inputs, outputs, kernel, bias }: NamedLayer,
  name: string,
  activation: string,
): WrittenLayer {
  const weights = [
    { name: `${name}/kernel`, shape: [inputs, outputs], values: kernel },
    { name: `${name}/bias`, shape: [outputs], values: bias },
  ];
  return { name, kind: "Dense", inputs: [input], config: { units: outputs, activation, use_bias: true }, weights };
}

/**
 * Gelu in its form with tanh out of layers that are there: x · sigmoid(x · (a + b x²)) with
 * a = 2√(2/π) and b = 0.044715 a. By its own name, "gelu_new", TensorFlow.js 4.22 cannot read it: it
 * turns the name into "geluNew", which it does not know.
 */
function geluLayers(layer: NamedLayer): readonly WrittenLayer[] {
  const { name, outputs } = layer;
  const [sum, scaled, square, slope, product, gate] = ["sum", "scaled", "square", "slope", "product", "gate"].map(
    (part) => `${name}_${part}`,
  );
  const rate = 2 * Math.sqrt(2 / Math.PI);
  const plain = (own: string, kind: string, inputs: readonly string[], config = {}): WrittenLayer => ({
    name: own,
    kind,
    inputs,
    config,
    weights: [],
  });
  /** gamma · x + beta: a batch normalisation of mean 0 and variance 1. */
  const line = (own: string, input: string, gamma: number, beta: number): WrittenLayer => ({
    ...plain(own, "BatchNormalization", [input], { axis: -1, epsilon: 0, center: true, scale: true }),
    weights: Object.entries({ gamma, beta, moving_mean: 0, moving_variance: 1 }).map(([part, value]) => ({
      name: `${own}/${part}`,
      shape: [outputs],
      values: new Float32Array(outputs).fill(value),
    })),
  });
  return [
    denseLayer(layer, sum, "linear"),
    // Not the product of the sum with itself: TensorFlow.js lets go of a tensor that comes twice after the first use.
    line(scaled, sum, 0.044715 * rate, 0),
    plain(square, "Multiply", [sum, scaled]),
    line(slope, square, 1, rate),
    plain(product, "Multiply", [sum, slope]),
    plain(gate, "Activation", [product], { activation: "sigmoid" }),
    plain(name, "Multiply", [sum, gate]),
  ];
}
