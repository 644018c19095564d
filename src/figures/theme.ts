/** Size of every figure, CSS pixels. */
export const figureWidth = 720;
export const figureHeight = 450;

/** DejaVu Sans is what renderSvg measures; Verdana is drawn as wide, so labels fit where DejaVu is missing. */
export const figureFont = "DejaVu Sans, Verdana, sans-serif";

export const ink = "#1f2933";
const quiet = "#52606d";
const grid = "#e4e7eb";

/**
 * One colour per outcome class in all figures: Okabe and Ito's green, blue and vermilion, with a darker purple and
 * grey. These are darker since each must have a contrast of 3 : 1 on white and stay apart from the others for
 * colour-blind readers. CsPbBr3 is the one that glows green.
 *
 * @see Okabe and Ito 2008, "Color Universal Design"
 */
export const phaseColours: Readonly<Record<string, string>> = {
  CsPbBr3: "#009e73",
  Cs4PbBr6: "#0072b2",
  CsPb2Br5: "#d55e00",
  coexistence: "#9b2d7e",
  "no target product": "#343a40",
};

/**
 * One marker and one kind of line per outcome class, so that classes stay apart without colour. CsPbBr3 grows as cubes.
 */
export const phaseMarks: Readonly<Record<string, { readonly symbol: string; readonly dash: string }>> = {
  CsPbBr3: { symbol: "square", dash: "solid" },
  Cs4PbBr6: { symbol: "diamond", dash: "9px,4px" },
  CsPb2Br5: { symbol: "triangle-up", dash: "2px,3px" },
  coexistence: { symbol: "star", dash: "9px,3px,2px,3px" },
  "no target product": { symbol: "x", dash: "18px,5px" },
};

/**
 * Colour and marker of the k-th of several series that are not phases, in no
 * colour of a phase: told apart by shape as well.
 */
export const seriesStyles: readonly { readonly colour: string; readonly symbol: string }[] = [
  { colour: "#332277", symbol: "circle" },
  { colour: "#bb8833", symbol: "square" },
  { colour: "#dd5577", symbol: "diamond" },
  { colour: "#8888dd", symbol: "triangle-up" },
  { colour: "#771100", symbol: "x" },
  { colour: "#441133", symbol: "star" },
];

/** Colours of single bars and points: measured, and not yet shown. */
export const markColours: { readonly measured: string; readonly unknown: string } = {
  measured: seriesStyles[0].colour,
  unknown: "#9aa5b1",
};

/** The colour of a class. @throws RangeError if it is none of the five */
export function phaseColour(phase: string): string {
  if (!Object.hasOwn(phaseColours, phase))
    throw new RangeError(
      `phaseColour: the phase must be one of ${Object.keys(phaseColours).join(", ")}; got "${phase}"`,
    );
  return phaseColours[phase];
}

