import type { Figure } from "./Figure.js";
import { figureLayout, formulaMarkup, seriesStyles } from "./theme.js";

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
    /** Points of the fitted line, size in nm; left out where nothing was fitted. */
    readonly fit?: readonly { readonly x: number; readonly size: number }[];
  }[];
}

/**
 * Size on a logarithmic axis against a condition: markers with standard deviations, one fitted line per series.
 *
 * @throws RangeError if there are more series than styles, or a size is not above 0
 */
export function plotSizeSeries({ id, title = "Edge length of CsPbBr3 crystals", xTitle, series }: SizeSeriesPlot): Figure {
  if (series.length > seriesStyles.length) throw new RangeError(`plotSizeSeries: at most ${seriesStyles.length} series can be told apart; got ${series.length}; draw two figures`);
  const data = series.flatMap(({ name, points, fit = [] }, index) => {
    const { colour, symbol } = seriesStyles[index];
    const bad = points.find(({ size }) => !(size > 0));
    if (bad !== undefined) throw new RangeError(`plotSizeSeries: sizes of ${name} must be above 0 nm; got ${bad.size} at ${bad.x}`);
    const markers = {
      type: "scatter",
      mode: "markers",
      name: formulaMarkup(name),
      legendgroup: name,
      x: points.map(({ x }) => x),
      y: points.map(({ size }) => size),
      ...(points.some(({ sd }) => sd !== null) ? { error_y: { type: "data", array: points.map(({ sd }) => sd ?? 0), color: colour, thickness: 1.5, width: 4 } } : {}),
      marker: { color: colour, symbol, size: 9 },
    };
    const line = { type: "scatter", mode: "lines", name: `${name}, fit`, legendgroup: name, showlegend: false, x: fit.map(({ x }) => x), y: fit.map(({ size }) => size), line: { color: colour, width: 2 }, hoverinfo: "skip" };
    return fit.length > 0 ? [line, markers] : [markers];
  });
  const sizes = series.flatMap(({ points }) => points.flatMap(({ size, sd }) => [size - (sd ?? 0) > 0 ? size - (sd ?? 0) : size, size + (sd ?? 0)]));
  const [low, high] = [Math.min(...sizes) / 1.15, Math.max(...sizes) * 1.15];
  const ticks = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 1000].filter((tick) => tick >= low && tick <= high);
  return {
    id,
    alt: `${title} (nm, logarithmic axis) against ${xTitle}: ${series.map(({ name, doi, points }) => `${name} (doi:${doi}), ${points.length} points from ${extent(points.map(({ x }) => x))}, sizes from ${extent(points.map(({ size }) => size))} nm`).join("; ")}.`,
    data,
    layout: figureLayout({
      title: formulaMarkup(title),
      xaxis: { type: "linear", title: xTitle },
      yaxis: { type: "log", title: "Size (nm)", range: [Math.log10(low), Math.log10(high)], tickvals: ticks, ticktext: ticks.map(String) },
    }, { legend: series.map(({ name }) => name) }),
  };
}

function extent(values: readonly number[]): string {
  return `${Math.min(...values)} to ${Math.max(...values)}`;
}
