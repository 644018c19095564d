import type { Fold } from "../../core/Fold.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { selectRows, type Table } from "../../core/Table.js";
import { foldsFromAssignment } from "../../splitting/foldsFromAssignment.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import { answerPlatelets, type PlateletAnswer } from "./answerPlatelets.js";
import { type PlateletRows, plateletRows } from "./plateletRows.js";
import { type PlateletBaseline, type PlateletScores, scorePlatelets } from "./scorePlatelets.js";
import { trainPlatelets } from "./trainPlatelets.js";

/**
 * How rows are left out: recipes at random, or a fifth of the table in its own order, which is that of time; `last`
 * tells the last fifth from all before it, as a later series is told, `forward` the third and fourth likewise too.
 */
export type PlateletFolds = "recipes" | "fifths" | "forward" | "last";

/** What is judged. */
export interface PlateletJudgement {
  readonly seed: number;
  readonly folds: PlateletFolds;
  readonly twinPrior?: boolean;
}

/** Answers of models that had not seen the rows, and how good they are. */
export interface PlateletVerdict {
  readonly rows: PlateletRows;
  /** Rows that were left out and answered. */
  readonly places: Uint32Array;
  /** One per place. */
  readonly answers: readonly PlateletAnswer[];
  readonly scores: PlateletScores;
}

/**
 * Trains models of platelets without some rows, the whole choice and all limits anew, and has them answer these.
 *
 * @param table  as loadAllNanoplatelets gives it
 */
export async function judgePlatelets(
  table: Table,
  { seed, folds, twinPrior }: PlateletJudgement,
): Promise<PlateletVerdict> {
  const rows = plateletRows(table);
  const random = seededRandom(seed).fork("judge platelets");
  const found: { row: number; answer: PlateletAnswer; baseline: PlateletBaseline }[] = [];
  for (const { train, test } of foldsOf(rows, folds, random)) {
    const { model } = await trainPlatelets(selectRows(table, train), { seed, twinPrior });
    const answers = await answerPlatelets(model, plateletRows(selectRows(table, test)));
    const baseline = constantsOf(rows, train);
    test.forEach((row, i) => found.push({ row, answer: answers[i], baseline }));
  }
  found.sort((a, b) => a.row - b.row);
  const places = Uint32Array.from(found, ({ row }) => row);
  const answers = found.map(({ answer }) => answer);
  const scores = scorePlatelets(
    plateletRows(selectRows(table, places)),
    answers,
    found.map(({ baseline }) => baseline),
    random.fork("scores"),
  );
  return { rows, places, answers, scores };
}

function foldsOf({ recipes }: PlateletRows, folds: PlateletFolds, random: Random): readonly Fold[] {
  if (folds === "recipes") return groupedKFold(recipes, random.fork("folds"));
  const fifths = foldsFromAssignment(
    Uint32Array.from(recipes, (_, row) => Math.floor((5 * row) / recipes.length)),
    ["first", "second", "third", "fourth", "last"],
  );
  if (folds === "fifths") return fifths;
  const forward = fifths.map(({ name, train, test }) => ({ name, train: train.filter((row) => row < test[0]), test }));
  return forward.slice(folds === "last" ? -1 : -3);
}

function constantsOf({ peak, width, formed }: PlateletRows, train: Uint32Array): PlateletBaseline {
  const mean = (values: Float64Array): number => {
    const known = Array.from(train, (row) => values[row]).filter((value) => !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return { peak: mean(peak), width: mean(width), formed: mean(formed) };
}
