import type { Calibrator, Polyline, Sigmoid, Steps } from "../../calibration/Calibrator.js";
import { leastProbability } from "../../calibration/logProbability.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";

/**
 * `calibrate` in a graph: all methods, in float64.
 *
 * @param probabilities  float64 [batch, classes]
 * @returns float64 [batch, classes]
 */
export function onnxCalibrator(graph: OnnxGraph, calibrator: Calibrator, probabilities: OnnxTensor): OnnxTensor {
  const { add, div, mul, row } = onnxMaths(graph);
  const softmax = (scores: OnnxTensor): OnnxTensor => graph.node("Softmax", [scores], { attributes: { axis: 1 } });
  const logs = (): OnnxTensor => logProbabilities(graph, probabilities);
  switch (calibrator.method) {
    case "temperature":
      return softmax(div(logs(), calibrator.temperature));
    case "vector":
      return softmax(add(mul(logs(), row(calibrator.slopes)), row(calibrator.offsets)));
    case "matrix": {
      const { classes, slopes, offsets } = calibrator;
      const matrix = graph.constant("double", slopes, { dims: [classes, classes] });
      return softmax(graph.node("Gemm", [logs(), matrix, row(offsets)], { attributes: { transB: 1 } }));
    }
    case "platt":
      return eachClass(graph, calibrator.curves, probabilities, sigmoidAt);
    case "isotonic":
      return eachClass(graph, calibrator.curves, probabilities, polylineAt);
    case "histogram":
      return eachClass(graph, calibrator.curves, probabilities, stepAt);
  }
}

function logProbabilities(graph: OnnxGraph, probability: OnnxTensor): OnnxTensor {
  const { log, max, min } = onnxMaths(graph);
  return log(max(leastProbability, min(1, probability)));
}

function eachClass<Curve>(
  graph: OnnxGraph,
  curves: readonly (Curve | null)[],
  probabilities: OnnxTensor,
  valueAt: (graph: OnnxGraph, curve: Curve, probability: OnnxTensor) => OnnxTensor,
): OnnxTensor {
  const { columns, div, equal, pick, rowSum, where } = onnxMaths(graph);
  const mended = columns(
    curves.map((curve, k) => {
      const own = pick(probabilities, [k]);
      return curve === null ? own : valueAt(graph, curve, own);
    }),
  );
  const total = rowSum(mended);
  return where(equal(total, 0), probabilities, div(mended, total));
}

function sigmoidAt(graph: OnnxGraph, { a, b }: Sigmoid, probability: OnnxTensor): OnnxTensor {
  const { add, div, exp, mul, sub } = onnxMaths(graph);
  const odds = sub(logProbabilities(graph, probability), logProbabilities(graph, sub(1, probability)));
  return div(1, add(1, exp(add(mul(a, odds), b))));
}

/** How many of these places lie below: int64 [batch, 1], as lowerBound counts. */
function placesBelow(graph: OnnxGraph, at: readonly number[], x: OnnxTensor): OnnxTensor {
  const { cast, less, row, rowSum } = onnxMaths(graph);
  return cast(rowSum(cast(less(row(at), x), "double")), "int64");
}

function polylineAt(graph: OnnxGraph, { at, values }: Polyline, x: OnnxTensor): OnnxTensor {
  const { add, div, equal, lookUp, mul, sub, where } = onnxMaths(graph);
  const above = placesBelow(graph, at, x);
  const last = at.length - 1;
  // By the number of places below: the point before, and the point after, where there is one.
  const before = [0, ...at.keys()];
  const after = [...at.keys(), last];
  const between = (of: readonly number[], places: readonly number[]): OnnxTensor =>
    lookUp(
      "double",
      places.map((place) => of[place]),
      above,
    );
  const [low, from, to] = [between(at, before), between(values, before), between(values, after)];
  const gap = sub(between(at, after), low);
  const share = where(equal(gap, 0), 1, div(sub(x, low), gap));
  return where(equal(share, 1), to, add(from, mul(share, sub(to, from))));
}

function stepAt(graph: OnnxGraph, { upTo, values }: Steps, x: OnnxTensor): OnnxTensor {
  return onnxMaths(graph).lookUp("double", [...values, values[values.length - 1]], placesBelow(graph, upTo, x));
}
