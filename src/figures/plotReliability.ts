import type { Estimate } from "../core/statistics/Estimate.js";
import type { Interval } from "../core/statistics/Interval.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { band, errorBar, figureLayout, formulaMarkup, seriesStyles, titleWithLine } from "./theme.js";

/** Reliability diagram: how often the answer is right among answers of one confidence. */
export interface Reliability {
  readonly id: string;
  readonly title: string;
  /** Beneath the title, in smaller letters. */
  readonly line?: string;
  readonly curves: readonly { readonly name: string; readonly points: readonly ReliabilityPoint[] }[];
}

/**
 * A bin: mean confidence, share that is right with its 95 % interval, and where
 * that share would lie were the confidence right.
 */
export interface ReliabilityPoint {
  readonly confidence: number;
  readonly share: Estimate;
  readonly consistency?: Interval;
}

/**
 * Reliability diagram: share right over confidence, one line per model with intervals. The band is where a calibrated
 * model would lie (of the last curve); the diagonal is perfect calibration, below it lies overconfidence.
 *
 * @throws RangeError if there is no curve or more than styles, a confidence or share
 *   leaves [0, 1], or a share is outside its interval
 */
export function plotReliability({ id, title, line, curves }: Reliability): Figure {
  if (curves.length === 0 || curves.length > seriesStyles.length)
    throw new RangeError(`plotReliability: 1 to ${seriesStyles.length} curves can be told apart; got ${curves.length}`);
  for (const { name, points } of curves) {
    const bad = points.find(
      ({ confidence, share: { value, interval } }) =>
        !(0 <= confidence && confidence <= 1) ||
        !(0 <= interval.low && interval.low <= value && value <= interval.high && interval.high <= 1),
    );
    if (bad !== undefined || points.length === 0)
      throw new RangeError(
        `plotReliability: ${name} needs points with 0 <= low <= share <= high <= 1 and a confidence in [0, 1]; ` +
          `got ${bad === undefined ? "none" : JSON.stringify(bad)}`,
      );
  }
  const least = Math.max(
    0,
    Math.min(
      ...curves.flatMap(({ points }) => points.flatMap(({ confidence, share }) => [confidence, share.interval.low])),
    ) - 0.03,
  );
  const { points: last } = curves[curves.length - 1];
  const withBand = last.filter(({ consistency }) => consistency !== undefined);
  const each = curves.map(({ name, points }) => {
    const shares = points.map(({ confidence, share }) => `${share.value.toFixed(2)} at ${confidence.toFixed(2)}`);
    return `${name}: ${shares.join(", ")}`;
  });
  return {
    id,
    alt: alternativeText(
      `${title}: share of right answers against confidence, with 95 % intervals; the diagonal is perfect calibration.`,
      `${each.join("; ")}.`,
    ),
    data: [
      ...(withBand.length > 1
        ? [
            band(
              withBand.map(({ confidence }) => confidence),
              withBand.map(({ consistency }) => consistency!.low),
              withBand.map(({ consistency }) => consistency!.high),
              "#52606d",
            ),
          ]
        : []),
      {
        type: "scatter",
        mode: "lines",
        name: "perfectly calibrated",
        x: [least, 1],
        y: [least, 1],
        line: { color: "#1f2933", width: 1.5, dash: "6px,4px" },
        hoverinfo: "skip",
      },
      ...curves.map(({ name, points }, i) => {
        const { colour, symbol } = seriesStyles[i];
        const shares = points.map(({ share }) => share.value);
        return {
          type: "scatter",
          mode: "lines+markers",
          name: formulaMarkup(name),
          x: points.map(({ confidence }) => confidence),
          y: shares,
          error_y: errorBar(
            shares,
            points.map(({ share }) => share.interval.low),
            points.map(({ share }) => share.interval.high),
            colour,
          ),
          line: { color: colour, width: 2 },
          marker: { color: colour, symbol, size: 8 },
          cliponaxis: false,
        };
      }),
    ],
    layout: figureLayout(
      {
        title: line === undefined ? formulaMarkup(title) : titleWithLine(title, line),
        xaxis: {
          type: "linear",
          title: "Confidence: probability of the likeliest phase (share)",
          range: [least, 1.01],
        },
        yaxis: { type: "linear", title: "Right among them (share)", range: [least, 1.01] },
      },
      { legend: ["perfectly calibrated", ...curves.map(({ name }) => name)] },
    ),
  };
}
