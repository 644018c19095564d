import { percent } from "../core/percent.js";
import { shortText } from "../core/shortText.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { figureHeight, figureLayout, seriesStyles, titleWithLine } from "./theme.js";

/** One feature before and now. */
export interface DriftPlot {
  readonly id: string;
  readonly feature: string;
  /** Of the feature, as it is printed; "1" or "" for none. */
  readonly unit: string;
  /** What changed, in words: beneath the title. */
  readonly line: string;
  /** Ascending edges of bins, one more than bins; null of a category. */
  readonly edges: readonly number[] | null;
  /** Names of levels; null of a number. */
  readonly levels: readonly string[] | null;
  /** Shares of rows, one per bin or level. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/**
 * Figure of a feature that drifted: the shares of rows of the reference and of now, as steps over the bins of a number
 * or as bars of the levels of a category.
 *
 * @throws RangeError if there is neither a bin nor a level, shares do not fit them, or one leaves [0, 1]
 */
export function plotDrift({ id, feature, unit, line, edges, levels, reference, current }: DriftPlot): Figure {
  const cells = edges === null ? (levels?.length ?? 0) : edges.length - 1;
  if (cells < 1 || reference.length !== cells || current.length !== cells)
    throw new RangeError(
      `plotDrift: ${feature} needs a share per bin or level; ` +
        `got ${reference.length} and ${current.length} for ${cells}`,
    );
  const wrong = [...reference, ...current].find((share) => !(share >= 0 && share <= 1 + 1e-9));
  if (wrong !== undefined) throw new RangeError(`plotDrift: shares must lie in [0, 1]; ${feature} has ${wrong}`);
  const shownUnit = unit === "" ? "1" : unit;
  const named = `${shortText(feature, 50)} (${shownUnit})`;
  const series = [
    { name: "reference", shares: reference, style: seriesStyles[0] },
    { name: "now", shares: current, style: seriesStyles[1] },
  ];
  const legend = series.map(({ name }) => name);
  const title = titleWithLine(`${shortText(feature, 50)} has drifted`, line);
  const alt = alternativeText(
    `${feature}, shares of rows in the reference and now: ${line}.`,
    edges === null
      ? `${levels!.map((level, i) => `${level} ${shown(reference[i])}, now ${shown(current[i])}`).join("; ")}.`
      : `Most rows of the reference lie at ${place(edges, reference)}, now at ${place(edges, current)} (${shownUnit}).`,
  );
  if (edges === null)
    return {
      id,
      alt,
      data: series.map(({ name, shares, style }) => ({
        type: "bar",
        orientation: "h",
        name,
        x: shares,
        y: levels!.map((level) => shortText(level, 24)),
        marker: { color: style.colour },
      })),
      layout: figureLayout(
        {
          title,
          height: Math.max(figureHeight, 200 + 34 * cells),
          barmode: "group",
          xaxis: { type: "linear", title: "Rows (share)", rangemode: "tozero" },
          yaxis: { type: "category", title: shortText(feature, 50), range: [cells - 0.5, -0.5], showgrid: false },
        },
        { legend, plotWidth: 500 },
      ),
    };
  return {
    id,
    alt,
    data: series.map(({ name, shares, style }, i) => ({
      type: "scatter",
      mode: "lines",
      name,
      // Down to the axis on either side.
      x: [edges[0], ...edges, edges[cells]],
      y: [0, ...shares, shares[cells - 1], 0],
      line: { color: style.colour, width: 2.5, shape: "hv", ...(i === 0 ? { dash: "6px,4px" } : {}) },
    })),
    layout: figureLayout(
      {
        title,
        xaxis: { type: "linear", title: named },
        yaxis: { type: "linear", title: "Rows (share)", rangemode: "tozero" },
      },
      { legend },
    ),
  };
}

function shown(share: number): string {
  return percent(share, { significant: 3 });
}

/** "150 to 160": the bin of most rows. */
function place(edges: readonly number[], shares: readonly number[]): string {
  const most = shares.indexOf(Math.max(...shares));
  return `${Number(edges[most].toPrecision(3))} to ${Number(edges[most + 1].toPrecision(3))}`;
}
