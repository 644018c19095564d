import type { Conditions } from "./Conditions.js";

/** A published experiment that says which phase formed. */
export interface PublishedCase {
  readonly conditions: Conditions;
  /** Class code of the published phase. */
  readonly phase: number;
  readonly doi: string;
}

/** Recipes do not say how fast they were mixed: swift injection by syringe. s */
export const assumedMixing = 0.5;
