import type { Parameter } from "../Parameter.js";
import type { Direction, Trial } from "../Trial.js";

/** A study as it is kept and exchanged: no worker, no time. */
export interface StudyRecord {
  readonly name: string;
  readonly directions: readonly Direction[];
  /** What the parameters of its trials may be. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** By number, without gaps. */
  readonly trials: readonly Trial[];
}
