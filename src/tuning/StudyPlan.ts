import type { PrunerSettings } from "./pruners/Pruner.js";
import type { SamplerSettings } from "./samplers/Sampler.js";
import type { StudyOptions } from "./Study.js";

/** What a study is; its objective is told beside it. */
export interface StudyPlan extends Omit<StudyOptions, "sampler" | "pruner"> {
  /** Default "study". */
  readonly name?: string;
  /** Default tpeSampler().settings. */
  readonly sampler?: SamplerSettings;
  /** Default: none is stopped. */
  readonly pruner?: PrunerSettings;
}
