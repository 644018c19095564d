import type { Figure } from "./Figure.js";
import { errorBar, figureLayout, formulaMarkup, markColours, referenceLine } from "./theme.js";

/** Shares of right answers of several rules, each with its interval. */
export interface RuleAgainstConstant {
  readonly id: string;
  /** What a share is a share of, for title and axis: "Recipes whose phase is named rightly". */
  readonly title?: string;
  /** `low` and `high` bound the 95 % interval of `share`; `n` cases are behind it. All shares lie in [0, 1]. */
  readonly bars: readonly { readonly name: string; readonly share: number; readonly low: number; readonly high: number; readonly n: number }[];
  /** What answering the same every time achieves, and its words: "always CsPbBr3". */
  readonly referenceShare: { readonly share: number; readonly label: string };
}

/**
 * One row per rule: a point at its share, a bar over its interval; a dashed line at the share of a constant answer.
 *
 * @throws RangeError if a share leaves [0, 1] or an interval does not hold its share
 */
export function plotRuleAgainstConstant({ id, title = "Recipes whose product is named rightly", bars, referenceShare }: RuleAgainstConstant): Figure {
  for (const { name, share, low, high } of bars) {
    if (!(0 <= low && low <= share && share <= high && high <= 1)) throw new RangeError(`plotRuleAgainstConstant: ${name} must have 0 <= low <= share <= high <= 1; got ${low}, ${share}, ${high}`);
  }
  const shares = bars.map(({ share }) => share);
  const interval = errorBar(shares, bars.map(({ low }) => low), bars.map(({ high }) => high), markColours.measured);
  return {
    id,
    alt: `${title}: ${bars.map(({ name, share, low, high, n }) => `${name} ${percent(share)} (95 % interval ${percent(low)} to ${percent(high)}, n = ${n})`).join("; ")}. The dashed line, ${referenceShare.label}, stands at ${percent(referenceShare.share)}.`,
    data: [
      {
        type: "scatter",
        mode: "markers+text",
        x: shares,
        y: bars.map(({ name, n }) => `${formulaMarkup(name)}<br>n = ${n}`),
        error_x: interval,
        marker: { color: markColours.measured, size: 11 },
        text: bars.map(({ share }) => percent(share)),
        textposition: "top center",
        showlegend: false,
      },
    ],
    layout: figureLayout({
      title,
      xaxis: { type: "linear", title: "Right answers with 95 % interval (share)", range: [0, 1.02], tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1] },
      yaxis: { type: "category", title: "Rule", range: [bars.length - 0.5, -0.5] },
      ...referenceLine({ axis: "x", at: referenceShare.share, label: `${formulaMarkup(referenceShare.label)}: ${percent(referenceShare.share)}`, anchor: referenceShare.share > 0.8 ? "right" : referenceShare.share < 0.2 ? "left" : "center" }),
    }),
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
