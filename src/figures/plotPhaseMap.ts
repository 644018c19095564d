import { percent } from "../core/percent.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { logTicks } from "./logTicks.js";
import { labelPlaces, regionBorders } from "./phaseRegions.js";
import { figureLayout, formulaMarkup, phaseColour, phaseColours, phaseMarks, tint, titleWithLine } from "./theme.js";

/** The most likely product over two ratios, with published recipes on top. */
export interface PhaseMap {
  readonly id: string;
  readonly title?: string;
  /** What is held fixed, one line: "hot injection, 160 °C, 10 s". */
  readonly condition: string;
  /** Ratios with their unit, and ascending values above 0: the centres of columns and rows on a logarithmic axis. */
  readonly x: PhaseMapAxis;
  readonly y: PhaseMapAxis;
  /** Most likely class of each cell, a row for each value of y. */
  readonly phases: readonly (readonly string[])[];
  /** Its probability, in the same shape; left out where the twin gives none. */
  readonly probability?: readonly (readonly number[])[];
  /** Published recipes within the map; `label` says which. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly phase: string;
    readonly label: string;
  }[];
}

export interface PhaseMapAxis {
  readonly title: string;
  readonly values: readonly number[];
}

/**
 * Strength of a cell's colour at the least and at the greatest probability; paler
 * than the markers, which have the full colour.
 */
const strength = { least: 0.1, greatest: 0.6 };
/** With five classes the most likely one has at least this. */
const leastProbability = 0.2;
/** Size of the plot area, px: what labels are fitted to. */
const nameSize = 14;
const markerSize = 12;
const plotArea = { width: 545, height: 255 };

/**
 * Map of phases: cells in the colour of their most likely class, paler where it is less likely. A line runs around
 * each region with its name inside; published recipes are markers, one symbol and colour per class.
 *
 * @throws RangeError if values do not ascend from above 0, shapes differ, a class is unknown, a probability
 *   leaves [0, 1] or a point lies outside the map
 */
export function plotPhaseMap({
  id,
  condition,
  x,
  y,
  phases,
  probability,
  points,
  title = "Most likely product",
}: PhaseMap): Figure {
  const [xEdges, yEdges] = [edges(x), edges(y)];
  checkShape("phases", phases, x, y);
  phases.flat().forEach(phaseColour);
  if (probability !== undefined) {
    checkShape("probability", probability, x, y);
    const bad = probability.flat().find((value) => !(value >= 0 && value <= 1));
    if (bad !== undefined) throw new RangeError(`plotPhaseMap: every probability must lie in [0, 1]; got ${bad}`);
  }
  const cellOf = (point: { readonly x: number; readonly y: number; readonly label: string }): string => {
    const [column, row] = [indexIn(xEdges, point.x), indexIn(yEdges, point.y)];
    if (column < 0 || row < 0)
      throw new RangeError(
        `plotPhaseMap: points must lie within the map, ${short(xEdges[0])} to ${short(xEdges[xEdges.length - 1])} ` +
          `by ${short(yEdges[0])} to ${short(yEdges[yEdges.length - 1])}; ` +
          `got ${point.x}, ${point.y} (${point.label}); widen the map or leave the point out and say so`,
      );
    return phases[row][column];
  };
  const drawn = points.map((point) => ({ ...point, region: cellOf(point) }));
  drawn.forEach(({ phase }) => phaseColour(phase));

  const shown = Object.keys(phaseColours).filter(
    (phase) => phases.some((row) => row.includes(phase)) || points.some((point) => point.phase === phase),
  );
  const mapped = shown.filter((phase) => phases.some((row) => row.includes(phase)));
  const ownProbability = probability === undefined ? "" : ", probability %{z:.2f}";
  const cells = mapped.map((phase) => ({
    type: "heatmap",
    name: formulaMarkup(phase),
    x: xEdges,
    y: yEdges,
    z: phases.map((row, i) =>
      row.map((own, k) => (own !== phase ? null : probability === undefined ? 1 : probability[i][k])),
    ),
    zmin: leastProbability,
    zmax: 1,
    colorscale: tints(phaseColour(phase)),
    showscale: false,
    hovertemplate: `${formulaMarkup(phase)}${ownProbability}<br>%{x:.3g}, %{y:.3g}<extra></extra>`,
  }));
  const markers = shown.map((phase) => {
    const own = drawn.filter((point) => point.phase === phase);
    return {
      type: "scatter",
      mode: "markers",
      name: formulaMarkup(phase),
      // A single gap keeps a class in the legend of which no recipe was published.
      x: own.length > 0 ? own.map((point) => point.x) : [null],
      y: own.length > 0 ? own.map((point) => point.y) : [null],
      text: own.map(({ label }) => label),
      hovertemplate: `%{text}<br>made ${formulaMarkup(phase)}<extra></extra>`,
      marker: {
        symbol: phaseMarks[phase].symbol,
        color: phaseColour(phase),
        size: markerSize,
        line: { color: "#ffffff", width: 1.5 },
      },
    };
  });
  const ticks = {
    x: logTicks(xEdges[0], xEdges[xEdges.length - 1]),
    y: logTicks(yEdges[0], yEdges[yEdges.length - 1]),
  };
  const axisInWords = ({ title: name, values }: PhaseMapAxis): string =>
    `${name} from ${short(values[0])} to ${short(values[values.length - 1])}`;
  const regions = shares(phases).map(({ phase, share }) => `${phase} ${percent(share, { decimals: 0 })} of the map`);
  return {
    id,
    alt: alternativeText(
      `${title}: a map over ${axisInWords(x)} and ${axisInWords(y)}, logarithmic axes; ${condition}.`,
      `Largest regions: ${regions.join(", ")}.`,
      published(shown, drawn),
    ),
    data: [
      ...cells,
      borders(phases, xEdges, yEdges),
      ...(probability === undefined ? [] : [probabilityScale]),
      ...markers,
    ],
    layout: figureLayout(
      {
        title: titleWithLine(title, points.length === 0 ? condition : `${condition}; symbols: published`),
        xaxis: {
          type: "log",
          title: x.title,
          range: [Math.log10(xEdges[0]), Math.log10(xEdges[xEdges.length - 1])],
          tickvals: ticks.x,
          ticktext: ticks.x.map(String),
          showgrid: false,
        },
        yaxis: {
          type: "log",
          title: y.title,
          range: [Math.log10(yEdges[0]), Math.log10(yEdges[yEdges.length - 1])],
          tickvals: ticks.y,
          ticktext: ticks.y.map(String),
          showgrid: false,
        },
        annotations: names(phases, xEdges, yEdges, points),
      },
      { legend: shown, plotWidth: plotArea.width, entryWidth: 126, labelRoom: 10 },
    ),
  };
}

/** Edges half-way between values on a logarithmic axis, and as far beyond the first and last. */
function edges({ title, values }: PhaseMapAxis): number[] {
  if (values.length < 2 || !(values[0] > 0) || values.some((value, i) => i > 0 && !(value > values[i - 1]))) {
    throw new RangeError(
      `plotPhaseMap: ${title} needs two values or more that ascend from above 0; got [${values.join(", ")}]`,
    );
  }
  const last = values.length - 1;
  const between = values.slice(1).map((value, i) => Math.sqrt(value * values[i]));
  return [values[0] ** 2 / between[0], ...between, values[last] ** 2 / between[last - 1]];
}

function checkShape(name: string, rows: readonly (readonly unknown[])[], x: PhaseMapAxis, y: PhaseMapAxis): void {
  const wrong = rows.find((row) => row.length !== x.values.length);
  if (rows.length !== y.values.length || wrong !== undefined) {
    throw new RangeError(
      `plotPhaseMap: ${name} needs ${y.values.length} rows of ${x.values.length}, one for each y and x; ` +
        `got ${rows.length} rows${wrong === undefined ? "" : `, one of ${wrong.length}`}`,
    );
  }
}

/** Index of the cell that holds a value; -1 outside. */
function indexIn(cellEdges: readonly number[], value: number): number {
  const above = cellEdges.findIndex((edge) => value < edge);
  return value === cellEdges[cellEdges.length - 1] ? cellEdges.length - 2 : above - 1;
}

function tints(colour: string): [number, string][] {
  return [
    [0, tint(colour, strength.least)],
    [1, tint(colour, strength.greatest)],
  ];
}

/** Nothing but the bar that says what paler means, in grey since it holds for every colour. */
const probabilityScale = {
  type: "scatter",
  mode: "markers",
  x: [null],
  y: [null],
  showlegend: false,
  hoverinfo: "skip",
  marker: {
    color: [leastProbability],
    cmin: leastProbability,
    cmax: 1,
    colorscale: tints("#000000"),
    showscale: true,
    colorbar: {
      title: { text: "Probability of that product (share)", side: "right", font: { size: 14 } },
      thickness: 14,
      tickvals: [0.2, 0.4, 0.6, 0.8, 1],
      tickfont: { size: 14 },
      outlinewidth: 0,
    },
  },
};

function borders(phases: PhaseMap["phases"], xEdges: readonly number[], yEdges: readonly number[]): object {
  const runs = regionBorders(phases);
  return {
    type: "scatter",
    mode: "lines",
    showlegend: false,
    hoverinfo: "skip",
    x: runs.flatMap(({ along, at, from, to }) =>
      along === "x" ? [xEdges[from], xEdges[to], null] : [xEdges[at], xEdges[at], null],
    ),
    y: runs.flatMap(({ along, at, from, to }) =>
      along === "x" ? [yEdges[at], yEdges[at], null] : [yEdges[from], yEdges[to], null],
    ),
    line: { color: "#1f2933", width: 1.2 },
  };
}

/**
 * The name of each region, in its largest part where it has room; a region
 * too small for that is told by colour and legend.
 */
function names(
  phases: PhaseMap["phases"],
  xEdges: readonly number[],
  yEdges: readonly number[],
  points: PhaseMap["points"],
): object[] {
  const scale = (cellEdges: readonly number[], pixels: number) => {
    const [from, to] = [Math.log(cellEdges[0]), Math.log(cellEdges[cellEdges.length - 1])];
    return {
      toPixel: (value: number) => ((Math.log(value) - from) / (to - from)) * pixels,
      toExponent: (pixel: number) => (from + (pixel / pixels) * (to - from)) / Math.LN10,
    };
  };
  const [across, up] = [scale(xEdges, plotArea.width), scale(yEdges, plotArea.height)];
  const places = labelPlaces(
    { phases, xEdges: xEdges.map(across.toPixel), yEdges: yEdges.map(up.toPixel) },
    {
      halfSize,
      obstacles: points.map((point) => {
        const [right, top] = [across.toPixel(point.x), up.toPixel(point.y)];
        return {
          left: right - markerSize / 2,
          right: right + markerSize / 2,
          bottom: top - markerSize / 2,
          top: top + markerSize / 2,
        };
      }),
      leastFit: 0.2,
    },
  );
  return places.map(({ phase, x, y }) => ({
    text: lines(phase).map(formulaMarkup).join("<br>"),
    // Annotations of a log axis stand at exponents.
    xref: "x",
    x: across.toExponent(x),
    yref: "y",
    y: up.toExponent(y),
    showarrow: false,
    font: { size: nameSize },
    // Plotly rounds the place of a box by its width: one that is given does not depend on how a browser measures text.
    width: Math.ceil(2 * halfSize(phase).x),
    bgcolor: "rgba(255,255,255,0.8)",
    borderpad: 1,
  }));
}

/** Half of what a name takes, px. */
function halfSize(phase: string): { x: number; y: number } {
  const width = (line: string): number =>
    [...line].reduce(
      (sum, character) => sum + (/\d/.test(character) ? 0.45 : /[A-Z]/.test(character) ? 0.66 : 0.55) * nameSize,
      0,
    );
  return { x: Math.max(...lines(phase).map(width)) / 2, y: 0.7 * nameSize * lines(phase).length };
}

/** "no target" over "product"; formulae in one line. */
function lines(phase: string): string[] {
  const lastSpace = phase.lastIndexOf(" ");
  return lastSpace < 0 ? [phase] : [phase.slice(0, lastSpace), phase.slice(lastSpace + 1)];
}

/** Share of the cells of each class, largest first. */
function shares(phases: PhaseMap["phases"]): { phase: string; share: number }[] {
  const all = phases.flat();
  return [...new Set(all)]
    .map((phase) => ({ phase, share: all.filter((own) => own === phase).length / all.length }))
    .sort((a, b) => b.share - a.share);
}

/** How many published recipes there are of each class, and how many of them stand in a region of their own class. */
function published(
  shown: readonly string[],
  drawn: readonly { readonly phase: string; readonly region: string }[],
): string {
  if (drawn.length === 0) return "No published recipe lies in this map.";
  const parts = shown.flatMap((phase) => {
    const own = drawn.filter((point) => point.phase === phase);
    return own.length === 0
      ? []
      : [`${own.length} ${phase} (${own.filter(({ region }) => region === phase).length} in its own region)`];
  });
  return `Published recipes on top: ${parts.join(", ")}.`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}
