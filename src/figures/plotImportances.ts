import type { Interval } from "../core/statistics/Interval.js";
import { percent } from "../core/percent.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { shortName } from "./shortName.js";
import { errorBar, figureLayout, formulaMarkup, markColours, referenceLine } from "./theme.js";

/** How much each parameter mattered. */
export interface Importances {
  readonly id: string;
  readonly title: string;
  /** From the top; shares of all together 1. */
  readonly importances: readonly {
    readonly name: string;
    readonly share: number;
    readonly interval?: Interval | null;
  }[];
  /** What the intervals are (default "95 % intervals over trials"). */
  readonly intervals?: string;
}

const rowHeight = 40;

/**
 * Figure of importances: a bar per parameter from the top, with its interval where there is one, and a dashed line
 * where all would be alike.
 *
 * @throws RangeError if there is none, or not 0 <= low <= share <= high <= 1
 */
export function plotImportances({
  id,
  title,
  importances,
  intervals = "95 % intervals over trials",
}: Importances): Figure {
  if (importances.length === 0) throw new RangeError("plotImportances: at least one parameter is needed; got none");
  const rows = importances.map(({ name, share, interval = null }) => ({
    name,
    share,
    low: interval?.low ?? share,
    high: interval?.high ?? share,
    hasInterval: interval !== null,
  }));
  const bad = rows.find(({ share, low, high }) => !(0 <= low && low <= share && share <= high && high <= 1 + 1e-9));
  if (bad !== undefined)
    throw new RangeError(
      `plotImportances: ${bad.name} must have 0 <= low <= share <= high <= 1; ` +
        `got ${bad.low}, ${bad.share}, ${bad.high}`,
    );
  const alike = 1 / rows.length;
  const most = Math.max(alike, ...rows.map(({ high }) => high));
  const shares = rows.map(({ share }) => share);
  const hasIntervals = rows.some(({ hasInterval }) => hasInterval);
  const words = (value: number): string => percent(value, { decimals: 0 });
  const each = rows.map(({ name, share, low, high, hasInterval }) =>
    hasInterval ? `${name} ${words(share)} (${words(low)} to ${words(high)})` : `${name} ${words(share)}`,
  );
  return {
    id,
    alt: alternativeText(
      `${title}: share of importance of each parameter${hasIntervals ? `, with ${intervals}` : ""}.`,
      `${each.join("; ")}.`,
      `Dashed line at ${words(alike)}: all alike.`,
    ),
    data: [
      {
        type: "bar",
        orientation: "h",
        x: shares,
        y: [...rows.keys()],
        width: 0.55,
        marker: { color: markColours.measured },
        ...(hasIntervals
          ? {
              error_x: errorBar(
                shares,
                rows.map(({ low }) => low),
                rows.map(({ high }) => high),
                "#bb8833",
              ),
            }
          : {}),
      },
    ],
    layout: figureLayout({
      title: formulaMarkup(title),
      height: Math.max(240, 150 + rowHeight * rows.length),
      showlegend: false,
      xaxis: {
        type: "linear",
        title: `Importance (share of all${hasIntervals ? `; ${intervals}` : ""})`,
        range: [0, 1.06 * most],
        nticks: 7,
      },
      yaxis: {
        type: "linear",
        title: "Parameter",
        tickvals: [...rows.keys()],
        ticktext: rows.map(({ name }) => shortName(name, 26)),
        range: [rows.length - 0.5, -0.5],
        showgrid: false,
      },
      ...referenceLine({ axis: "x", at: alike, label: "all alike", anchor: alike > 0.8 * most ? "right" : "left" }),
    }),
  };
}
