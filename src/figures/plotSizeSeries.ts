import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { band, figureLayout, formulaMarkup, seriesStyles, titleWithLine } from "./theme.js";

/** Published sizes against one condition, each series with the line that was fitted to it. */
export interface SizeSeriesPlot {
  readonly id: string;
  readonly title?: string;
  /** Condition with its unit: "Injection temperature (°C)". */
  readonly xTitle: string;
  readonly series: readonly {
    readonly name: string;
    readonly doi: string;
    /** `size` and its standard deviation `sd` in nm; null where none was published. */
    readonly points: readonly { readonly x: number; readonly size: number; readonly sd: number | null }[];
    /**
     * Points of the fitted line, size in nm; left out where nothing was fitted. Where every one has
     * `low` and `high`, a band is drawn between them.
     */
    readonly fit?: readonly {
      readonly x: number;
      readonly size: number;
      readonly low?: number;
      readonly high?: number;
    }[];
    /** Points of a second, dotted line, size in nm: the law of one laboratory beside that of all. */
    readonly own?: readonly { readonly x: number; readonly size: number }[];
  }[];
  /**
   * What the lines and their bands are, for a line beneath the title: "line and band:
   * twin, ± standard deviation between laboratories".
   */
  readonly fitName?: string;
  /** What the dotted lines are, for the legend. */
  readonly ownName?: string;
}

/** Of the lines over bands, by series. */
const dashes: readonly string[] = ["solid", "9px,4px", "2px,3px", "9px,3px,2px,3px", "18px,5px", "5px,2px"];

const ownDash = "2px,4px";

/**
 * Figure of sizes on a logarithmic axis against a condition: markers with standard deviations, one fitted line per
 * series. A line lies over its band if it has one, and beside a dotted one if one laboratory has its own.
 *
 * @throws RangeError if there are more series than styles, a size is not above 0, or
 *   a band is not whole or does not hold its line
 */
