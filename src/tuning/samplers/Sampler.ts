import type { Random } from "../../core/random/Random.js";
import type { Choice, ParameterValues } from "../Parameter.js";
import type { SearchSpace, SpaceParameter } from "../SearchSpace.js";
import type { Direction, Trial } from "../Trial.js";

/** What a proposal may rest on: never on what a trial within the window found, nor on the clock. */
export interface SamplerView {
  /** Of the trial that is proposed. */
  readonly number: number;
  /** Trials before the window, all of them ended, in their order. */
  readonly ended: readonly Trial[];
  /** Trials within the window: what they try is known, what they find is not. */
  readonly running: readonly ParameterValues[];
  readonly directions: readonly Direction[];
  /** What the parameters of these trials may be, by name. */
  readonly known: Readonly<Record<string, SpaceParameter>>;
  /** Of this trial alone. */
  readonly random: Random;
  /** Of the study: the same for all its trials. */
  readonly shared: Random;
}

/** Proposes values. Equal views give equal values. */
export interface Sampler {
  /** As a study keeps them. */
  readonly settings: SamplerSettings;
  /** How many objectives it can go by (default any number). */
  readonly mostObjectives?: number;
  /**
   * Refuses a space that it cannot propose for, before a study of it begins (default: none). Where trials name
   * parameters as they go, it refuses those one by one.
   *
   * @throws InputError
   */
  check?(space: SearchSpace): void;
  /** Values of some parameters, told together before the trial starts; others are told one by one. */
  together(view: SamplerView): ParameterValues;
  /** Value of one parameter, which `known` has. */
  alone(view: SamplerView, name: string): Choice;
}

/** What makes a sampler again. */
export interface SamplerSettings {
  readonly name: string;
  readonly [option: string]: string | number | boolean;
}
