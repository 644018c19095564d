import { floatBytes } from "../../core/floatBytes.js";
import { type ExportOptions, type NamedLayer, namedLayers } from "./namedLayers.js";
import type { Network } from "../Network.js";
import { protobufField as field } from "./protobufField.js";

/** Operators as of ONNX 1.8 (2020): Gemm, Relu, Tanh, Sigmoid, Mul, Add, Softmax over the last axis. */
const opset = 13;
const irVersion = 7;
const float = 1;

/** Constants of gelu in its form with tanh, and the names under which nodes find them. */
const geluConstants = { half: 0.5, one: 1, cube: 0.044715, rate: Math.sqrt(2 / Math.PI) };

/**
 * A network as an ONNX file (opset 13). Input "features" [batch, features]; outputs "probabilities"
 * [batch, classes] and "targets" [batch, targets] where the network has them. Names of features, classes
 * and targets are in the metadata, as JSON lists.
 *
 * @throws RangeError as namedLayers
 * @see ONNX, onnx.proto: the numbers of fields below
 */
export function onnxModel(network: Network, options: ExportOptions = {}): Uint8Array {
  const layers = namedLayers(network, options);
  const { features, classes, targets, activation } = network;
  const constants =
    activation === "gelu" ? Object.entries(geluConstants).map(([name, value]) => tensor(name, [], [value])) : [];
  const weights = layers.flatMap(({ name, inputs, outputs, kernel, bias }) => [
    tensor(`${name}/kernel`, [inputs, outputs], kernel),
    tensor(`${name}/bias`, [outputs], bias),
  ]);
  const heads = layers.filter(({ name }) => !name.startsWith("hidden"));
  const graph = [
    ...layers.flatMap(nodesOf).map((one) => field(1, one)),
    field(2, "network"),
    ...[...constants, ...weights].map((one) => field(5, one)),
    field(11, valueInfo("features", features.length)),
    ...heads.map(({ name, outputs }) => field(12, valueInfo(name, outputs))),
  ];
  const metadata = Object.entries({ features, classes, targets }).map(([key, names]) =>
    field(14, [field(1, key), field(2, JSON.stringify(names))]),
  );
  return Buffer.concat([
    field(1, irVersion),
    field(2, "cspbbr3-twin"),
    field(7, graph),
    field(8, [field(1, ""), field(2, opset)]),
    ...metadata,
  ]);
}

/** Gemm, then the activation, whose last node bears the layer's name. */
function nodesOf({ name, input, activation }: NamedLayer): readonly Uint8Array[][] {
  const x = `${name}/sum`;
  const gemm = (output: string): Uint8Array[] => node("Gemm", [input, `${name}/kernel`, `${name}/bias`], output);
  switch (activation) {
    case "linear":
      return [gemm(name)];
    case "relu":
      return [gemm(x), node("Relu", [x], name)];
    case "tanh":
      return [gemm(x), node("Tanh", [x], name)];
    case "softmax":
      return [gemm(x), node("Softmax", [x], name)];
    case "silu":
      return [gemm(x), node("Sigmoid", [x], `${name}/gate`), node("Mul", [x, `${name}/gate`], name)];
    case "gelu": {
      // x/2 · (1 + tanh(rate · (x + cube · x³)))
      const step = (index: number): string => `${name}/gelu_${index}`;
      return [
        gemm(x),
        node("Mul", [x, x], step(1)),
        node("Mul", [step(1), x], step(2)),
        node("Mul", [step(2), "cube"], step(3)),
        node("Add", [step(3), x], step(4)),
        node("Mul", [step(4), "rate"], step(5)),
        node("Tanh", [step(5)], step(6)),
        node("Add", [step(6), "one"], step(7)),
        node("Mul", [step(7), x], step(8)),
        node("Mul", [step(8), "half"], name),
      ];
    }
  }
}

/** NodeProto; it is named after its output. */
function node(operator: string, inputs: readonly string[], output: string): Uint8Array[] {
  return [...inputs.map((input) => field(1, input)), field(2, output), field(3, output), field(4, operator)];
}

/** TensorProto of float32. */
function tensor(name: string, dims: readonly number[], values: ArrayLike<number>): Uint8Array[] {
  return [...dims.map((dim) => field(1, dim)), field(2, float), field(8, name), field(9, floatBytes(values))];
}

/** ValueInfoProto of float32 [batch, width]. */
function valueInfo(name: string, width: number): Uint8Array[] {
  const shape = [field(1, [field(2, "batch")]), field(1, [field(1, width)])];
  return [field(1, name), field(2, [field(1, [field(1, float), field(2, shape)])])];
}
