import type { TrainingTask } from "./TrainingEngine.js";

/** The same for trainings that can go through one program: they may differ in rows, first weights and masks alone. */
export function packKey({
  architecture,
  batchSize,
  optimizer,
  l1,
  l2,
  dropout,
  labelSmoothing,
  targetShare,
  clipNorm,
}: TrainingTask): string {
  const { features, hidden, activation, classes, targets } = architecture;
  // JSON writes Infinity as null, which no number of these is.
  return JSON.stringify([
    features.length,
    hidden,
    activation,
    classes.length,
    targets.length,
    batchSize,
    optimizer,
    l1,
    l2,
    dropout,
    labelSmoothing,
    targetShare,
    clipNorm,
  ]);
}
