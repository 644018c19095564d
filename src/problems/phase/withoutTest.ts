import { makeMatrix, type Matrix } from "../../core/Matrix.js";
import { sharedMatrix, type TrainingExperiments } from "./phaseExperiments.js";

/** No phase has this code. */
const noLabel = 255;

/**
 * The same experiments with the test blanked out: its features are NaN, and its labels no phase. Who reads one of its
 * rows fails or finds NaN, so that what comes out finite has read none.
 */
export function withoutTest(data: TrainingExperiments): TrainingExperiments {
  const { split, features, whole, taught, labels } = data;
  const blank = ({ names, values, columns }: Matrix): Matrix => {
    const blanked = sharedMatrix(makeMatrix(names, values));
    for (const row of split.test) blanked.values.fill(NaN, row * columns, (row + 1) * columns);
    return blanked;
  };
  const known = Uint8Array.from(labels);
  for (const row of split.test) known[row] = noLabel;
  return {
    ...data,
    features: blank(features),
    whole: { ...whole, features: blank(whole.features) },
    taught: blank(taught),
    labels: known,
  };
}
