/*
 * Which rows train, tune, calibrate and test: stratified, by group, by time, in folds. Labels, groups or times go in,
 * row indices come out and no row is copied. Manifests say what a split was, and notice when it has changed.
 */

export { checkManifest, type ManifestCheck } from "./checkManifest.js";
export { forwardChaining } from "./forwardChaining.js";
export { groupedKFold } from "./groupedKFold.js";
export { groupedSplit } from "./groupedSplit.js";
export { leaveOneGroupOut } from "./leaveOneGroupOut.js";
export { nestedFolds } from "./nestedFolds.js";
export { defaultShares } from "./partShares.js";
export { repeatedStratifiedKFold } from "./repeatedStratifiedKFold.js";
export { splitAtDate, type DateCut, type DatedFold } from "./splitAtDate.js";
export { splitManifest, type SplitManifest } from "./splitManifest.js";
export { stratifiedGroupKFold } from "./stratifiedGroupKFold.js";
export { stratifiedKFold } from "./stratifiedKFold.js";
export { stratifiedSplit } from "./stratifiedSplit.js";
export { temporalSplit } from "./temporalSplit.js";
