import type { Direction, Trial, TrialStep } from "../Trial.js";

/** What a decision to stop may rest on: never on what a trial within the window found, nor on the clock. */
export interface PrunerView {
  /** What the trial reported so far, in the order of its steps, at least one. */
  readonly steps: readonly TrialStep[];
  /** Trials before its window, all of them ended, in their order. */
  readonly ended: readonly Trial[];
  /** Of what is reported: that of the only objective. */
  readonly direction: Direction;
}

/** What makes a pruner again. */
export interface PrunerSettings {
  readonly name: string;
  readonly [option: string]: string | number | boolean;
}

/** Says of a trial that reported a step whether it is to stop. Equal views give equal answers. */
export interface Pruner {
  /** As a study keeps them. */
  readonly settings: PrunerSettings;
  stops(view: PrunerView): boolean;
}
