/*
 * Remedies for rare classes, for training rows only: weights, draws, the SMOTE family, cleaning, and rows of a
 * generator that the caller brings. A training matrix with labels goes in, a larger or smaller one comes out, and for
 * each new row its parents.
 */

export { adasyn } from "./adasyn.js";
export { addGenerated, type Generated } from "./addGenerated.js";
export { borderlineSmote, type BorderlineOptions } from "./borderlineSmote.js";
export { classWeights, type ClassWeightOptions } from "./classWeights.js";
export type { Cleaned } from "./cleanedRows.js";
export { editedNearestNeighbours, type EditedOptions } from "./editedNearestNeighbours.js";
export type { NominalColumns } from "./nominalDistances.js";
export { nominalDistances } from "./nominalDistances.js";
export { oversample } from "./oversample.js";
export { noParent, rowKinds, type Origins, type Resampled, type RowKind } from "./Resampled.js";
export { smote, type SmoteOptions } from "./smote.js";
export type { Target } from "./targetCounts.js";
export { targetCounts } from "./targetCounts.js";
export { undersample } from "./undersample.js";
export { withoutTomekLinks } from "./withoutTomekLinks.js";
