/*
 * The verbs of `twin`, callable from code. Each takes the options of its command line as one object, and gives data,
 * the text for people, and whether the check passed. cli.ts lists them; each loads its work when it is called.
 */

export type { PhasePredictions } from "./predict/phasePredictions.js";
export { predictPhases } from "./predict/predictPhases.js";
export { trainPhaseModel, type PhaseTraining } from "./train/trainPhaseModel.js";
export { trainOwnLaboratory, type OwnTraining, type TrainOwnOptions } from "./train/trainOwnLaboratory.js";
export {
  alertsAcknowledgeVerb,
  alertsListVerb,
  alertsResolveVerb,
  type AlertsListOptions,
} from "./alerts/alertsVerbs.js";
export type { AnswerAlertOptions, ListedAlerts } from "./alerts/answerAlert.js";
export type { AlertSinks, RaisedAlerts } from "./alerts/keepAlerts.js";
export { calibratePhysicsVerb, type CalibratePhysicsOptions } from "./calibrate-physics/calibratePhysicsVerb.js";
export {
  dataExportVerb,
  dataFetchVerb,
  dataImportVerb,
  dataMapVerb,
  dataStatusVerb,
  dataTemplateVerb,
  type DataExport,
  type DataExportOptions,
  type DataMapOptions,
} from "./data/dataVerbs.js";
export type { WrittenTemplate } from "./data/writeTemplate.js";
export { exportTable, type ExportedTable, type ExportTableOptions } from "./data/exportTable.js";
export { mapTable, type MapTableOptions, type TableMapping } from "./data/mapTable.js";
export type { MappingReport } from "./recipeReader.js";
export { doctorVerb } from "./doctor/doctorVerb.js";
export { driftVerb } from "./drift/driftVerb.js";
export type { FileDrift, FileDriftOptions } from "./drift/fileDrift.js";
export { exportVerb } from "./export/exportVerb.js";
export { exportSaved, type ExportSavedOptions, type SavedExport } from "./export/exportSaved.js";
export { generateVerb } from "./generate/generateVerb.js";
export { notebooksRenderVerb, type NotebooksRenderOptions } from "./notebooks/notebooksRenderVerb.js";
export { notebooksRunVerb, type NotebooksRunOptions } from "./notebooks/notebooksRunVerb.js";
export { notebooksSyncVerb } from "./notebooks/notebooksSyncVerb.js";
export { notebooksVerifyVerb } from "./notebooks/notebooksVerifyVerb.js";
export { predictVerb } from "./predict/predictVerb.js";
export {
  predictionsAnchorVerb,
  predictionsCheckVerb,
  type AnchoredPredictions,
  type AnchorOptions,
} from "./predictions/predictionsVerbs.js";
export {
  checkRegistered,
  type AnsweredAgain,
  type CheckRegisteredOptions,
  type LedgerCheck,
  type RegisteredName,
} from "./predictions/checkRegistered.js";
export type { KeptRegistration, RegistrationKeeper } from "./predict/keepRegistered.js";
export { qualityVerb, type AlertedQuality, type QualityVerbOptions } from "./quality/qualityVerb.js";
export type { AddedVersion, ChangeOptions, RegistryChange } from "./registry/changeRegistry.js";
export {
  rehearseRollback,
  type RehearsedDrill,
  type RehearseOptions,
  type RollbackRehearsal,
} from "./registry/rehearseRollback.js";
export type {
  ListedVersion,
  RegistryHistory,
  RegistryList,
  RegistryOptions,
  ShownVersion,
} from "./registry/registryReports.js";
export {
  registryAddVerb,
  registryHistoryVerb,
  registryListVerb,
  registryPromoteVerb,
  registryRehearseVerb,
  registryRollbackVerb,
  registryShowVerb,
} from "./registry/registryVerbs.js";
export { scorecardVerb, type ScorecardOptions, type TieredScorecard } from "./scorecard/scorecardVerb.js";
export { serveVerb } from "./serve/serveVerb.js";
export type { Served, ServeOptions } from "./serve/serve.js";
export { validateVerb, type ValidateVerbOptions, type VerbValidation } from "./validate/validateVerb.js";
export { trainVerb } from "./train/trainVerb.js";
export type { TunedJson } from "./tune/tunedJson.js";
export type { NewStudyOptions } from "./tune/tunePlan.js";
export { tuneStudy, type TunedStudy, type TuneOptions, type TunePlace } from "./tune/tuneStudy.js";
export { tuneVerb } from "./tune/tuneVerb.js";
export type { StudyJson } from "./tune/studyJson.js";
export type { Answer, Verb, VerbGroup, VerbOption, VerbPlace } from "./Verb.js";
