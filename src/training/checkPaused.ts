import { InputError } from "../core/InputError.js";
import { shortText } from "../core/shortText.js";
import type { PausedTraining } from "./PausedTraining.js";
import type { PreparedTraining } from "./trainingTask.js";

/**
 * That a paused training is this one, and whole.
 *
 * @param marks  of this training
 * @param until  where it is to pause or end
 * @throws InputError naming what differs, or what is not as this training left it
 */
export function checkPaused(
  { marks: theirs, history, bestEpoch, bestWeights, state }: PausedTraining,
  marks: PausedTraining["marks"],
  { task, train, tune }: PreparedTraining,
  until: number,
): void {
  const refuse = (must: string, got: string, mend: string): never => {
    throw new InputError({ where: "training, from", must, got, mend });
  };
  for (const name of Object.keys({ ...marks, ...theirs })) {
    if (marks[name] !== theirs[name])
      refuse(
        `must have paused with the same ${name} as here, ${shortText(marks[name] ?? "none")}`,
        shortText(theirs[name] ?? "none"),
        "go on with the rows, network, options and seed that it began with, or train from the start",
      );
  }
  const epochs = history.length;
  if (epochs >= until)
    refuse(`must have paused before epoch ${until}, until which it is to train`, `epoch ${epochs}`, "raise until");
  const whole = (must: string, holds: boolean, got: unknown): void => {
    if (!holds) refuse(must, String(got), "take a paused training as it came from trainNetwork or readPausedTraining");
  };
  const size = task.weights.length;
  const { weights, first, second } = state;
  for (const [name, numbers] of Object.entries({ weights, first, second, bestWeights }))
    whole(`must have ${size} numbers in ${name}, one per parameter`, numbers.length === size, numbers.length);
  // A mean of squares may be infinite where weights are not.
  for (const [name, numbers] of Object.entries({ weights, bestWeights })) {
    const strange = numbers.findIndex((number) => !Number.isFinite(number));
    whole(`${name} must be finite`, strange < 0, `${numbers[strange]} at place ${strange + 1}`);
  }
  const updates = epochs * Math.ceil(train.length / task.batchSize);
  whole(`must have done ${updates} updates in ${epochs} epochs`, state.step === updates, state.step);
  whole(`its best epoch must be one of ${epochs}`, bestEpoch >= 0 && bestEpoch <= epochs, bestEpoch);
  const strange = history.findIndex(
    ({ epoch, tuneLoss }, i) => epoch !== i + 1 || (tuneLoss === null) !== (tune === null),
  );
  whole("must have one record per epoch, with a tune loss where there are tune rows", strange < 0, strange + 1);
}
