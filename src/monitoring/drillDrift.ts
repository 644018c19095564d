import { InputError } from "../core/InputError.js";
import type { Random } from "../core/random/Random.js";
import { clopperPearson } from "../core/statistics/clopperPearson.js";
import { type Estimate, estimateOf } from "../core/statistics/Estimate.js";
import type { Interval } from "../core/statistics/Interval.js";
import { studentEstimate } from "../core/statistics/studentEstimate.js";
import { makeTable, selectColumns, type Table } from "../core/Table.js";
import { detectDrift } from "./detectDrift.js";
import { type Detectable, smallestDetectable } from "./detectors/smallestDetectable.js";
import { type DriftReference, fitDriftReference } from "./fitDriftReference.js";
import { valueStream } from "./streams/StreamLaw.js";

/** How detectDrift did on windows of which it is known whether they drifted. */
export interface DriftDrills {
  /** Share of the windows with a shift in one feature in which that feature was called drifted, by itself. */
  readonly detected: Estimate & { readonly drills: number };
  /** Share of the windows without one in which any feature was called drifted. */
  readonly falseAlarms: Estimate & { readonly windows: number };
  /** The shift that would be found nine times of ten, by smallestDetectable. */
  readonly detectable: Detectable;
  /** References that were drawn; windows come one after another against each. */
  readonly references: number;
}

/** How drift detection is rehearsed. */
export interface DriftDrillOptions {
  /** Of the one feature that moves, in standard deviations of rows within a batch (default 0.2). */
  readonly shift?: number;
  /** Default 50. */
  readonly features?: number;
  /** Rows of a window, in whole batches (default 1,000). */
  readonly window?: number;
  /** Rows of a reference, in whole batches (default 10,000). */
  readonly reference?: number;
  /** Rows of a batch; 1 where rows are independent (default 1). */
  readonly batchRows?: number;
  /** Standard deviation between batches, in that of rows within one (default 0). */
  readonly betweenDeviation?: number;
  /** Windows with a shift (default 200), each in the next feature. */
  readonly drills?: number;
  /** Windows without one (default 200); the first of them are those that are shifted. */
  readonly windows?: number;
  /** Windows that meet one reference, as in use (default 25). */
  readonly windowsPerReference?: number;
  /**
   * Probability of any false alarm that detectDrift is allowed (default 0.03). At 0.05 it has 5 %, and no count of
   * windows bounds that by 5 %: at 0.03 a thousand do.
   */
  readonly alpha?: number;
  /** Two-sided, of the intervals (default 0.95). */
  readonly level?: number;
  /** Rows of one feature, in batches one after another (default normal ones); features must not know of each other. */
  readonly draw?: (random: Random, rows: number) => Float64Array;
}

/**
 * Rehearses detectDrift: windows with a shift in one of many features, and windows without. Windows of one reference
 * share its luck, so that alarms come in clusters: their interval is the wider of one over references and one over
 * windows.
 *
 * @param random  required; equal streams give equal drills
 * @throws InputError if an option is out of its range
 *
 * @example
 * ```ts
 * import { drillDrift, seededRandom } from "cspbbr3-twin";
 *
 * const few = { features: 5, window: 200, reference: 1000, drills: 20, windows: 20 };
 * const { detected, falseAlarms } = drillDrift(seededRandom(1), { ...few, shift: 0.5 });
 * console.log(detected.value, falseAlarms.value);
 * // 1 0
 * ```
 */
