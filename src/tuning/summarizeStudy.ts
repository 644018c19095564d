import { seededRandom } from "../core/random/Random.js";
import { bestTrial } from "./bestTrial.js";
import type { StudyRecord } from "./files/StudyRecord.js";
import { type EstimatedImportance, importanceIntervals } from "./importanceIntervals.js";
import { isKept, type KeptTrial } from "./isKept.js";
import { innerOf, lastOf, type ParameterValues, spacingOf } from "./Parameter.js";
import { paretoFront } from "./paretoFront.js";
import type { Direction } from "./Trial.js";

/** How many trials ended how. */
export interface TrialCounts {
  /** Those that broke a constraint included. */
  readonly complete: number;
  readonly pruned: number;
  readonly failed: number;
  readonly running: number;
  /** Of the complete ones. */
  readonly broken: number;
}

/** A complete trial in short. */
export interface TrialResult {
  readonly number: number;
  readonly values: readonly number[];
  readonly parameters: ParameterValues;
}

/** A parameter of the best trial whose value lies at an end of its range. */
export interface AtRangeEnd {
  readonly parameter: string;
  readonly value: number;
  readonly end: "low" | "high";
  readonly bound: number;
}

/** What a study found. */
export interface StudySummary {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly trials: TrialCounts;
  /** Of one objective; null where no trial was complete and kept its constraints, or there are several objectives. */
  readonly best: TrialResult | null;
  /** Of several objectives, trials that no other dominates; of one, empty. */
  readonly front: readonly TrialResult[];
  /** Most important first, for being among the best; empty where no trial was complete. */
  readonly importances: readonly EstimatedImportance[];
  /** Of the best trial: a wider range might hold a better one. */
  readonly atRangeEnds: readonly AtRangeEnd[];
}

/**
 * What a study found: trials by how they ended, the best or the front, what mattered, and where the best lies at an end
 * of what was searched.
 *
 * @param options.seed  of the intervals of importances (default 0)
 */
export function summarizeStudy(record: StudyRecord, { seed = 0 }: { readonly seed?: number } = {}): StudySummary {
  const { name, directions, parameters, trials } = record;
  const count = (state: string): number => trials.filter(({ outcome }) => outcome?.state === state).length;
  const isOne = directions.length === 1;
  const first = isOne ? bestTrial(trials, directions) : null;
  const best = first === null ? null : resultOf(first);
  return {
    name,
    directions,
    trials: {
      complete: count("complete"),
      pruned: count("pruned"),
      failed: count("failed"),
      running: trials.filter(({ outcome }) => outcome === null).length,
      broken: count("complete") - trials.filter(isKept).length,
    },
    best,
    front: isOne ? [] : paretoFront(trials, directions).map(resultOf),
    importances: importanceIntervals(record, seededRandom(seed).fork("importances")),
    atRangeEnds: best === null ? [] : rangeEnds(best.parameters, parameters),
  };
}

function resultOf({ number, parameters, outcome }: KeptTrial): TrialResult {
  return { number, values: outcome.values, parameters };
}

/** So near to an end, as a share of the range, counts as at it. */
const near = 0.02;

function rangeEnds(values: ParameterValues, parameters: StudyRecord["parameters"]): readonly AtRangeEnd[] {
  return Object.entries(values).flatMap(([name, value]): AtRangeEnd[] => {
    const parameter = parameters[name];
    if (parameter.kind === "categorical") return [];
    const ends = [parameter.low, lastOf(parameter)];
    const [low, high, at] = [...ends, value as number].map((one) => innerOf(parameter, one));
    // Of two values each is an end.
    if (ends[1] - ends[0] < 2 * (spacingOf(parameter) ?? 0)) return [];
    const share = (at - low) / (high - low);
    const isWhole = parameter.kind === "integer";
    if (isWhole ? value === ends[0] : share <= near)
      return [{ parameter: name, value: value as number, end: "low", bound: ends[0] }];
    if (isWhole ? value === ends[1] : share >= 1 - near)
      return [{ parameter: name, value: value as number, end: "high", bound: ends[1] }];
    return [];
  });
}
