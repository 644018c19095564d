import { percent } from "../core/percent.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { errorBar, figureLayout, formulaMarkup, markColours, referenceLine } from "./theme.js";

/**
 * What the cases of a row are to the predictor: it was fitted to them, it has not
 * seen them, or they are what it must reproduce.
 */
export type CaseKind = "training" | "held out" | "acceptance";

/** Shares of right answers of several rules, each with its interval. */
export interface RuleAgainstConstant {
  readonly id: string;
  /** What a share is a share of, for title and axis: "Recipes whose phase is named rightly". */
  readonly title?: string;
  /** What a row is (default "Rule"). */
  readonly yTitle?: string;
  /** `low` and `high` bound the 95 % interval of `share`; `n` cases are behind it. All shares lie in [0, 1]. */
  readonly bars: readonly (ShareWithInterval & {
    readonly name: string;
    readonly n: number;
    /** Rows of one kind have one marker, named in the legend. */
    readonly kind?: CaseKind;
    /** What answering the same every time achieves on the cases of this row. */
    readonly constant?: ShareWithInterval;
  })[];
  /** The constant answer of the rows, in words. */
  readonly constantName?: string;
  /**
   * A share that all rows are compared with, and its words: what answering
   * the same every time achieves, "always CsPbBr3".
   */
  readonly referenceShare?: { readonly share: number; readonly label: string };
}

export interface ShareWithInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Hollow where the rule was fitted to its own cases, which shows little. */
const symbols: Readonly<Record<CaseKind, string>> = {
  training: "circle-open",
  "held out": "circle",
  acceptance: "diamond",
};

/**
 * Figure of rules beside a constant answer: one row per rule, a point at its share, a bar over its interval. A dashed
 * line stands at the share of a constant answer, or, where that differs between rows, a thick pale bar with a tick
 * behind each.
 *
 * @throws RangeError if a share leaves [0, 1], an interval does not hold its share, two rows
 *   look alike, or there is nothing to compare with
 */
export function plotRuleAgainstConstant({
  id,
  title = "Recipes whose product is named rightly",
  yTitle = "Rule",
  bars,
  constantName = "always CsPbBr3",
  referenceShare,
}: RuleAgainstConstant): Figure {
  for (const { name, constant, ...own } of bars) {
    checkShare(name, own);
    if (constant !== undefined) checkShare(`the constant answer of ${name}`, constant);
  }
  const row = ({ name, n }: { readonly name: string; readonly n: number }): string =>
    `${formulaMarkup(name)}<br>n = ${n}`;
  const twice = bars.find((bar, i) => bars.findIndex((other) => row(other) === row(bar)) !== i);
  if (twice !== undefined)
    throw new RangeError(`plotRuleAgainstConstant: every row needs a name of its own; got "${twice.name}" twice`);
  const withConstant = bars.flatMap((bar) => (bar.constant === undefined ? [] : [{ ...bar.constant, row: row(bar) }]));
  if (referenceShare === undefined && withConstant.length === 0)
    throw new RangeError(
      "plotRuleAgainstConstant: the shares need something to be compared with; " +
        "got neither referenceShare nor a constant; give one of them",
    );

  const kinds = [...new Set(bars.map(({ kind }) => kind))];
  const legend = [
    ...kinds.flatMap((kind) => kind ?? []),
    ...(withConstant.length > 0 ? [formulaMarkup(constantName)] : []),
  ];
  // Plotly's own text is placed best, but has nothing behind it: enough where no bar or tick stands at the numbers.
  const plain = legend.length === 0;
  const points = kinds.map((kind) => {
    const own = bars.filter((bar) => bar.kind === kind);
    const shares = own.map(({ share }) => share);
    return {
      type: "scatter",
      mode: plain ? "markers+text" : "markers",
      x: shares,
      y: own.map(row),
      error_x: errorBar(
        shares,
        own.map(({ low }) => low),
        own.map(({ high }) => high),
        markColours.measured,
      ),
      marker: {
        color: markColours.measured,
        size: 11,
        ...(kind === undefined ? {} : { symbol: symbols[kind], line: { color: markColours.measured, width: 2 } }),
      },
      ...(plain ? { text: shares.map(shown), textposition: "top center" } : { cliponaxis: false }),
      ...(kind === undefined ? { showlegend: false } : { name: kind }),
    };
  });
  const reference =
    referenceShare === undefined
      ? { shapes: [], annotations: [] }
      : referenceLine({
          axis: "x",
          at: referenceShare.share,
          label: `${formulaMarkup(referenceShare.label)}: ${shown(referenceShare.share)}`,
          anchor: referenceShare.share > 0.8 ? "right" : referenceShare.share < 0.2 ? "left" : "center",
        });
  const numbers = ({ share, constant }: RuleAgainstConstant["bars"][number], index: number): object[] => [
    numberBeside(share, index, { above: true, colour: "#1f2933" }),
    ...(constant === undefined ? [] : [numberBeside(constant.share, index, { above: false, colour: "#52606d" })]),
  ];
  const each = bars.map(({ name, n, kind, constant, ...own }) => {
    const role = kind === undefined ? "" : ` (${kind})`;
    const beside = constant === undefined ? "" : `, ${constantName} ${inWords(constant)})`;
    return `${name}${role} ${inWords(own)}, n = ${n})${beside}`;
  });
  return {
    id,
    alt: alternativeText(
      `${title}: ${each.join("; ")}.`,
      referenceShare === undefined
        ? null
        : `The dashed line, ${referenceShare.label}, stands at ${shown(referenceShare.share)}.`,
    ),
    data: [...(withConstant.length > 0 ? constantTraces(withConstant, formulaMarkup(constantName)) : []), ...points],
    layout: figureLayout(
      {
        title: formulaMarkup(title),
        xaxis: {
          type: "linear",
          title: "Right answers with 95 % interval (share)",
          range: [0, 1.02],
          tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1],
        },
        yaxis: {
          type: "category",
          title: yTitle,
          ...(plain ? {} : { categoryorder: "array", categoryarray: bars.map(row) }),
          range: [bars.length - 0.5, -0.5],
        },
        shapes: reference.shapes,
        annotations: [...reference.annotations, ...(plain ? [] : bars.flatMap(numbers))],
      },
      { legend, plotWidth: 500 },
    ),
  };
}

