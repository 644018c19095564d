import { groupedDigits } from "../core/groupedDigits.js";
import { percent } from "../core/percent.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { errorBar, figureLayout, formulaMarkup, phaseColour, referenceLine } from "./theme.js";

/** How often each class occurs among generated experiments, beside a reference. */
export interface ClassShares {
  readonly id: string;
  readonly title?: string;
  /**
   * `low` and `high` bound the 95 % interval of `share`; `reference` is what it is compared with. All lie in [0, 1].
   */
  readonly classes: readonly {
    readonly name: string;
    readonly share: number;
    readonly low: number;
    readonly high: number;
    readonly reference: number;
  }[];
  /** Experiments that the shares are shares of. */
  readonly n: number;
  /** Whose shares the reference is: "reviewed project". */
  readonly referenceName?: string;
}

const twin = { offset: -0.34, width: 0.38 };
/** Of the plot area, px, beside the longest class name. */
const plotWidth = 520;
const other = { offset: 0.12, width: 0.22 };

/**
 * Figure of class shares: per class a bar in its colour with its interval, beneath it a thin outlined bar for the
 * reference. A dashed line stands at equal shares.
 *
 * @throws RangeError if there is no class, one is unknown, a share leaves [0, 1] or its interval, or n is not a count
 */
export function plotClassShares({ id, title, classes, n, referenceName = "review" }: ClassShares): Figure {
  if (classes.length === 0) throw new RangeError("plotClassShares: at least one class is needed; got none");
  if (!(Number.isInteger(n) && n > 0)) throw new RangeError(`plotClassShares: n must be a count above 0; got ${n}`);
  for (const { name, share, low, high, reference } of classes) {
    phaseColour(name);
    if (!(0 <= low && low <= share && share <= high && high <= 1 && 0 <= reference && reference <= 1)) {
      throw new RangeError(
        `plotClassShares: ${name} must have 0 <= low <= share <= high <= 1 and a reference in [0, 1]; ` +
          `got ${low}, ${share}, ${high}, ${reference}`,
      );
    }
  }
  const heading = title ?? `Products of ${groupedDigits(n)} generated experiments`;
  const names = classes.map(({ name }) => formulaMarkup(name));
  const shares = classes.map(({ share }) => share);
  const words = classes.map(({ share }) => `${shown(share)}, n = ${groupedDigits(Math.round(share * n))}`);
  // Room for a bar's words beyond its end.
  const right = Math.max(
    ...classes.map(
      ({ high, reference }, i) => Math.max(high, reference) / (1 - (14 + 8 * words[i].length) / plotWidth),
    ),
  );
  const interval = errorBar(
    shares,
    classes.map(({ low }) => low),
    classes.map(({ high }) => high),
    "#1f2933",
  );
  const equal = 1 / classes.length;
  const legend = ["twin, 95 % interval", referenceName];
  const bar = { type: "bar", orientation: "h", y: names };
  const each = classes.map(({ name, share, low, high, reference }) => {
    const range = `95 % interval ${shown(low)} to ${shown(high)}`;
    return `${name} ${shown(share)} (${range}; ${referenceName} ${shown(reference)})`;
  });
  return {
    id,
    alt: alternativeText(
      `${heading}, share of each class: ${each.join("; ")}.`,
      `Dashed line at equal shares, ${shown(equal)}.`,
    ),
    data: [
      {
        ...bar,
        ...twin,
        name: legend[0],
        showlegend: false,
        x: shares,
        error_x: { ...interval, color: "#ffffff", thickness: 5, width: 7 },
        marker: { color: classes.map(({ name }) => phaseColour(name)) },
      },
      // The interval once more, since in ink alone it would not be seen on the darkest bars.
      {
        ...bar,
        ...twin,
        name: legend[0],
        showlegend: false,
        hoverinfo: "skip",
        x: shares,
        error_x: interval,
        marker: { color: "rgba(0,0,0,0)" },
      },
      {
        ...bar,
        ...other,
        name: legend[1],
        showlegend: false,
        x: classes.map(({ reference }) => reference),
        marker: { color: "#ffffff", line: { color: "#1f2933", width: 1.5 } },
      },
      // In the legend a bar stands for all classes, so it has the colour of none.
      { ...swatch(legend[0]), marker: { symbol: "square", size: 14, color: "#52606d" } },
      {
        ...swatch(legend[1]),
        marker: { symbol: "square", size: 12, color: "#ffffff", line: { color: "#1f2933", width: 1.5 } },
      },
    ],
    layout: figureLayout(
      {
        title: heading,
        barmode: "overlay",
        xaxis: {
          type: "linear",
          title: "Experiments (share)",
          range: [0, right],
          tickvals: (right > 0.6 ? [0, 0.2, 0.4, 0.6, 0.8, 1] : [0, 0.1, 0.2, 0.3, 0.4, 0.5]).filter(
            (tick) => tick <= right,
          ),
        },
        yaxis: { type: "category", title: "Product", range: [classes.length - 0.5, -0.5], showgrid: false },
        shapes: referenceLine({ axis: "x", at: equal, label: "" }).shapes,
        annotations: [
          ...referenceLine({ axis: "x", at: equal, label: `equal shares: ${shown(equal)}` }).annotations,
          ...classes.flatMap(({ high, reference }, row) => [
            label(words[row], high, row + twin.offset + twin.width / 2),
            label(shown(reference), reference, row + other.offset + other.width / 2),
          ]),
        ],
      },
      { legend, plotWidth },
    ),
  };
}

function swatch(name: string): object {
  return { type: "scatter", mode: "markers", name, x: [null], y: [null], hoverinfo: "skip" };
}

/** Words to the right of a bar's end, white behind so that the dashed line does not strike them through. */
function label(text: string, at: number, row: number): object {
  return {
    text,
    xref: "x",
    x: at,
    xanchor: "left",
    xshift: 6,
    yref: "y",
    y: row,
    yanchor: "middle",
    showarrow: false,
    font: { size: 14 },
    bgcolor: "#ffffff",
    borderpad: 0,
  };
}

function shown(share: number): string {
  return percent(share, { decimals: 1 });
}
