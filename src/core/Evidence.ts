import type { Interval } from "./statistics/Interval.js";

/** Which side of a threshold is good. */
export type Direction = "atLeast" | "atMost" | "equals";

/** One number that a claim rests on. */
export interface Measurement {
  /** Stable name: `<check or topic>.<quantity>`, e.g. "DQ6.rows". */
  readonly id: string;
  readonly meaning: string;
  /** null: not measured, and `reason` says why. */
  readonly value: number | null;
  readonly unit: string;
  readonly interval: Interval | null;
  /**
   * Rows or cases behind the value. Where they come in groups (papers, labs)
   * they are not independent: the interval resamples groups, as its method says.
   */
  readonly n: number | null;
  readonly threshold: number | null;
  readonly direction: Direction | null;
  /** The same number for the constant or majority predictor, where there is one. */
  readonly baseline: number | null;
  readonly reason: string | null;
}

/** Where numbers came from. Hashes are SHA-256 in hex. */
export interface Provenance {
  readonly seed: number | null;
  /** Inputs by path from the project root: files, and folders with one hash over all files below. */
  readonly inputs: Readonly<Record<string, string>>;
  /**
   * Source file that computed it (with all it imports), or folder, from the project root; or several of them,
   * where "notebooks/*.nb.ts" stands for all files of an ending, and "!src/scorecard" leaves out what it names.
   */
  readonly source: string | readonly string[];
  /** Hash over those sources. */
  readonly code: string;
  readonly engine: string;
  /** Whose labels the numbers rest on: real experiments, the twin's, or none at all. */
  readonly labels: "real" | "simulated" | "none";
  /** `reproduce` recomputes it on every run where its inputs are present; `assure` recorded it once, by hand. */
  readonly madeBy: "reproduce" | "assure";
}

/** A measurement with its provenance: what scorecard and takeaways read. */
export type Evidence = Measurement & Provenance;

/**
 * One file under data/evidence/, named after it: the measurements of one cell and
 * the aggregate result that its figure is drawn from.
 */
export interface EvidenceFile<Result = unknown> extends Provenance {
  readonly id: string;
  readonly measurements: readonly Measurement[];
  readonly result: Result;
}

/** The measurements of a file, each with the file's provenance. */
export function evidenceOf(file: EvidenceFile): Evidence[] {
  const { seed, inputs, source, code, engine, labels, madeBy } = file;
  return file.measurements.map((one) => ({ ...one, seed, inputs, source, code, engine, labels, madeBy }));
}

/**
 * A measurement with every field but those given set to null, so that callers name only what they know.
 *
 * @example
 * ```ts
 * import { describeMeasurement, measurement, wilsonInterval } from "cspbbr3-twin";
 *
 * const hits = measurement({
 *   id: "demo.accuracy",
 *   meaning: "share named rightly",
 *   value: 0.8,
 *   unit: "share",
 *   n: 10,
 *   interval: wilsonInterval(8, 10),
 * });
 * console.log(describeMeasurement(hits));
 * // 80 % [49 %, 94.3 %] (n = 10)
 * ```
 */
export function measurement(
  known: Partial<Measurement> & Pick<Measurement, "id" | "meaning" | "value" | "unit">,
): Measurement {
  const whole: Measurement = {
    interval: null,
    n: null,
    threshold: null,
    direction: null,
    baseline: null,
    reason: null,
    ...known,
  };
  if (whole.value === null && whole.reason === null)
    throw new RangeError(`measurement: ${known.id} has no value and must give its reason`);
  if (whole.value !== null && !Number.isFinite(whole.value))
    throw new RangeError(`measurement: ${known.id} must be finite or null; got ${whole.value}`);
  return whole;
}