function checkShare(name: string, { share, low, high }: ShareWithInterval): void {
  if (!(0 <= low && low <= share && share <= high && high <= 1))
    throw new RangeError(
      `plotRuleAgainstConstant: ${name} must have 0 <= low <= share <= high <= 1; got ${low}, ${share}, ${high}`,
    );
}

/** A pale bar over each interval, a tick at each share. */
function constantTraces(rows: readonly (ShareWithInterval & { readonly row: string })[], name: string): object[] {
  return [
    {
      type: "scatter",
      mode: "lines",
      name,
      x: rows.flatMap(({ low, high }) => [low, high, null]),
      y: rows.flatMap(({ row }) => [row, row, null]),
      line: { color: "#cbd2d9", width: 14 },
      hoverinfo: "skip",
    },
    {
      type: "scatter",
      mode: "markers",
      x: rows.map(({ share }) => share),
      y: rows.map(({ row }) => row),
      marker: { symbol: "line-ns", size: 14, line: { color: "#52606d", width: 3 } },
      cliponaxis: false,
      showlegend: false,
    },
  ];
}

/** The number of a share beside its row, white behind so that the reference line does not strike it through. */
function numberBeside(
  share: number,
  row: number,
  { above, colour }: { readonly above: boolean; readonly colour: string },
): object {
  const xanchor = share < 0.05 ? "left" : share > 0.97 ? "right" : "center";
  return {
    text: shown(share),
    xref: "x",
    x: share,
    xanchor,
    yref: "y",
    y: row,
    yanchor: above ? "bottom" : "top",
    yshift: above ? 8 : -9,
    showarrow: false,
    font: { color: colour },
    bgcolor: "#ffffff",
    borderpad: 0,
  };
}

/** Ends within its parenthesis. */
function inWords({ share, low, high }: ShareWithInterval): string {
  return `${shown(share)} (95 % interval ${shown(low)} to ${shown(high)}`;
}

function shown(share: number): string {
  return percent(share, { decimals: 1 });
}