/** The colour on white paper at the given strength, 0 to 1, opaque: for areas that carry marks of the full colour. */
export function tint(colour: string, strength: number): string {
  return `#${channels(colour)
    .map((value) =>
      Math.round(255 + (value - 255) * strength)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** The colour with an opacity, 0 to 1: for bands that may overlap. */
export function translucent(colour: string, opacity: number): string {
  return `rgba(${channels(colour).join(",")},${opacity})`;
}

/** Red, green and blue of "#rrggbb", 0 to 255. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

/** A formula with its subscripts in Plotly's markup; other words as they are. */
export function formulaMarkup(text: string): string {
  return text.replace(/(?<=[A-Z][a-z]?)\d+(?=[A-Z\s,;:)]|$)/g, "<sub>$&</sub>");
}

/** A title with a smaller line beneath it. */
export function titleWithLine(title: string, line: string): string {
  return `${formulaMarkup(title)}<br><span style="font-size:15px">${formulaMarkup(line)}</span>`;
}

type Layout = Readonly<Record<string, unknown>>;

/**
 * The layout that all figures share, with the given keys laid over it. Axes
 * (`xaxis`, `yaxis`, `xaxis2`, ...) get the shared line, grid, tick and title style under their own.
 *
 * From the top: title, then legend rows, then 28 px for labels of reference lines, then the plot.
 *
 * @param layout  Plotly layout; `title` of the figure and of each axis are their texts
 * A `height` among the keys makes a taller figure.
 *
 * @param options.legend     names in the legend, for which room is left; none by default
 * @param options.plotWidth  px, width of the plot area, where wide labels or a colour bar leave it less than usual
 * @param options.entryWidth px, width of each name in the legend, for columns
 *                           that do not depend on how a browser measures text
 * @param options.labelRoom  px between legend and plot (default 28)
 */
export function figureLayout(
  { title, ...layout }: Layout & { readonly title: string; readonly height?: number },
  {
    legend = [],
    plotWidth = figureWidth - 94,
    entryWidth,
    labelRoom = 28,
  }: {
    readonly legend?: readonly string[];
    readonly plotWidth?: number;
    readonly entryWidth?: number;
    readonly labelRoom?: number;
  } = {},
): Layout {
  const axes = Object.entries(layout)
    .filter(([name]) => /^[xy]axis\d*$/.test(name))
    .map(([name, axis]) => [name, styledAxis(axis as Layout)] as const);
  const titleRows = title.split("<br>").length;
  const { height = figureHeight } = layout;
  const legendTop = 18 + 25 * titleRows;
  return {
    width: figureWidth,
    height,
    // Half of it is still readable, for a figure is often shown at half its width.
    font: { family: figureFont, size: 16, color: ink },
    margin: { l: 70, r: 24, t: legendTop + 26 * legendRows(legend, plotWidth) + labelRoom, b: 64 },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    showlegend: legend.length > 0,
    legend: {
      orientation: "h",
      xref: "container",
      x: 0.01,
      xanchor: "left",
      yref: "container",
      y: 1 - legendTop / height,
      yanchor: "top",
      font: { size: 14 },
      traceorder: "normal",
      ...(entryWidth === undefined ? {} : { entrywidth: entryWidth }),
    },
    ...layout,
    // Plotly lets a title of several lines grow both ways from its y.
    title: {
      text: title,
      x: 0.014,
      xanchor: "left",
      y: 1 - (12 + 12.5 * (titleRows - 1)) / height,
      yanchor: "top",
      font: { size: 19 },
    },
    ...Object.fromEntries(axes),
  };
}

/**
 * Rows that Plotly breaks a horizontal legend into: side by side if all
 * fit, else in columns as wide as the widest name.
 */
function legendRows(names: readonly string[], room: number): number {
  // 7.5 px a character is a little more than the font's average at 14 px; 45 px hold the marker and its gap.
  const widths = names.map((name) => 45 + 7.5 * name.replace(/<[^>]*>/g, "").length);
  // A legend may be as wide as the plot area, no wider.
  if (widths.reduce((sum, width) => sum + width, 0) <= room) return Math.min(1, names.length);
  return Math.ceil(names.length / Math.max(1, Math.floor(room / Math.max(...widths))));
}

function styledAxis({ title, ...axis }: Layout): Layout {
  const style = {
    showline: true,
    linecolor: quiet,
    gridcolor: grid,
    zeroline: false,
    ticks: "outside",
    tickcolor: quiet,
    tickfont: { size: 15 },
    automargin: true,
  };
  return { ...style, ...axis, title: { text: title, font: { size: 16 }, standoff: 10 } };
}

/** Shapes and annotations of one or more reference lines, to be spread into a layout. */
export interface ReferenceLines {
  readonly shapes: readonly object[];
  readonly annotations: readonly object[];
}

/**
 * A dashed line across the plot at a value of one axis, with its label. The label stands above the plot for a
 * vertical line, on the line's right end, or left one, for a horizontal one.
 *
 * @param line.log     the axis is logarithmic; `at` is the value itself all the same
 * @param line.anchor  part of a vertical line's label that stands at the line (default center), or end of a
 *                     horizontal line where it stands (default right)
 */
export function referenceLine({ axis, at, label, log = false, anchor }: ReferenceLine): ReferenceLines {
  const vertical = axis === "x";
  const across = vertical
    ? { xref: "x", yref: "paper", x0: at, x1: at, y0: 0, y1: 1 }
    : { xref: "paper", yref: "y", x0: 0, x1: 1, y0: at, y1: at };
  // Plotly places shapes on a log axis by value, but annotations by logarithm.
  const place = log ? Math.log10(at) : at;
  const where = vertical
    ? { xref: "x", x: place, xanchor: anchor ?? "center", yref: "paper", y: 1 }
    : {
        xref: "paper",
        x: anchor === "left" ? 0 : 1,
        xanchor: anchor === "left" ? "left" : "right",
        yref: "y",
        y: place,
      };
  return {
    shapes: [{ type: "line", ...across, line: { color: ink, width: 1.5, dash: "dash" } }],
    annotations: [{ text: label, ...where, yanchor: "bottom", showarrow: false, font: { color: ink } }],
  };
}

export interface ReferenceLine {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly label: string;
  readonly log?: boolean;
  readonly anchor?: "left" | "center" | "right";
}

/** Error bars from each value to its own low and high end, as Plotly wants them: distances. */
export function errorBar(
  values: readonly number[],
  lows: readonly number[],
  highs: readonly number[],
  colour: string,
): object {
  return {
    type: "data",
    symmetric: false,
    array: values.map((value, i) => highs[i] - value),
    arrayminus: values.map((value, i) => value - lows[i]),
    color: colour,
    thickness: 2,
    width: 6,
  };
}

/** A pale area between two curves over the same places, to be drawn beneath a line of the colour. */
export function band(
  places: readonly number[],
  lows: readonly number[],
  highs: readonly number[],
  colour: string,
): object {
  return {
    type: "scatter",
    mode: "lines",
    x: [...places, ...[...places].reverse()],
    y: [...highs, ...[...lows].reverse()],
    fill: "toself",
    fillcolor: translucent(colour, 0.16),
    line: { width: 0, color: colour },
    showlegend: false,
    hoverinfo: "skip",
  };
}