export function plotSizeSeries({
  id,
  title = "Edge length of CsPbBr3 crystals",
  xTitle,
  series,
  fitName,
  ownName = "one laboratory",
}: SizeSeriesPlot): Figure {
  if (series.length > seriesStyles.length)
    throw new RangeError(
      `plotSizeSeries: at most ${seriesStyles.length} series can be told apart; got ${series.length}; draw two figures`,
    );
  const bands = series.flatMap(({ name, fit = [] }, index) => {
    const bounds = boundsOf(name, fit);
    return bounds === null
      ? []
      : [{ ...bounds, name, colour: seriesStyles[index].colour, places: fit.map(({ x }) => x) }];
  });
  const data = series.flatMap(({ name, points, fit = [] }, index): object[] => {
    const { colour, symbol } = seriesStyles[index];
    const banded = bands.some((one) => one.name === name);
    const bad = points.find(({ size }) => !(size > 0));
    if (bad !== undefined)
      throw new RangeError(`plotSizeSeries: sizes of ${name} must be above 0 nm; got ${bad.size} at ${bad.x}`);
    const markers = {
      type: "scatter",
      mode: "markers",
      name: formulaMarkup(name),
      legendgroup: name,
      x: points.map(({ x }) => x),
      y: points.map(({ size }) => size),
      ...(points.some(({ sd }) => sd !== null)
        ? { error_y: { type: "data", array: points.map(({ sd }) => sd ?? 0), color: colour, thickness: 1.5, width: 4 } }
        : {}),
      marker: { color: colour, symbol, size: 9 },
    };
    const line = {
      type: "scatter",
      mode: "lines",
      name: `${name}, fit`,
      legendgroup: name,
      showlegend: false,
      x: fit.map(({ x }) => x),
      y: fit.map(({ size }) => size),
      line: { color: colour, width: 2, ...(banded ? { dash: dashes[index] } : {}) },
      hoverinfo: "skip",
    };
    if (fit.length === 0) return [markers];
    // A prediction need not run through its points, so its legend shows which line belongs to which marker.
    return banded
      ? [
          line,
          { ...markers, showlegend: false },
          {
            type: "scatter",
            mode: "lines+markers",
            name: markers.name,
            legendgroup: name,
            x: [null],
            y: [null],
            line: line.line,
            marker: markers.marker,
          },
        ]
      : [line, markers];
  });
  const dotted = series.flatMap(({ name, own = [] }, index) =>
    own.length === 0
      ? []
      : [
          {
            type: "scatter",
            mode: "lines",
            name: `${name}, ${ownName}`,
            legendgroup: name,
            showlegend: false,
            x: own.map(({ x }) => x),
            y: own.map(({ size }) => size),
            line: { color: seriesStyles[index].colour, width: 2, dash: ownDash },
            hoverinfo: "skip",
          },
        ],
  );
  // One entry for all of them, in no series' colour.
  const ownLegend =
    dotted.length === 0
      ? []
      : [
          {
            type: "scatter",
            mode: "lines",
            name: ownName,
            x: [null],
            y: [null],
            line: { color: "#52606d", width: 2, dash: ownDash },
          },
        ];
  const sizes = [
    ...series.flatMap(({ points }) =>
      points.flatMap(({ size, sd }) => [size - (sd ?? 0) > 0 ? size - (sd ?? 0) : size, size + (sd ?? 0)]),
    ),
    ...bands.flatMap(({ lows, highs }) => [...lows, ...highs]),
    ...dotted.flatMap(({ y }) => y),
  ];
  const [low, high] = [Math.min(...sizes) / 1.15, Math.max(...sizes) * 1.15];
  const ticks = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 1000].filter((tick) => tick >= low && tick <= high);
  const each = series.map(({ name, doi, points }) => {
    const places = extent(points.map(({ x }) => x));
    const measured = extent(points.map(({ size }) => size));
    return `${name} (doi:${doi}), ${points.length} points from ${places}, sizes from ${measured} nm`;
  });
  return {
    id,
    alt: alternativeText(
      `${title} (nm, logarithmic axis) against ${xTitle}: ${each.join("; ")}.`,
      fitName === undefined ? null : `${fitName}.`,
      dotted.length === 0 ? null : `Dotted: ${ownName}.`,
    ),
    data: [
      ...bands.map(({ name, colour, places, lows, highs }) => ({
        ...band(places, lows, highs, colour),
        legendgroup: name,
      })),
      ...dotted,
      ...data,
      ...ownLegend,
    ],
    layout: figureLayout(
      {
        title: fitName === undefined ? formulaMarkup(title) : titleWithLine(title, fitName),
        xaxis: { type: "linear", title: xTitle },
        yaxis: {
          type: "log",
          title: "Size (nm)",
          range: [Math.log10(low), Math.log10(high)],
          tickvals: ticks,
          ticktext: ticks.map(String),
        },
      },
      { legend: [...series.map(({ name }) => name), ...ownLegend.map(({ name }) => name)] },
    ),
  };
}

/** The bounds of a fitted line; null if it has none. */
function boundsOf(
  name: string,
  fit: NonNullable<SizeSeriesPlot["series"][number]["fit"]>,
): { lows: number[]; highs: number[] } | null {
  if (fit.every(({ low, high }) => low === undefined && high === undefined)) return null;
  const bad = fit.find(
    ({ size, low, high }) =>
      !(low !== undefined && high !== undefined && 0 < low && low <= size && size <= high && high < Infinity),
  );
  if (bad !== undefined)
    throw new RangeError(
      `plotSizeSeries: every point of ${name}'s line, or none, must have 0 < low <= size <= high nm; ` +
        `got ${bad.low}, ${bad.size}, ${bad.high} at ${bad.x}`,
    );
  return { lows: fit.map(({ low }) => low!), highs: fit.map(({ high }) => high!) };
}

function extent(values: readonly number[]): string {
  return `${Math.min(...values)} to ${Math.max(...values)}`;
}
