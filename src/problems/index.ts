/*
 * What is predicted from which rows, shared by notebooks and verbs so that both mean the same. A seed goes in; table,
 * split, encoder, features and labels of the problem come out. The phase is one; sizes of published recipes, one's own
 * laboratory and platelets have folders beside it, and so has what was registered before its outcomes came.
 */

export { trainingExperiments, type TrainingExperiments } from "./phase/phaseExperiments.js";
export { fitOwnLaboratory, type FitOwnOptions, type OwnFit } from "./ownLaboratory/fitOwnLaboratory.js";
export type { OwnLaboratory, OwnQuantity } from "./ownLaboratory/OwnLaboratory.js";
export { ownModelOf } from "./ownLaboratory/ownModelOf.js";
export { loadOwnLaboratory, saveOwnLaboratory } from "./ownLaboratory/storedLaboratory.js";
export {
  validateNew,
  type FollowedPromise,
  type NewValidation,
  type ValidatedRegister,
  type ValidateOptions,
} from "./registered/validateNew.js";
export { validationMeasurements } from "./registered/validationMeasurements.js";
