import type { Network } from "../Network.js";
import { type ExportOptions, namedLayers } from "./namedLayers.js";
import { onnxGraph, type OnnxTensor } from "./onnxGraph.js";
import { onnxLayer } from "./onnxNetworks.js";

/**
 * A bare network as an ONNX file. Input "features" [batch, features]; outputs "probabilities"
 * [batch, classes] and "targets" [batch, targets] where the network has them. Names of features, classes
 * and targets are in the metadata, as JSON lists. What a saved model answers of recipes is in onnxPhaseModel.
 *
 * @throws RangeError as namedLayers
 */
export function onnxModel(network: Network, options: ExportOptions = {}): Uint8Array {
  const { features, classes, targets } = network;
  const graph = onnxGraph("network");
  const tensors = new Map<string, OnnxTensor>([["features", graph.input("features", "float", features.length)]]);
  for (const layer of namedLayers(network, options)) {
    const { name, input, outputs } = layer;
    const tensor = onnxLayer(graph, layer, tensors.get(input)!, name);
    tensors.set(name, tensor);
    if (!name.startsWith("hidden")) graph.output(name, tensor, "float", outputs);
  }
  const names = Object.entries({ features, classes, targets });
  return graph.bytes(Object.fromEntries(names.map(([key, own]) => [key, JSON.stringify(own)])));
}
