import type { PrunerSettings } from "./pruners/Pruner.js";
import type { SamplerSettings } from "./samplers/Sampler.js";
import type { StudyOptions } from "./Study.js";

/** What a study is; its objective is told beside it. */
export interface StudyPlan extends Omit<StudyOptions, "space" | "directions" | "sampler" | "pruner"> {
  /** Default "study". */
  readonly name?: string;
  /** Default: what the module of the objective exports, or each trial says as it goes what it varies. */
  readonly space?: StudyOptions["space"];
  /** One per objective (default: what its module exports, or minimize). */
  readonly directions?: StudyOptions["directions"];
  /** Default tpeSampler().settings. */
  readonly sampler?: SamplerSettings;
  /** Default: none is stopped. */
  readonly pruner?: PrunerSettings;
}
