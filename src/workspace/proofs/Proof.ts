import type { EvidenceFile } from "../../core/Evidence.js";

/** A long proof, run by hand (`npm run assure`), whose evidence is committed. */
export interface Proof {
  /** As `npm run assure -- name` calls it. */
  readonly name: string;
  /** The evidence file that it records. */
  readonly id: string;
  /** What it shows, in a few words. */
  readonly about: string;
  /**
   * Runs it and records its evidence with hashes of what it rests on. What could not be run is recorded as not
   * measured, with the reason; a proof that throws records nothing, and earlier evidence stands.
   */
  readonly record: () => Promise<EvidenceFile>;
}
