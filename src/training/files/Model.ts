import type { Network } from "../Network.js";
import type { EpochRecord } from "../EpochRecord.js";

/** How a target was standardised: value = mean + scale · output. */
export interface TargetScale {
  readonly mean: number;
  /** Above 0. */
  readonly scale: number;
}

/** Verdict of a leakage audit, as it is kept with a model. */
export interface LeakageRecord {
  readonly clean: boolean;
  /** In one line. */
  readonly verdict: string;
  /** Rows or columns by kind of leak; null where it is not known. */
  readonly counts: Readonly<Record<string, number | null>>;
}

/** How a model came about, so that it can be made again. Hashes are SHA-256 in hex; null where there was none. */
export interface TrainingManifest {
  /** As given to the training, plain JSON. */
  readonly options: unknown;
  readonly seed: number;
  /** Name of the engine that trained. */
  readonly engine: string;
  /** Of the split's manifest. */
  readonly splitSha256: string | null;
  /** Of the table that it was trained on. */
  readonly dataSha256: string | null;
  /** One per member. */
  readonly histories: readonly (readonly EpochRecord[])[];
  /** Scores by name; null where undefined. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** What an audit found to leak between the parts of the split; not there where none was made. */
  readonly leakage?: LeakageRecord;
}

/** All that is needed to predict from a recipe, in a folder of its own (saveModel). */
export interface Model {
  /** One network, or the members of an ensemble: all of one architecture. */
  readonly members: readonly Network[];
  /** One per target of the networks. */
  readonly targetScales: readonly TargetScale[];
  /** How a table becomes features: an Encoder of src/features, plain JSON. */
  readonly encoder: unknown;
  /** How far its answers may be believed, for example PhaseLimits of src/predictor: plain JSON; null for none. */
  readonly limits: unknown;
  readonly manifest: TrainingManifest;
}
