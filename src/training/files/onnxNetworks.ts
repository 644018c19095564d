import type { Network } from "../Network.js";
import type { OnnxGraph, OnnxTensor } from "./onnxGraph.js";
import { onnxMaths } from "./onnxMaths.js";
import { type NamedLayer, namedLayers } from "./namedLayers.js";

/** What networks answer, as tensors of a graph. */
export interface OnnxAnswers {
  /** Float64 [batch, classes]; null where there are none. */
  readonly probabilities: OnnxTensor | null;
  /** Float64 [batch, targets], standardised as the networks learned them; null where there are none. */
  readonly targets: OnnxTensor | null;
}

/**
 * The members of an ensemble in one graph, each in float32 as our engine computes it; softmax and means over the
 * members are in float64, in the members' order.
 *
 * @param features  float32 [batch, features]
 * @throws RangeError as namedLayers
 */
export function onnxNetworks(graph: OnnxGraph, members: readonly Network[], features: OnnxTensor): OnnxAnswers {
  const { add, cast, div } = onnxMaths(graph);
  const answers = members.map((member, place) => {
    const scope = members.length === 1 ? "network/" : `member_${place + 1}/`;
    const outputs = new Map<string, OnnxTensor>([["features", features]]);
    for (const layer of namedLayers(member)) {
      const linear = layer.activation === "softmax" ? { ...layer, activation: "linear" as const } : layer;
      outputs.set(layer.name, onnxLayer(graph, linear, outputs.get(layer.input)!, `${scope}${layer.name}`));
    }
    const logits = outputs.get("probabilities");
    const targets = outputs.get("targets");
    return {
      probabilities:
        logits === undefined ? null : graph.node("Softmax", [cast(logits, "double")], { attributes: { axis: 1 } }),
      targets: targets === undefined ? null : cast(targets, "double"),
    };
  });
  const mean = (head: keyof OnnxAnswers): OnnxTensor | null => {
    const all = answers.flatMap((one) => one[head] ?? []);
    return all.length < 2 ? (all[0] ?? null) : div(add(...all), all.length);
  };
  return { probabilities: mean("probabilities"), targets: mean("targets") };
}

/** Constants of gelu in its form with tanh, and the names under which nodes find them. */
const geluConstants = { half: 0.5, one: 1, cube: 0.044715, rate: Math.sqrt(2 / Math.PI) };

/**
 * One dense layer in float32: Gemm, then the activation, whose last node bears the name.
 *
 * @param name  of the output, and before "/" of what leads to it
 */
export function onnxLayer(
  graph: OnnxGraph,
  { inputs, outputs, activation, kernel, bias }: NamedLayer,
  input: OnnxTensor,
  name: string,
): OnnxTensor {
  const gemm = (own: string): OnnxTensor =>
    graph.node(
      "Gemm",
      [
        input,
        graph.constant("float", kernel, { dims: [inputs, outputs], name: `${name}/kernel` }),
        graph.constant("float", bias, { name: `${name}/bias` }),
      ],
      { name: own },
    );
  if (activation === "linear") return gemm(name);
  const x = gemm(`${name}/sum`);
  const step = (operator: string, from: readonly OnnxTensor[], own: string): OnnxTensor =>
    graph.node(operator, from, { name: own });
  switch (activation) {
    case "relu":
      return step("Relu", [x], name);
    case "tanh":
      return step("Tanh", [x], name);
    case "softmax":
      return graph.node("Softmax", [x], { attributes: { axis: 1 }, name });
    case "silu":
      return step("Mul", [x, step("Sigmoid", [x], `${name}/gate`)], name);
    case "gelu": {
      const [half, one, cube, rate] = Object.entries(geluConstants).map(([own, value]) =>
        graph.constant("float", [value], { dims: [], name: own }),
      );
      // x/2 · (1 + tanh(rate · (x + cube · x³)))
      const steps: readonly (readonly [string, OnnxTensor | null])[] = [
        ["Mul", x],
        ["Mul", x],
        ["Mul", cube],
        ["Add", x],
        ["Mul", rate],
        ["Tanh", null],
        ["Add", one],
        ["Mul", x],
      ];
      const wave = steps.reduce(
        (last, [operator, other], i) =>
          step(operator, other === null ? [last] : [last, other], `${name}/gelu_${i + 1}`),
        x,
      );
      return step("Mul", [wave, half], name);
    }
  }
}
