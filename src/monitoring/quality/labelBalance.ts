import type { Estimate } from "../../core/statistics/Estimate.js";
import type { CategoryColumn } from "../../core/Table.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { wilsonInterval } from "../../core/statistics/wilsonInterval.js";

/** Rows of one class, and whether they will do to measure its recall. */
export interface ClassSupport {
  readonly name: string;
  readonly rows: number;
  /** How many of them a test part of the usual share would get. */
  readonly testRows: number;
  /** Half the width of the 95 % Wilson interval of a recall of 0.85 on so many rows; null without any. */
  readonly recallHalfWidth: number | null;
  readonly enough: boolean;
}

/** How evenly the classes of a label are filled. */
export interface LabelBalance {
  readonly label: string;
  /** In the order of the levels. */
  readonly classes: readonly ClassSupport[];
  readonly unlabelled: number;
  /**
   * Rows of the smallest class over those of the largest, with a 95 % interval that takes rows as independent and
   * knows that both were chosen; null without labelled rows, or with one class.
   */
  readonly ratio: Estimate | null;
  /** Rows that a class needs in the test part. */
  readonly neededTestRows: number;
  readonly testShare: number;
}

/**
 * With so many rows the 95 % interval of a recall of 0.85 is surely no wider than 0.10 to either side of its middle.
 */
const neededTestRows = 60;
const recall = 0.85;

/**
 * The balance of a label, and the support of each class.
 *
 * @param options.label      name of the column, for the report
 * @param options.levels     classes that there should be, with or without rows
 * @param options.testShare  share of the rows that will test (default 0.2)
 */
export function labelBalance(
  column: CategoryColumn,
  {
    label,
    levels = [],
    testShare = 0.2,
  }: { readonly label: string; readonly levels?: readonly string[]; readonly testShare?: number },
): LabelBalance {
  const rows = new Map<string, number>(levels.map((level) => [level, 0]));
  for (const code of column.codes) rows.set(column.levels[code], (rows.get(column.levels[code]) ?? 0) + 1);
  const unlabelled = rows.get("") ?? 0;
  rows.delete("");
  const classes = [...rows].map(([name, count]) => {
    const testRows = Math.floor(count * testShare + 1e-9);
    return {
      name,
      rows: count,
      testRows,
      recallHalfWidth: testRows === 0 ? null : halfWidth(testRows),
      enough: testRows >= neededTestRows,
    };
  });
  return { label, classes, unlabelled, ratio: ratioOf([...rows.values()]), neededTestRows, testShare };
}

function halfWidth(testRows: number): number {
  const { low, high } = wilsonInterval(Math.round(recall * testRows), testRows);
  return (high - low) / 2;
}

/**
 * The least ratio of any class to any other. Which two make it is luck where classes are alike, so the interval is not
 * theirs: it goes from the least low to the least high end of all pairs, whose intervals hold together (Bonferroni).
 * Of a pair it is that of the odds, from the exact interval of a class's share of both.
 */
function ratioOf(counts: readonly number[], level = 0.95): LabelBalance["ratio"] {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (counts.length < 2 || most === 0) return null;
  const pairs = counts.flatMap((one, i) => counts.slice(i + 1).map((other) => [one, other]));
  const ends = pairs.flatMap(([one, other]) => {
    // Two classes without rows tell nothing of their ratio; the ratio of either to the largest is 0 all the same.
    if (one + other === 0) return [];
    const { low, high } = clopperPearson(one, one + other, { level: 1 - (1 - level) / pairs.length });
    return [
      { low: low / (1 - low), high: high / (1 - high) },
      { low: (1 - high) / high, high: (1 - low) / low },
    ];
  });
  return {
    value: least / most,
    interval: {
      low: Math.min(...ends.map(({ low }) => low)),
      high: Math.min(1, ...ends.map(({ high }) => high)),
      level,
      method: `Clopper-Pearson, of the odds, least of all pairs of ${counts.length} classes (Bonferroni)`,
    },
  };
}
