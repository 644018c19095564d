import { rocAuc } from "../../core/metrics/rocAuc.js";
import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import type { PlateletAnswer } from "./answerPlatelets.js";
import { estimateOver, logLossOver, meanLoss, meanOver, shareOver } from "./overRecipes.js";
import type { PlateletRows } from "./plateletRows.js";
import { type Judged, type QuantityScore, scoreQuantity } from "./scoreQuantity.js";

/** What would have been said without a recipe: means and the share that formed, of the rows that were trained on. */
export interface PlateletBaseline {
  readonly peak: number;
  readonly width: number;
  readonly formed: number;
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
  rows: Pick<PlateletRows, "recipes" | "peak" | "width" | "formed">,
  answers: readonly Pick<PlateletAnswer, "peak" | "width" | "formed">[],
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
            value: truth.length === 0 ? null : rocAuc(truth, probabilities),
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
