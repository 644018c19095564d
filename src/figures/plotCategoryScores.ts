import { percent } from "../core/percent.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { figureLayout, markColours, referenceLine } from "./theme.js";

/** What each category of the scorecard has earned, and what it could still earn. */
export interface CategoryScores {
  readonly id: string;
  /**
   * `low` points are earned; up to `high` could be, were all UNKNOWN checks
   * to pass. Of 10 points each; weights sum to 1.
   */
  readonly categories: readonly {
    readonly name: string;
    readonly weight: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Points that a verdict asks of every category, with its words: "production asks for 7". */
  readonly reference?: { readonly points: number; readonly label: string };
}

/**
 * Figure of the scorecard: one row per category on 0 to 10 points, a bar for what is earned, a thin band on to what
 * is still UNKNOWN.
 *
 * @throws RangeError if not 0 <= low <= high <= 10
 */
export function plotCategoryScores({ id, categories, reference }: CategoryScores): Figure {
  for (const { name, low, high } of categories) {
    // Points add up in floating point, so ten may come a hair above ten.
    if (!(0 <= low && low <= high && high <= 10 + 1e-9))
      throw new RangeError(`plotCategoryScores: ${name} must have 0 <= low <= high <= 10 points; got ${low}, ${high}`);
  }
  const names = categories.map(({ name, weight }) => `${name}<br>weight ${percent(weight, { decimals: 0 })}`);
  const base = { type: "bar", orientation: "h", y: names };
  const each = categories.map(({ name, low, high }) => {
    const possible = high > low ? `, up to ${points(high)} possible` : "";
    return `${name} ${points(low)} earned${possible}`;
  });
  return {
    id,
    alt: alternativeText(
      `Scorecard by category, points of 10: ${each.join("; ")}.`,
      reference === undefined ? null : `Dashed line at ${points(reference.points)}: ${reference.label}.`,
    ),
    data: [
      {
        ...base,
        name: "earned",
        x: categories.map(({ low }) => low),
        width: 0.5,
        marker: { color: markColours.measured },
      },
      {
        ...base,
        name: "UNKNOWN: not yet shown",
        base: categories.map(({ low }) => low),
        x: categories.map(({ low, high }) => high - low),
        width: 0.16,
        marker: { color: markColours.unknown },
      },
    ],
    layout: figureLayout(
      {
        title: "Readiness by category",
        barmode: "overlay",
        xaxis: { type: "linear", title: "Score (points of 10)", range: [0, 10.2], tickvals: [0, 2, 4, 6, 8, 10] },
        yaxis: { type: "category", title: "Category", autorange: "reversed" },
        ...(reference === undefined ? {} : referenceLine({ axis: "x", at: reference.points, label: reference.label })),
      },
      { legend: ["earned", "UNKNOWN: not yet shown"] },
    ),
  };
}

function points(value: number): string {
  return value.toFixed(1);
}
