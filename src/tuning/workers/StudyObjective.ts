import type { AskedTrial } from "../Study.js";
import type { TrialEnd } from "../Trial.js";

/** A trial of a study that is kept in a folder. */
export interface StudyTrial extends AskedTrial {
  /** What this trial kept before its process was killed; null where it begins. */
  readonly kept: Uint8Array | null;
  /**
   * Keeps how far the trial has come, together with what it reported so far: if its process is killed, it goes on from
   * there. It is dropped when the trial has ended.
   *
   * @throws InputError if it cannot be written
   */
  readonly keep: (bytes: Uint8Array) => Promise<void>;
}

/**
 * What a trial is worth: a value, one per objective, or how it ended. It must be a pure function of its trial and its
 * options: what it leaves behind in its thread is there, or not, for another trial.
 */
export type StudyObjective<Options = unknown> = (
  trial: StudyTrial,
  options: Options,
) => number | TrialEnd | Promise<number | TrialEnd>;

/** A module that exports `objective` (a StudyObjective), and maybe `space` and `directions`, carried out in threads. */
export interface ModuleObjective {
  /** Path or file URL; JavaScript. */
  readonly module: string;
  /** Default: the name of its file. */
  readonly name?: string;
  /** Plain JSON (default null). */
  readonly options?: unknown;
}

/** A function of this program, carried out in this thread: one that hangs without waiting is not ended. */
export interface OwnObjective {
  readonly name: string;
  /** Plain JSON (default null). */
  readonly options?: unknown;
  /** Of what it rests on, so that a study is not gone on with by another one (default null). */
  readonly sha256?: string | null;
  readonly objective: StudyObjective;
}
