import type { PrunerSettings } from "../pruners/Pruner.js";
import type { SamplerSettings } from "../samplers/Sampler.js";
import type { SearchSpace } from "../SearchSpace.js";
import type { StudyHistory } from "../Study.js";
import type { Direction } from "../Trial.js";

/** What a study is: of equal settings trials and their outcomes are equal, wherever they are carried out. */
export interface StudySettings {
  readonly name: string;
  readonly seed: number;
  readonly window: number;
  readonly directions: readonly Direction[];
  /** Null where each trial says as it goes what it varies. */
  readonly space: SearchSpace | null;
  readonly sampler: SamplerSettings;
  readonly pruner: PrunerSettings | null;
  readonly objective: ObjectiveSettings;
  /** Null where it goes on from no other study. */
  readonly history: StudyHistory | null;
}

/** What is tuned. */
export interface ObjectiveSettings {
  readonly name: string;
  /** Plain JSON, as the objective takes it. */
  readonly options: unknown;
  /** Of the text of its module, without those that it imports; null where it is part of the program. */
  readonly sha256: string | null;
}
