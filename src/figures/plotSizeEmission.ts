import { inCount } from "../core/inCount.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { band, figureLayout, referenceLine, seriesStyles, titleWithLine } from "./theme.js";

/** Wavelength of the emission peak of crystals by their edge length. */
export interface SizeEmission {
  readonly id: string;
  readonly title?: string;
  /** The twin's law: `peak` and the bounds of its stated uncertainty in nm, by ascending `size` in nm. */
  readonly curve: readonly {
    readonly size: number;
    readonly peak: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** What the bounds are: "±15 meV, below 4 nm ±60 meV". */
  readonly uncertainty?: string;
  /** Published crystals; points of one label are one series. `doi` is empty where the label says the source. */
  readonly points: readonly {
    readonly size: number;
    readonly peak: number;
    readonly label: string;
    readonly doi: string;
  }[];
  /** Peak of bulk crystals, nm. */
  readonly bulk: number;
  /** Edge length below which the law is less certain, nm. */
  readonly weakBelow?: number;
}

const lawColour = "#1f2933";

/**
 * Figure of the emission peak against edge length: the law with its band, published crystals as markers. A dashed
 * line stands at the bulk limit (its label at the left, where no crystal emits so far to the red), a grey field where
 * the law is less certain.
 *
 * @throws RangeError if the curve's sizes do not ascend from above 0, its band does not hold it, a number is not
 *   above 0, or there are more labels than styles
 */
export function plotSizeEmission({
  id,
  title = "Emission of CsPbBr3 crystals by size",
  curve,
  uncertainty = "stated uncertainty",
  points,
  bulk,
  weakBelow,
}: SizeEmission): Figure {
  const sizes = curve.map(({ size }) => size);
  if (curve.length < 2 || !(sizes[0] > 0) || sizes.some((size, i) => i > 0 && !(size > sizes[i - 1]))) {
    throw new RangeError(
      `plotSizeEmission: the curve needs two sizes or more that ascend from above 0 nm; got [${sizes.join(", ")}]`,
    );
  }
  const outside = curve.find(({ peak, low, high }) => !(0 < low && low <= peak && peak <= high && high < Infinity));
  if (outside !== undefined)
    throw new RangeError(
      "plotSizeEmission: the curve must have 0 < low <= peak <= high nm; " +
        `got ${outside.low}, ${outside.peak}, ${outside.high} at ${outside.size} nm`,
    );
  const bad = points.find(({ size, peak }) => !(size > 0 && peak > 0));
  if (bad !== undefined)
    throw new RangeError(
      `plotSizeEmission: sizes and peaks must be above 0 nm; got ${bad.size}, ${bad.peak} (${bad.label})`,
    );
  if (!(bulk > 0) || (weakBelow !== undefined && !(weakBelow > 0)))
    throw new RangeError(`plotSizeEmission: bulk and weakBelow must be above 0 nm; got ${bulk}, ${weakBelow}`);
  const labels = [...new Set(points.map(({ label }) => label))];
  if (labels.length > seriesStyles.length)
    throw new RangeError(
      `plotSizeEmission: at most ${seriesStyles.length} labels can be told apart; ` +
        `got ${labels.length}; give several papers one label, such as "published"`,
    );

  const [lows, peaks, highs] = [
    curve.map(({ low }) => low),
    curve.map(({ peak }) => peak),
    curve.map(({ high }) => high),
  ];
  const published = labels.map((label, index) => {
    const own = points.filter((point) => point.label === label);
    const { colour, symbol } = seriesStyles[index];
    return {
      type: "scatter",
      mode: "markers",
      name: label,
      x: own.map(({ size }) => size),
      y: own.map(({ peak }) => peak),
      text: own.map(({ doi }) => (doi === "" ? "" : `doi:${doi}`)),
      hovertemplate: `%{x} nm emits at %{y} nm<br>%{text}<extra>${label}</extra>`,
      marker: { color: colour, symbol, size: 10, line: { color: "#ffffff", width: 1 } },
    };
  });
  const right = 1.03 * Math.max(...sizes, ...points.map(({ size }) => size));
  const [bottom, top] = [
    Math.min(...lows, ...points.map(({ peak }) => peak)),
    Math.max(bulk, ...highs, ...points.map(({ peak }) => peak)),
  ];
  const margin = 0.1 * (top - bottom);
  const limit = referenceLine({ axis: "y", at: bulk, label: `bulk crystals: ${nm(bulk)} nm`, anchor: "left" });
  const weak = weakBelow === undefined ? { shapes: [], annotations: [] } : weakField(weakBelow, bulk);
  const atEnd = (end: number): string =>
    `${nm(peaks[end])} nm (${nm(lows[end])} to ${nm(highs[end])}) at ${sizes[end]} nm`;
  const curveInWords = `the twin's curve (${uncertainty}) from ${atEnd(0)} to ${atEnd(sizes.length - 1)}`;
  const each = published.map(({ name, x, y, text }) => {
    return `${name}${sources(text)}, ${inCount(x.length, "point")} from ${extent(x)} nm, peaks from ${extent(y)} nm`;
  });
  return {
    id,
    alt: alternativeText(
      `${title}, emission peak (nm) against edge length (nm): ${curveInWords}.`,
      `${each.join("; ")}.`,
      `Dashed line at the bulk limit, ${nm(bulk)} nm.`,
      weakBelow === undefined ? null : `Grey field below ${weakBelow} nm, where the law is less certain.`,
    ),
    data: [
      band(sizes, lows, highs, lawColour),
      {
        type: "scatter",
        mode: "lines",
        name: "twin",
        showlegend: false,
        x: sizes,
        y: peaks,
        line: { color: lawColour, width: 2 },
        hovertemplate: "twin: %{x:.1f} nm emits at %{y:.0f} nm<extra></extra>",
      },
      ...published,
    ],
    layout: figureLayout(
      {
        title: titleWithLine(title, `line and band: twin, ${uncertainty}`),
        xaxis: { type: "linear", title: "Edge length (nm)", range: [0, right] },
        yaxis: { type: "linear", title: "Emission peak (nm)", range: [bottom - margin, top + margin] },
        shapes: [...weak.shapes, ...limit.shapes],
        annotations: [...weak.annotations, ...limit.annotations],
      },
      { legend: labels },
    ),
  };
}

function weakField(below: number, bulk: number): { shapes: readonly object[]; annotations: readonly object[] } {
  return {
    shapes: [
      {
        type: "rect",
        layer: "below",
        xref: "x",
        x0: 0,
        x1: below,
        yref: "paper",
        y0: 0,
        y1: 1,
        fillcolor: "#eef1f4",
        line: { width: 0 },
      },
    ],
    // Beneath the bulk limit, where the smallest crystals never emit.
    annotations: [
      {
        text: `less certain<br>below ${below} nm`,
        align: "left",
        xref: "x",
        x: 0,
        xanchor: "left",
        yref: "y",
        y: bulk,
        yanchor: "top",
        yshift: -4,
        showarrow: false,
        font: { color: "#52606d", size: 14 },
      },
    ],
  };
}

/** " (doi:A, doi:B)"; nothing where a label says its own source. */
function sources(each: readonly string[]): string {
  const named = [...new Set(each)].filter((source) => source !== "");
  return named.length === 0 ? "" : ` (${named.join(", ")})`;
}

function extent(values: readonly number[]): string {
  return `${Math.min(...values)} to ${Math.max(...values)}`;
}

function nm(value: number): string {
  return value.toFixed(0);
}