export function drillDrift(
  random: Random,
  {
    shift = 0.2,
    features = 50,
    window = 1000,
    reference = 10_000,
    batchRows = 1,
    betweenDeviation = 0,
    drills = 200,
    windows = 200,
    windowsPerReference = 25,
    alpha = 0.03,
    level = 0.95,
    draw = normalRows({ batchRows, betweenDeviation }),
  }: DriftDrillOptions = {},
): DriftDrills {
  for (const [name, value] of Object.entries({ features, batchRows, drills, windows, windowsPerReference }))
    check(Number.isInteger(value) && value >= 1, value, `${name} must be an integer of at least 1`);
  for (const [name, value] of Object.entries({ window, reference }))
    check(Number.isInteger(value) && value >= 1 && value % batchRows === 0, value, `${name} must be whole batches`);
  check(Number.isFinite(shift), shift, "the shift must be a finite number");
  check(alpha > 0 && alpha < 1, alpha, "alpha must lie in (0, 1)");
  const names = Array.from({ length: features }, (_, i) => `feature${i + 1}`);
  const rowsOf = (own: Random, rows: number): Table =>
    tableOf(names, rows, batchRows, (name) => draw(own.fork(name), rows));
  const groups = batchRows > 1 ? batchName : undefined;
  const [found, alarms] = [[] as boolean[], [] as boolean[]];
  const references = Math.ceil(Math.max(drills, windows) / windowsPerReference);
  for (let one = 0; one < references; one++) {
    const own = random.fork(one);
    const fitted = fitDriftReference(rowsOf(own.fork("reference"), reference), { groups });
    for (let i = 0; i < windowsPerReference; i++) {
      const seed = one * windowsPerReference + i;
      const clean = rowsOf(own.fork(i), window);
      if (seed < windows) alarms.push(detectDrift({ reference: fitted, current: clean, alpha, seed }).drifted > 0);
      if (seed < drills)
        found.push(finds(fitted, clean, names[seed % features], { shift, alpha: alpha / features, seed }));
    }
  }
  const asked = { batchRows, betweenDeviation, features, alpha };
  return {
    detected: { ...shareOf(found, { level }), drills },
    falseAlarms: { ...shareOf(alarms, { level, cluster: windowsPerReference }), windows },
    detectable: smallestDetectable({ reference, current: window }, asked),
    references,
  };
}

const batchName = "batch";

/** Columns of some features, and the batch of each row where rows come in batches. */
function tableOf(
  names: readonly string[],
  rows: number,
  batchRows: number,
  columnOf: (name: string) => Float64Array,
): Table {
  const field = { kind: "number", unit: "1", meaning: "drawn" } as const;
  const columns = Object.fromEntries(names.map((name) => [name, columnOf(name)]));
  if (batchRows > 1) columns[batchName] = Float64Array.from({ length: rows }, (_, row) => Math.floor(row / batchRows));
  return makeTable(Object.fromEntries(Object.keys(columns).map((name) => [name, field])), columns);
}

/**
 * Whether a shift of one feature is found in that feature. It alone is looked at, at the alpha that Holm leaves to the
 * smallest p of all features: never easier than beside the others, which are those of the clean window.
 */
function finds(
  reference: DriftReference,
  clean: Table,
  feature: string,
  { shift, alpha, seed }: { readonly shift: number; readonly alpha: number; readonly seed: number },
): boolean {
  const moved = (clean.columns[feature] as Float64Array).map((value) => value + shift);
  const named = reference.groups === null ? [feature] : [feature, reference.groups];
  const { schema, columns } = selectColumns(clean, named);
  const current = makeTable(schema, { ...columns, [feature]: moved });
  return detectDrift({ reference, current, alpha, seed }).drifted > 0;
}

/** Normal rows of variance 1 within a batch. */
function normalRows({
  batchRows,
  betweenDeviation,
}: Required<Pick<DriftDrillOptions, "batchRows" | "betweenDeviation">>): NonNullable<DriftDrillOptions["draw"]> {
  return (random, rows) => {
    const batchSize = batchRows === 1 ? rows : batchRows;
    const law = valueStream({ shift: 0, batchSize, batchSpread: batchRows === 1 ? 0 : betweenDeviation });
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row += batchSize) values.set(law.draw(random, false), row);
    return values;
  };
}

/** Share of what came true; where it comes in clusters, the wider of an interval over them and one over all. */
function shareOf(
  outcomes: readonly boolean[],
  { level, cluster = 1 }: { readonly level: number; readonly cluster?: number },
): Estimate {
  const hits = outcomes.filter(Boolean).length;
  const exact = clopperPearson(hits, outcomes.length, { level });
  const clusters = Math.floor(outcomes.length / cluster);
  if (cluster === 1 || clusters < 2) return { value: hits / outcomes.length, interval: exact };
  const shares = Array.from(
    { length: clusters },
    (_, i) => outcomes.slice(i * cluster, (i + 1) * cluster).filter(Boolean).length / cluster,
  );
  const over = studentEstimate(shares, { over: "references", level }).interval;
  const interval: Interval = {
    low: Math.max(0, Math.min(exact.low, over.low)),
    high: Math.max(exact.high, over.high),
    level,
    method: `wider of ${over.method} and Clopper-Pearson over windows`,
  };
  return estimateOf(hits / outcomes.length, interval);
}

function check(fits: boolean, value: number, must: string): void {
  if (fits) return;
  throw new InputError({ where: "drillDrift", must, got: String(value), mend: "leave it out for the default" });
}
