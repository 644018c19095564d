import type { ServedModel } from "./ServedModel.js";

/** The versions that a server answers with, and what becomes of them. */
export interface Versions {
  readonly champion: ServedModel;
  /** What is tried beside it; null where there is none. */
  readonly challenger: ServedModel | null;
  /** Hash of the entry of the history that put the challenger there: who is put there again is tried anew. */
  readonly since?: string;
  /** Takes the challenger back. Done again after a restart where it was not brought to its end. */
  readonly rollBack: (decided: DecidedRollout) => Promise<void>;
  /** Makes the challenger the champion of later servers. */
  readonly promote: (decided: DecidedRollout) => Promise<void>;
}

/** A decision with what it rests on. */
export interface DecidedRollout {
  readonly challenger: string;
  readonly why: string;
  /** Hash of the numbers that decided, as the log of requests has them. */
  readonly evidence: string;
}

/** A model that is served alone. */
export function championOnly(champion: ServedModel): Versions {
  const nothing = (): Promise<void> => Promise.resolve();
  return { champion, challenger: null, rollBack: nothing, promote: nothing };
}
