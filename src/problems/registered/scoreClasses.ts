import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { sharesElsewhere } from "../phase/sharesElsewhere.js";
import { estimateOver, meanOver, shareOver } from "../platelets/overRecipes.js";

/** Probabilities of classes, and a set of them, beside the class that came. */
export interface ClassRows {
  /** Names of the classes. */
  readonly classes: readonly string[];
  /** By row; null of one that is none of the classes, which no answer can name. */
  readonly truth: readonly (number | null)[];
  /** Row-major [rows, classes]. */
  readonly probabilities: Float64Array;
  /** Codes of the classes in each set. */
  readonly sets: readonly (readonly number[])[];
  readonly groups: readonly string[];
}

/** How classes were told. */
export interface ClassScore {
  readonly rows: number;
  /** Rows by class, and of none of them. */
  readonly counts: Readonly<Record<string, number>>;
  /** Share of rows whose likeliest class came. */
  readonly accuracy: EstimateOrReason;
  /** nats, over rows that are one of the classes. */
  readonly logLoss: EstimateOrReason;
  /** Share of sets that hold the class that came; an empty one holds none. */
  readonly coverage: EstimateOrReason;
  readonly meanSetSize: number;
  readonly emptySets: number;
  /** Mean probability of the likeliest class less accuracy: above 0 is overconfident, near 0 is calibrated. */
  readonly overconfidence: EstimateOrReason;
  /** Of the constant answer, which knows the outcomes of all other groups (sharesElsewhere). */
  readonly constant: { readonly accuracy: number; readonly logLoss: number };
  /** Log loss of the constant answer less this one: above 0 is better. */
  readonly gain: EstimateOrReason;
}

/**
 * Scores answers of classes, with intervals over whole groups: phases, crystallisation scores.
 *
 * @param options.unit  what a group is
 */
export function scoreClasses(
  { classes, truth, probabilities, sets, groups }: ClassRows,
  random: Random,
  { unit }: { readonly unit: string },
): ClassScore {
  const all = [...truth.keys()];
  const known = all.filter((row) => truth[row] !== null);
  const width = classes.length;
  const likeliest = argmax(probabilities, width);
  const right = all.map((row) => Number(likeliest[row] === truth[row]));
  const confidence = all.map((row) => probabilities[row * width + likeliest[row]]);
  const labels = known.map((row) => truth[row]!);
  const own = known.map((row) => groups[row]);
  const constant = sharesElsewhere(labels, groupCodes(own).codes, width);
  const lossOf = (share: number): number => -Math.log(Math.max(share, 1e-15));
  const losses = known.map((row, i) => lossOf(probabilities[row * width + labels[i]]));
  const constantLosses = labels.map((label, i) => lossOf(constant[i * width + label]));
  const constantLikeliest = argmax(constant, width);
  const meanOf = (
    values: readonly number[],
    by: readonly string[],
    name: string,
    kind: "mean" | "share",
  ): EstimateOrReason => estimateOver(by, (rows) => meanOver(values, rows), random.fork(name), { unit, kind });
  return {
    rows: all.length,
    counts: {
      ...Object.fromEntries(classes.map((name, code) => [name, labels.filter((label) => label === code).length])),
      "none of these": all.length - known.length,
    },
    accuracy: meanOf(right, groups, "accuracy", "share"),
    logLoss: meanOf(losses, own, "log loss", "mean"),
    coverage: shareOver(
      groups,
      all.map((row) => Number(truth[row] !== null && sets[row].includes(truth[row]))),
      random.fork("coverage"),
      { unit },
    ),
    meanSetSize: meanOver(
      sets.map((set) => set.length),
      all,
    ),
    emptySets: sets.filter((set) => set.length === 0).length,
    overconfidence: meanOf(
      all.map((row) => confidence[row] - right[row]),
      groups,
      "overconfidence",
      "mean",
    ),
    constant: {
      // What is none of the classes, no constant names either.
      accuracy: labels.filter((label, i) => constantLikeliest[i] === label).length / all.length,
      logLoss: meanOver(constantLosses, known.keys()),
    },
    gain: meanOf(
      losses.map((loss, i) => constantLosses[i] - loss),
      own,
      "gain",
      "mean",
    ),
  };
}
