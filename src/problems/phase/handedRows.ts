import { selectMatrixRows } from "../../core/Matrix.js";
import { sharedMatrix, type TrainingExperiments } from "./phaseExperiments.js";
import { labelsOf } from "./phaseTable.js";

/** Experiments that a search is handed, and places in them; nothing else of the experiments is there. */
export interface HandedRows {
  readonly data: Pick<TrainingExperiments, "features" | "labels">;
  readonly rows: { readonly train: Uint32Array; readonly tune: Uint32Array };
}

/** Copies the rows that a search learns from and those that choose, as they are taught: others it cannot meet. */
export function handedRows(
  experiments: Pick<TrainingExperiments, "taught" | "labels">,
  train: Uint32Array,
  choose: Uint32Array,
): HandedRows {
  return {
    data: copiedRows(experiments, Uint32Array.from([...train, ...choose])),
    rows: {
      train: Uint32Array.from(train.keys()),
      tune: Uint32Array.from(choose.keys(), (at) => train.length + at),
    },
  };
}

/** Copies of rows as they are taught, in memory that threads share. */
export function copiedRows(
  { taught, labels }: Pick<TrainingExperiments, "taught" | "labels">,
  rows: Uint32Array,
): HandedRows["data"] {
  return { features: sharedMatrix(selectMatrixRows(taught, rows)), labels: labelsOf(labels, rows) };
}
