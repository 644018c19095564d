import { rocAuc } from "../../core/metrics/rocAuc.js";
import type { Random } from "../../core/random/Random.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";
import { type EstimateOrReason, estimateOf } from "../../core/statistics/Estimate.js";
import type { PlateletAnswer, PlateletQuantity } from "./answerPlatelets.js";
import { estimateOver, explained, explainedOver, logLossOver, meanLoss, meanOver } from "./overRecipes.js";
import type { PlateletRows } from "./plateletRows.js";

/** What would have been said without a recipe: means and the share that formed, of the rows that were trained on. */
export interface PlateletBaseline {
  readonly peak: number;
  readonly width: number;
  readonly formed: number;
}

/** How a quantity was told, in nm. */
export interface QuantityScore {
  readonly rows: number;
  /** 1 is perfect; 0 is as good as the mean of these very rows, which nobody knows beforehand. */
  readonly r2: EstimateOrReason;
  readonly meanAbsoluteError: EstimateOrReason;
  /** Share of rows within their limits. */
  readonly coverage: EstimateOrReason;
  /** Of the limits, from low to high. */
  readonly meanWidth: number;
  /** The same of the constant answer. */
  readonly constant: { readonly r2: number; readonly meanAbsoluteError: number };
}

/** How it was told whether a perovskite forms. */
export interface FormedScore {
  readonly rows: number;
  readonly failures: number;
  /** nats. */
  readonly logLoss: EstimateOrReason;
  /** How likely a synthesis that formed has a higher probability than one that failed. */
  readonly area: EstimateOrReason;
  /** Share of sets that hold what happened, and of those of failures alone. */
  readonly coverage: EstimateOrReason;
  readonly failuresCovered: number;
  readonly meanSetSize: number;
  /** Log loss of the constant answer; its area is 0.5. */
  readonly constant: { readonly logLoss: number };
}

/** How all that is told of platelets was told. */
export interface PlateletScores {
  readonly peak: QuantityScore;
  readonly width: QuantityScore;
  readonly formed: FormedScore;
}

/**
 * Answers beside what happened. Rows of one recipe count as one witness in all intervals.
 *
 * @param rows      with outcomes; those that are not told do not count
 * @param answers   one per row
 * @param baseline  constant answer for each row
 * @param options.places  rows that are judged (default all): repeats apart from new recipes, for example
 * @throws RangeError if there is not one answer and one constant per row
 */
export function scorePlatelets(
  rows: PlateletRows,
  answers: readonly PlateletAnswer[],
  baseline: readonly PlateletBaseline[],
  random: Random,
  { places = Uint32Array.from(answers.keys()) }: { readonly places?: Uint32Array } = {},
): PlateletScores {
  const { length } = rows.recipes;
  if (answers.length !== length || baseline.length !== length)
    throw new RangeError(
      `scorePlatelets: an answer and a constant are needed for each of ${length} rows; ` +
        `got ${answers.length} and ${baseline.length}`,
    );
  const quantity = (name: "peak" | "width"): QuantityScore => {
    const known = places.filter((row) => !Number.isNaN(rows[name][row]));
    return scoreQuantity({
      truth: Array.from(known, (row) => rows[name][row]),
      told: Array.from(known, (row) => answers[row][name]),
      constant: Array.from(known, (row) => baseline[row][name]),
      recipes: Array.from(known, (row) => rows.recipes[row]),
      random: random.fork(name),
    });
  };
  const known = places.filter((row) => !Number.isNaN(rows.formed[row]));
  return {
    peak: quantity("peak"),
    width: quantity("width"),
    formed: scoreFormed({
      truth: Array.from(known, (row) => rows.formed[row]),
      told: Array.from(known, (row) => answers[row].formed),
      constant: Array.from(known, (row) => baseline[row].formed),
      recipes: Array.from(known, (row) => rows.recipes[row]),
      random: random.fork("formed"),
    }),
  };
}

interface Judged<Told> {
  readonly truth: readonly number[];
  readonly told: readonly Told[];
  readonly constant: readonly number[];
  readonly recipes: readonly string[];
  readonly random: Random;
}

function scoreQuantity({ truth, told, constant, recipes, random }: Judged<PlateletQuantity>): QuantityScore {
  const values = told.map(({ value }) => value);
  const errors = truth.map((value, row) => Math.abs(value - values[row]));
  const constantErrors = truth.map((value, row) => Math.abs(value - constant[row]));
  const covered = told.map(({ low, high }, row) => Number(truth[row] >= low && truth[row] <= high));
  return {
    rows: truth.length,
    r2: explainedOver(recipes, { truth, told: values }, random.fork("r2")),
    meanAbsoluteError: estimateOver(recipes, (rows) => meanOver(errors, rows), random.fork("error")),
    coverage: shareOver(recipes, covered, random.fork("coverage")),
    meanWidth: meanOver(
      told.map(({ low, high }) => high - low),
      told.keys(),
    ),
    constant: {
      r2: explained(truth, constant, truth.keys()),
      meanAbsoluteError: meanOver(constantErrors, truth.keys()),
    },
  };
}

function scoreFormed({ truth, told, constant, recipes, random }: Judged<PlateletAnswer["formed"]>): FormedScore {
  const probabilities = told.map(({ probability }) => probability);
  const covered = told.map(({ set }, row) => Number(set.includes(truth[row] === 1 ? "formed" : "failed")));
  const failed = [...truth.keys()].filter((row) => truth[row] === 0);
  return {
    rows: truth.length,
    failures: failed.length,
    logLoss: logLossOver(recipes, { truth, told: probabilities }, random.fork("loss")),
    area:
      failed.length < fewestFailures
        ? {
            value: rocAuc(truth, probabilities),
            interval: null,
            reason: `at least ${fewestFailures} failures are needed; got ${failed.length}`,
          }
        : estimateOver(
            recipes,
            (rows) =>
              rocAuc(
                Array.from(rows, (row) => truth[row]),
                Array.from(rows, (row) => probabilities[row]),
              ) ?? 0.5,
            random.fork("area"),
          ),
    coverage: shareOver(recipes, covered, random.fork("coverage")),
    failuresCovered: failed.filter((row) => covered[row] === 1).length,
    meanSetSize: meanOver(
      told.map(({ set }) => set.length),
      told.keys(),
    ),
    constant: {
      logLoss: meanLoss(truth, constant),
    },
  };
}

/** With fewer, nearly every draw of recipes would have other ones, or none. */
const fewestFailures = 10;

function shareOver(recipes: readonly string[], covered: readonly number[], random: Random): EstimateOrReason {
  const value = meanOver(covered, covered.keys());
  const interval = covered.length === 0 ? null : coverageInterval(covered, { groups: recipes, random }, 0.95);
  return interval === null
    ? { value, interval, reason: "at least 2 recipes are needed" }
    : { ...estimateOf(value, interval), reason: null };
}
