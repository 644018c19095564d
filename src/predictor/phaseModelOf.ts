import { phaseNames } from "../chemistry/phases.js";
import { InputError } from "../core/InputError.js";
import type { Matrix } from "../core/Matrix.js";
import { type Encoder, parseEncoder } from "../features/Encoder.js";
import type { Model, TargetScale } from "../training/files/Model.js";
import type { OutputEngine } from "../training/networkOutputs.js";
import { checkPhaseModel } from "./checkPhaseModel.js";
import type { Table } from "../core/Table.js";
import { type CoveragePromise, coveragePromise } from "./coveragePromise.js";
import { type LimitsWithout, limitsWithout } from "./limitsWithout.js";
import { meanAnswers, type PhaseAnswers } from "./meanAnswers.js";
import { parsePhaseLimits, type PhaseLimits } from "./phaseLimits.js";

/** A model of the phase that is ready to answer. */
export interface LoadedPhaseModel {
  readonly encoder: Encoder;
  readonly limits: Pick<PhaseLimits, "calibrator" | "domain" | "quantities" | "rules">;
  /** What its sets promise. */
  readonly promise: CoveragePromise;
  /** Of the quantities, in their order. */
  readonly targetScales: readonly TargetScale[];
  /**
   * Of features and the recipes that they are of, in the twin's terms, and their laboratories where they are told; one
   * row's answer depends on no other.
   */
  readonly answer: (features: Matrix, recipes: Table, labs?: readonly string[]) => PhaseAnswers;
  /**
   * In which way a laboratory is none that the rows came from; null where it is one, or it does not matter. Empty: not
   * told.
   */
  readonly strangeLaboratory?: (lab: string) => string | null;
  /**
   * Whether it knows of what no training row had, a name or that a value is left out, by other means than its features:
   * such recipes are answered, and else refused.
   */
  readonly knowsMore?: boolean;
  /** Limits for recipes that do not tell these columns; found once for each choice. */
  readonly without: (missing: readonly string[]) => LimitsWithout;
}

/**
 * A model of the phase from what loadModel read: its encoder and its limits are checked.
 *
 * @param where   the model, for the message
 * @param engine  what computes its networks (default float64, the readable engine)
 * @throws InputError if it is of other classes than the phases, or its encoder or limits are damaged, of another
 *   version, or do not fit each other
 */
export function phaseModelOf(
  { members, encoder, limits, targetScales }: Pick<Model, "members" | "encoder" | "limits" | "targetScales">,
  where = "model",
  { engine }: { readonly engine?: OutputEngine } = {},
): LoadedPhaseModel {
  const { classes, features, targets } = members[0];
  if (classes.join() !== phaseNames.join())
    throw new InputError({
      where,
      must: `must be a model of the phases ${phaseNames.join(", ")}`,
      got: classes.join(", ") || "one without classes",
      mend: "name a model that `twin train` saved",
    });
  const parts = {
    encoder: parseEncoder(JSON.stringify(encoder), where),
    limits: parsePhaseLimits(limits, where),
    targetScales,
  };
  checkPhaseModel({ ...parts, features, targets }, where);
  const answer = (rows: Matrix): PhaseAnswers => meanAnswers(members, rows, engine);
  const found = new Map<string, LimitsWithout>();
  const without = (missing: readonly string[]): LimitsWithout => {
    const key = missing.join();
    const known = found.get(key) ?? limitsWithout(parts, missing, answer);
    found.set(key, known);
    return known;
  };
  return { ...parts, promise: coveragePromise(parts.limits), answer, without };
}
