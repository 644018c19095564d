import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { logTicks } from "./logTicks.js";
import { figureLayout, formulaMarkup, phaseColour, phaseColours, referenceLine } from "./theme.js";

/** How many experiments gave each phase, by Cs:Pb ratio, beside what the nearest-stoichiometry rule would say. */
export interface RatioHistogram {
  readonly id: string;
  /** Ascending bin edges, mol Cs per mol Pb, one more than bins. */
  readonly binEdges: readonly number[];
  /** Experiments per bin, for each phase that was made. */
  readonly counts: Readonly<Record<string, readonly number[]>>;
  /** Ratios at which the rule changes its mind, ascending, and what it predicts below, between and above them. */
  readonly rulePhaseBoundaries: { readonly ratios: readonly number[]; readonly predictions: readonly string[] };
}

/**
 * Histogram of Cs:Pb ratios: stacked bars of counts on a logarithmic axis, in phase colours, the rule's borders as
 * dashed lines.
 *
 * @throws RangeError if edges do not ascend from above 0, or counts or predictions do not fit
 */
export function plotRatioHistogram({
  id,
  binEdges,
  counts,
  rulePhaseBoundaries: { ratios, predictions },
}: RatioHistogram): Figure {
  const bins = binEdges.length - 1;
  if (bins < 1 || !(binEdges[0] > 0) || binEdges.some((edge, i) => i > 0 && !(edge > binEdges[i - 1]))) {
    throw new RangeError(`plotRatioHistogram: binEdges must ascend from above 0; got [${binEdges.join(", ")}]`);
  }
  const wrong = Object.entries(counts).find(([, perBin]) => perBin.length !== bins);
  if (wrong !== undefined)
    throw new RangeError(
      `plotRatioHistogram: every phase needs ${bins} counts, one per bin; ${wrong[0]} has ${wrong[1].length}`,
    );
  if (predictions.length !== ratios.length + 1)
    throw new RangeError(
      `plotRatioHistogram: ${ratios.length} boundaries need ${ratios.length + 1} predictions; ` +
        `got ${predictions.length}`,
    );

  const phases = Object.keys(phaseColours).filter((phase) => phase in counts);
  Object.keys(counts).forEach(phaseColour);
  const total = phases.reduce((sum, phase) => sum + counts[phase].reduce((a, b) => a + b, 0), 0);
  const data = phases.map((phase) => ({
    type: "bar",
    name: formulaMarkup(phase),
    // Plotly adds half a width to either side before it takes logarithms.
    x: binEdges.slice(1).map((edge, i) => (edge + binEdges[i]) / 2),
    y: counts[phase],
    width: binEdges.slice(1).map((edge, i) => edge - binEdges[i]),
    marker: { color: phaseColour(phase), line: { color: "#ffffff", width: 1 } },
  }));
  const ends = [binEdges[0], ...ratios, binEdges[bins]].map(Math.log10);
  const boundaries = ratios.map((at) => referenceLine({ axis: "x", at, label: short(at), log: true }));
  const regions = predictions.map((prediction, i) => ({
    text: `${i === 0 ? "rule: " : ""}${formulaMarkup(prediction)}`,
    xref: "x",
    x: (ends[i] + ends[i + 1]) / 2,
    yref: "paper",
    y: 1,
    yanchor: "bottom",
    showarrow: false,
    font: { color: phaseColour(prediction) },
  }));
  const ticks = logTicks(binEdges[0], binEdges[bins]);
  const each = phases.map((phase) => `${phase} ${summary(counts[phase], binEdges)}`);
  const changes = `${ratios.map(short).join(" and ")} mol/mol`;
  return {
    id,
    alt: alternativeText(
      `Stacked histogram of ${total} experiments by Cs:Pb ratio on a logarithmic axis, per product: ` +
        `${each.join("; ")}.`,
      "Dashed lines mark where the nearest-stoichiometry rule changes its prediction " +
        `(${predictions.join(", ")}): ${changes}.`,
    ),
    data,
    layout: figureLayout(
      {
        title: `Product by Cs:Pb ratio, ${total} experiments`,
        barmode: "stack",
        bargap: 0,
        xaxis: {
          type: "log",
          title: "Cs:Pb ratio in the recipe (mol/mol)",
          range: [Math.log10(binEdges[0]), Math.log10(binEdges[bins])],
          tickvals: ticks,
          ticktext: ticks.map(String),
        },
        yaxis: { type: "linear", title: "Experiments (count)", rangemode: "tozero" },
        shapes: boundaries.flatMap(({ shapes }) => shapes),
        annotations: [...boundaries.flatMap(({ annotations }) => annotations), ...regions],
      },
      { legend: phases },
    ),
  };
}

/** "1,234 between 0.1 and 2.5": where a phase was made at all. */
function summary(perBin: readonly number[], binEdges: readonly number[]): string {
  const total = perBin.reduce((a, b) => a + b, 0);
  if (total === 0) return "never";
  const first = perBin.findIndex((count) => count > 0);
  const last = perBin.findLastIndex((count) => count > 0);
  return `${total} between ${short(binEdges[first])} and ${short(binEdges[last + 1])} mol/mol`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}
