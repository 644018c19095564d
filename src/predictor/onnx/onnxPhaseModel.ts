import type { ReagentList } from "../../chemistry/reagentList.js";
import type { Model } from "../../training/files/Model.js";
import { onnxNetworks } from "../../training/files/onnxNetworks.js";
import { parsePhaseLimits } from "../phaseLimits.js";
import { phaseModelOf } from "../phaseModelOf.js";
import { onnxPhaseGraph } from "./onnxPhaseGraph.js";

/**
 * A saved model of the phase as one ONNX file: one network, or all members of an ensemble. Recipes go in as users write
 * them; calibrated probabilities, sets and numbers with intervals come out, and the limits go along as metadata.
 * docs/serving-elsewhere.md has its inputs, outputs and limits.
 *
 * @param model            as loadModel gives it
 * @param options.name     hash that its folder is named after
 * @param options.reagents by which sources are known (default the built-in list)
 * @throws InputError as phaseModelOf, and where the model has something that no graph can express
 */
export function onnxPhaseModel(
  model: Pick<Model, "members" | "encoder" | "limits" | "targetScales">,
  { name, reagents }: { readonly name: string; readonly reagents?: ReagentList },
): Uint8Array {
  const { encoder, limits, targetScales } = phaseModelOf(model, name);
  const { members } = model;
  return onnxPhaseGraph(
    {
      model: name,
      learner: members.length === 1 ? "network" : `${members.length} networks, averaged`,
      encoder,
      answer: (graph, features) => onnxNetworks(graph, members, features),
      limits,
      sets: parsePhaseLimits(model.limits, name).sets,
      targetScales,
    },
    { reagents },
  );
}
