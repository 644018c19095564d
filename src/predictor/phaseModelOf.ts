import { phaseNames } from "../chemistry/phases.js";
import { InputError } from "../core/InputError.js";
import { type Encoder, parseEncoder } from "../features/Encoder.js";
import type { Model } from "../training/files/Model.js";
import type { Network } from "../training/Network.js";
import { checkPhaseModel } from "./checkPhaseModel.js";
import { parsePhaseLimits, type PhaseLimits } from "./phaseLimits.js";

/** A model of the phase that is ready to answer. */
export interface LoadedPhaseModel {
  /** Their probabilities are averaged. */
  readonly members: readonly Network[];
  readonly encoder: Encoder;
  readonly limits: PhaseLimits;
}

/**
 * A model of the phase from what loadModel read: its encoder and its limits are checked.
 *
 * @param where  the model, for the message
 * @throws InputError if it is of other classes than the phases, or its encoder or limits are damaged, of another
 *   version, or do not fit each other
 */
export function phaseModelOf(
  { members, encoder, limits }: Pick<Model, "members" | "encoder" | "limits">,
  where = "model",
): LoadedPhaseModel {
  const { classes } = members[0];
  if (classes.join() !== phaseNames.join())
    throw new InputError({
      where,
      must: `must be a model of the phases ${phaseNames.join(", ")}`,
      got: classes.join(", ") || "one without classes",
      mend: "name a model that `twin train` saved",
    });
  const model = {
    members,
    encoder: parseEncoder(JSON.stringify(encoder), where),
    limits: parsePhaseLimits(limits, where),
  };
  checkPhaseModel({ ...model, features: members[0].features }, where);
  return model;
}
