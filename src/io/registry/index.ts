/*
 * The registry of models: versions that never change, and a history of which of them answered when. Where its
 * functions differ from what was first agreed upon:
 * - `answer` is asked by registerVersion, promoteVersion and rollBack, as io knows no predictor (commands/registry
 *   gives it: answerProbes);
 * - `before` may be given to promoteVersion and rollBack: the version that who decided saw under the alias, so that a
 *   decision about one version never moves another that came meanwhile;
 * - `version` of an entry is null where a challenger is withdrawn: rolling it back puts nobody in its place, as an
 *   earlier challenger, long refused, would else get requests again;
 * - who becomes champion is no longer the challenger, so the two aliases never name the same version;
 * - lineage is `Lineage` (version.ts), with kind and limits.
 *
 * The rules of what may stand where are pure (standing.ts). They live here and not in deployment, which io may not
 * import: the reading of a history holds every entry to them.
 */

export type { Answerer } from "./Answerer.js";
export type { Reasons } from "./appendEntry.js";
export { type Moving, promoteVersion, rollBack } from "./moveAlias.js";
export { ownRegistry, readRegistry, type Registry } from "./readRegistry.js";
export { type RegisteredVersion, type Registering, registerVersion } from "./registerVersion.js";
export { type Alias, aliasNames, type RegistryEntry } from "./RegistryEntry.js";
export { type RegistryCheck, verifyRegistry } from "./verifyRegistry.js";
export { type Lineage, readVersion, versionPlace, type VersionPlace, type VersionRecord } from "./version.js";
