import { InputError } from "../core/InputError.js";
import { pausingEngineNames, type TrainingEngineName } from "./engines/TrainingEngine.js";
import type { TrainingOptions } from "./TrainingOptions.js";

/**
 * That an engine can pause where a training is to, and go on from where it is to.
 *
 * @throws InputError if it cannot (those that can are named), or another engine paused the training
 */
export function checkPausing(engine: TrainingEngineName, { until, from }: TrainingOptions = {}): void {
  if (until === undefined && from === undefined) return;
  if (!pausingEngineNames.some((name) => name === engine))
    throw new InputError({
      where: "training, engine",
      must: `trainings pause and go on with the engines ${pausingEngineNames.join(" and ")} alone`,
      got: engine,
      mend: "choose one of them, or leave until and from out",
    });
  if (from !== undefined && from.engine !== engine)
    throw new InputError({
      where: "training, from",
      must: `must go on with the engine that it paused with, ${from.engine}`,
      got: engine,
      mend: "choose that engine, or train from the start",
    });
}
