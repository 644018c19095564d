import type { Random } from "../core/random/Random.js";
import { checkPausing } from "./checkPausing.js";
import { chooseTrainingEngine } from "./engines/chooseTrainingEngine.js";
import { type NetworkPredictor, networkPredictor } from "./networkPredictor.js";
import type { TrainingData } from "./TrainingData.js";
import { type NetworkTraining, trainingCourse } from "./trainingCourse.js";
import type { HiddenLayers, TrainingOptions } from "./TrainingOptions.js";

/** A trained network, how its training went, and a predictor of it. */
export interface TrainedNetwork extends NetworkTraining {
  /** Predicts with the engine that trained; after training on tensorflow with simd. */
  readonly predictor: NetworkPredictor;
}

/**
 * Trains a multilayer perceptron by gradient descent: on class labels, on targets, or on both at once over a shared
 * trunk.
 *
 * It minimises the weighted mean cross-entropy plus targetShare times the weighted mean square error over known
 * targets, plus penalties. With tune rows the weights of the epoch with the lowest tune loss are given back. Weights,
 * order and masks come from forks of `random`: the same seed gives the same bytes, on any machine with the simd engine.
 *
 * A training that diverges is a result, not an exception: `diverged` says at which epoch, and the weights are the best
 * before it.
 *
 * With option `until` it pauses after an epoch; `paused` then says where it can go on, by option `from`: here, in
 * another thread or, through pausedTrainingBytes, in another process. What comes of it are the bytes of a training that
 * never paused.
 *
 * @throws RangeError if a row, label, target or weight is not as TrainingData says (row named)
 * @throws InputError for an option out of range, or as chooseTrainingEngine; if the engine cannot pause, or the paused
 *   training is not this one (what differs is named)
 */
export async function trainNetwork(
  data: TrainingData,
  layers: HiddenLayers,
  random: Random,
  options: TrainingOptions = {},
): Promise<TrainedNetwork> {
  const course = trainingCourse(data, layers, random, options);
  const { task, tune } = course;
  const chosen = await chooseTrainingEngine(options.engine ?? "simd", task.weights.length * task.batchSize);
  checkPausing(chosen.engine.name, options);
  const session = chosen.engine.open(task, options.from?.state);
  for (let epoch = course.next(); epoch !== null; epoch = course.next()) {
    const trained = await session.epoch(epoch.rows, epoch.rate);
    course.record(trained, tune === null ? null : await session.loss(tune), await session.weights());
  }
  const training = course.result(chosen, options.until === undefined ? undefined : session.state?.());
  return { ...training, predictor: networkPredictor(training.network, chosen.engine) };
}
