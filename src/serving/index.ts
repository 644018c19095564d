/*
 * Models over HTTP. Recipes come in and answers go out as `twin predict --json` writes them; each is in a log on the
 * disk before it is sent. A challenger gets a share of the requests, or answers in the shadow, and what becomes of it
 * follows from the log. Verbs give the models: this folder knows no file of one.
 */

export type { ProblemBody, ProblemFault } from "./Problem.js";
export type { BookCounts } from "./requestBook.js";
export {
  foldRollout,
  startRollout,
  verdictOf,
  type EndedRollout,
  type RolloutEvent,
  type RolloutPlan,
  type RolloutState,
  type RolloutVerdict,
} from "./rollout.js";
export type { RolloutOptions, RolloutReport } from "./rolloutKeeper.js";
export type { AskedRecipes, ServedAnswer, ServedModel } from "./ServedModel.js";
export type { RunningServer, ServerLimits, ServerOptions } from "./ServerOptions.js";
export { startServer } from "./startServer.js";
export { championOnly, type DecidedRollout, type Versions } from "./Versions.js";
