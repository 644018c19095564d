import { phaseNames } from "../../chemistry/phases.js";
import type { ReagentList } from "../../chemistry/reagentList.js";
import { InputError } from "../../core/InputError.js";
import { unpackNumbers } from "../../core/packNumbers.js";
import type { OnnxPhaseParts } from "../../predictor/onnx/OnnxPhaseParts.js";
import { onnxPhaseGraph } from "../../predictor/onnx/onnxPhaseGraph.js";
import type { Forest } from "../../training/baselines/forestPredictor.js";
import type { LogisticWeights } from "../../training/baselines/logisticPredictor.js";
import { onnxForest } from "../../training/files/onnxForest.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxLogistic } from "../../training/files/onnxLogistic.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import { onnxNetworks } from "../../training/files/onnxNetworks.js";
import type { Network } from "../../training/Network.js";
import { type Learned, learnerNames } from "./learners.js";
import { constantName, twinName, weighedName } from "./ownCandidates.js";
import type { OwnLaboratory } from "./OwnLaboratory.js";
import { strays } from "./twinPrior.js";

/** Learners that a graph can express, by name: what they say of the phases that rows had. */
const graphs: Readonly<Record<string, (graph: OnnxGraph, model: never, features: OnnxTensor) => OnnxTensor>> = {
  [learnerNames.logistic]: (graph, model: LogisticWeights, features) => onnxLogistic(graph, model, features),
  [learnerNames.forest]: (graph, model: Forest, features) => onnxForest(graph, model, features),
  [learnerNames.network]: (graph, model: Network, features) => onnxNetworks(graph, [model], features).probabilities!,
};

/**
 * A model of an own laboratory as one ONNX file (onnxPhaseGraph), where its answers follow from the recipe alone: a
 * logistic regression, a forest, a network, or the constant answer, none of them asking the twin. Sets and numbers come
 * from cross-validations, which ask a model for each fold: the file carries neither, and says so.
 *
 * @param options.name      hash that its folder is named after
 * @param options.reagents  by which sources are known (default the built-in list)
 * @throws InputError for a Gaussian process, for rules, and for whatever asks the simulator
 */
export function onnxOwnLaboratory(
  laboratory: OwnLaboratory,
  { name, reagents }: { readonly name: string; readonly reagents?: ReagentList },
): Uint8Array {
  const { model, encoder, domain, quantities, labs } = laboratory;
  const columns = quantities.map(({ column }) => column);
  return onnxPhaseGraph(
    {
      model: name,
      learner: model.kept,
      encoder,
      ...answerOf(model.kept, unpackNumbers(model.learned), name),
      limits: { calibrator: null, domain, quantities: [] },
      sets: { reason: "sets come from a cross-validation, which asks the model of each fold" },
      targetScales: [],
      notCarried: [
        "sets: they come from a cross-validation, which asks the model of each fold",
        ...(columns.length === 0 ? [] : [`numbers of the product: ${columns.join(", ")}`]),
        ...(labs.every((lab) => lab === "") ? [] : ["whether a recipe is of the laboratory that the rows came from"]),
      ],
    },
    { reagents },
  );
}

/** @throws InputError if a graph cannot express it */
function answerOf(kept: string, learned: unknown, where: string): Pick<OnnxPhaseParts, "answer" | "ownEncoder"> {
  if (kept === constantName)
    return {
      answer: (graph, features) => ({
        probabilities: constant(graph, learned as readonly number[], features),
        targets: null,
      }),
    };
  const refuse = (got: string): InputError =>
    new InputError({
      where,
      must: "must answer from the recipe alone for an ONNX file: networks, a logistic regression, a forest, a constant",
      got,
      mend:
        "serve it with `twin serve` or ask `twin predict`; " +
        "or train a network on the same rows: `twin train --data FILE --seed S --export onnx`",
    });
  if (kept === learnerNames.process) throw refuse("a Gaussian process, which weighs a recipe against all its rows");
  if (kept === twinName || kept === weighedName) throw refuse(`"${kept}", which asks the simulator about each recipe`);
  if (!Object.hasOwn(graphs, kept)) throw refuse(`"${kept}"`);
  const own = learned as Learned;
  if (own.twin !== null) throw refuse(`a ${kept} with the twin as prior: it asks the simulator about each recipe`);
  return {
    ownEncoder: own.encoder,
    answer: (graph, features) => ({ probabilities: withUnmade(graph, kept, own, features), targets: null }),
  };
}

/** As learners has it where there is no twin: a phase that no row had stays possible. */
function withUnmade(
  graph: OnnxGraph,
  kept: string,
  { made, expected, model }: Learned,
  features: OnnxTensor,
): OnnxTensor {
  const { add, mul, pick, row } = onnxMaths(graph);
  const classes = phaseNames.length;
  const unmade = phaseNames.map((_, k) => (made.includes(k) ? 0 : 1 / classes / (1 + expected[k])));
  const left = 1 - unmade.reduce((sum, one) => sum + one, 0);
  const own = model === null ? constant(graph, [1], features) : graphs[kept](graph, model as never, features);
  // Of a phase that no row had the place does not matter: it counts 0 times.
  const spread = pick(
    own,
    phaseNames.map((_, k) => Math.max(made.indexOf(k), 0)),
  );
  return add(
    mul(spread, row(phaseNames.map((_, k) => (made.includes(k) ? (1 - strays) * left : 0)))),
    row(unmade.map((one) => (1 - strays) * one + strays / classes)),
  );
}

/** The same in every row. */
function constant(graph: OnnxGraph, values: readonly number[], features: OnnxTensor): OnnxTensor {
  const { add, cast, mul, pick, row } = onnxMaths(graph);
  return add(mul(cast(pick(features, [0]), "double"), 0), row(values));
}
