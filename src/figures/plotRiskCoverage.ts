import type { Figure } from "./Figure.js";
import { figureLayout, formulaMarkup, referenceLine, seriesStyles } from "./theme.js";

/** What answering only where sure comes to, model by model. */
export interface RiskCoveragePlot {
  readonly id: string;
  readonly title: string;
  /** Ascending coverage and the risk among as many surest rows, both shares; bounds of the risk where known. */
  readonly curves: readonly {
    readonly name: string;
    readonly points: readonly { readonly coverage: number; readonly risk: number }[];
  }[];
  /** A risk that is wanted. */
  readonly reference: { readonly at: number; readonly label: string };
}

/** One kind of line per model, since the curves lie close together. */
const dashes: readonly string[] = ["solid", "9px,4px", "2px,3px", "9px,3px,2px,3px", "18px,5px", "5px,2px"];

/**
 * Figure of risk over coverage: share of wrong answers over the share answered, the surest first; a dashed line at
 * the wanted risk.
 *
 * @throws RangeError if there is no curve or more than styles, coverage does
 *   not ascend in (0, 1], or a risk leaves [0, 1]
 */
export function plotRiskCoverage({ id, title, curves, reference }: RiskCoveragePlot): Figure {
  if (curves.length === 0 || curves.length > seriesStyles.length)
    throw new RangeError(
      `plotRiskCoverage: 1 to ${seriesStyles.length} curves can be told apart; got ${curves.length}`,
    );
  for (const { name, points } of curves) {
    const bad = points.findIndex(
      ({ coverage, risk }, i) =>
        !(coverage > (i === 0 ? 0 : points[i - 1].coverage) && coverage <= 1 && risk >= 0 && risk <= 1),
    );
    if (bad >= 0 || points.length === 0)
      throw new RangeError(
        `plotRiskCoverage: ${name} needs coverages that ascend in (0, 1] and risks in [0, 1]; ` +
          `got ${points.length === 0 ? "none" : JSON.stringify(points[bad])}`,
      );
  }
  const most = Math.max(reference.at, ...curves.flatMap(({ points }) => points.map(({ risk }) => risk)));
  return {
    id,
    alt: `${title}: wrong answers (share) against rows answered, surest first (share). ${curves
      .map(
        ({ name, points }) =>
          `${name}: ${[0.5, 0.75, 1]
            .map((wanted) => points.find(({ coverage }) => coverage >= wanted - 1e-9))
            .filter((point) => point !== undefined)
            .map(({ coverage, risk }) => `${risk.toFixed(3)} at ${coverage.toFixed(2)}`)
            .join(", ")}`,
      )
      .join("; ")}. Dashed line at ${reference.at}: ${reference.label}.`,
    data: curves.map(({ name, points }, i) => ({
      type: "scatter",
      mode: "lines",
      name: formulaMarkup(name),
      x: points.map(({ coverage }) => coverage),
      y: points.map(({ risk }) => risk),
      line: { color: seriesStyles[i].colour, width: 2.5, dash: dashes[i] },
    })),
    layout: figureLayout(
      {
        title: formulaMarkup(title),
        xaxis: { type: "linear", title: "Answered, surest first (share of rows)", range: [0, 1.01] },
        yaxis: { type: "linear", title: "Wrong among them (share)", range: [0, most * 1.1] },
        ...referenceLine({ axis: "y", at: reference.at, label: formulaMarkup(reference.label), anchor: "left" }),
      },
      { legend: curves.map(({ name }) => name) },
    ),
  };
}
