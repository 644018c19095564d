import { groupedDigits } from "../core/groupedDigits.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { figureHeight, figureLayout, formulaMarkup, markColours, seriesStyles } from "./theme.js";

/** How far the data narrow down each fitted parameter within what is allowed. */
export interface Profiles {
  readonly id: string;
  readonly title?: string;
  /** What the interval is: "95 % profile interval". */
  readonly interval?: string;
  /** All numbers in `unit` ("1" for none). */
  readonly parameters: readonly ProfiledParameter[];
}

/** The allowed range, the fitted value, and the profile interval within the range. */
export interface ProfiledParameter {
  /** Row label; formulae in it are set as such. */
  readonly name: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly value: number;
  /** Both null where the profile's grid was too coarse to tell an interval. */
  readonly profileLow: number | null;
  readonly profileHigh: number | null;
  /** Whether the fit ended on a bound of the range. */
  readonly onBound: boolean;
}

const rowHeight = 27;
/** Where the numbers stand, to the right of the axis. */
const column = { xref: "paper", x: 0.76, xanchor: "left", showarrow: false };
const boundColour = seriesStyles[2].colour;

/**
 * Figure of profile intervals: one row per parameter over its allowed range. A thin line is the range (dotted where
 * the profile's grid did not resolve an interval), a thick bar between two ticks the profile interval (grey where it
 * meets an end of the range, so that the range and not the data bounds it), a marker the fitted value, with its
 * number at the right.
 *
 * @throws RangeError if there is no parameter, two have one name, one end of an interval alone is null, or not
 *   low < high, low <= profileLow <= value <= profileHigh <= high
 */
export function plotProfiles({
  id,
  title = "What the data say about each parameter",
  interval = "profile interval",
  parameters,
}: Profiles): Figure {
  if (parameters.length === 0) throw new RangeError("plotProfiles: at least one parameter is needed; got none");
  parameters.forEach(checkParameter);
  const names = parameters.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(`plotProfiles: every parameter needs a name of its own; got "${twice}" twice`);

  const rows = parameters.map((parameter) => {
    const label = formulaMarkup(parameter.name);
    const place = (value: number): number =>
      Math.min(1, Math.max(0, (value - parameter.low) / (parameter.high - parameter.low)));
    const [from, to] = [parameter.profileLow, parameter.profileHigh].map((end) => (end === null ? null : place(end)));
    return {
      ...parameter,
      label,
      at: place(parameter.value),
      from,
      to,
      open: from !== null && to !== null && (from <= 0 || to >= 1),
    };
  });
  type Row = (typeof rows)[number];
  const profiled = rows.filter(({ from }) => from !== null);
  const [bounded, open] = [profiled.filter((row) => !row.open), profiled.filter((row) => row.open)];
  const lines = (chosen: readonly Row[], ends: (row: Row) => readonly (number | null)[]): object => ({
    mode: "lines",
    x: chosen.flatMap((row) => [...ends(row), null]),
    y: chosen.flatMap(({ label }) => [label, label, null]),
    hoverinfo: "skip",
  });
  const range = (): readonly number[] => [0, 1];
  const profile = ({ from, to }: Row): readonly (number | null)[] => [from, to];
  // Without ticks at its ends, an interval narrower than the marker would look like none.
  const ticks = (chosen: readonly Row[], colour: string): object => ({
    mode: "markers",
    showlegend: false,
    x: chosen.flatMap(profile),
    y: chosen.flatMap(({ label }) => [label, label]),
    marker: { symbol: "line-ns", size: 14, line: { color: colour, width: 2 } },
    cliponaxis: false,
    hoverinfo: "skip",
  });
  const markers = (chosen: readonly Row[]): object => ({
    mode: "markers",
    x: chosen.map(({ at }) => at),
    y: chosen.map(({ label }) => label),
    text: chosen.map(number),
    hovertemplate: "%{y}: %{text}<extra></extra>",
  });
  const traces = [
    { name: "allowed range", ...lines(profiled, range), line: { color: "#52606d", width: 1 } },
    {
      name: "allowed; interval finer than the grid",
      ...lines(
        rows.filter(({ from }) => from === null),
        range,
      ),
      line: { color: "#52606d", width: 2, dash: "2px,5px" },
    },
    { name: interval, ...lines(bounded, profile), line: { color: markColours.measured, width: 9 } },
    { name: "open-ended interval", ...lines(open, profile), line: { color: markColours.unknown, width: 9 } },
    { name: interval, ...ticks(bounded, markColours.measured) },
    { name: "open-ended interval", ...ticks(open, markColours.unknown) },
    {
      name: "fitted value",
      ...markers(rows.filter(({ onBound }) => !onBound)),
      marker: { symbol: "circle", size: 11, color: "#1f2933", line: { color: "#ffffff", width: 1.5 } },
    },
    {
      name: "on a bound",
      ...markers(rows.filter(({ onBound }) => onBound)),
      marker: { symbol: "diamond", size: 13, color: boundColour, line: { color: "#ffffff", width: 1.5 } },
    },
  ].filter((trace) => (trace as unknown as { x: readonly unknown[] }).x.length > 0);
  const legend = [...new Set(traces.map(({ name }) => name))];
  const inWords = (row: Row): string => {
    const { profileLow, profileHigh } = row;
    const ownInterval =
      profileLow === null || profileHigh === null
        ? `${interval} finer than its grid`
        : `${interval} ${amount(profileLow)} to ${amount(profileHigh)}`;
    const allowed = `allowed ${amount(row.low)} to ${amount(row.high)}`;
    return `${row.name} ${number(row)} (${ownInterval}, ${allowed}${row.onBound ? "; on a bound" : ""})`;
  };
  return {
    id,
    alt: plain(
      alternativeText(
        `${title}: position of each fitted parameter in its allowed range, with its ${interval}.`,
        `${rows.map(inWords).join("; ")}.`,
        `${open.length} of ${profiled.length} intervals meet an end of the range.`,
      ),
    ),
    data: traces.map((trace) => ({ type: "scatter", ...trace })),
    layout: figureLayout(
      {
        title: formulaMarkup(title),
        height: Math.max(figureHeight, 190 + rowHeight * rows.length),
        xaxis: {
          type: "linear",
          title: "Position in the allowed range (share)",
          domain: [0, 0.74],
          range: [-0.03, 1.03],
          tickvals: [0, 0.2, 0.4, 0.6, 0.8, 1],
        },
        yaxis: {
          type: "category",
          title: "Parameter",
          categoryorder: "array",
          categoryarray: rows.map(({ label }) => label),
          range: [rows.length - 0.4, -0.6],
          showgrid: false,
          tickfont: { size: 14 },
        },
        annotations: [
          {
            ...column,
            text: "fitted value",
            yref: "paper",
            y: 1,
            yanchor: "bottom",
            font: { size: 14, color: "#52606d" },
          },
          ...rows.map((row, index) => ({
            ...column,
            text: number(row),
            yref: "y",
            y: index,
            yanchor: "middle",
            font: { size: 14 },
          })),
        ],
      },
      { legend, plotWidth: 440 },
    ),
  };
}

function checkParameter({ name, low, high, value, profileLow, profileHigh }: ProfiledParameter): void {
  if ((profileLow === null) !== (profileHigh === null))
    throw new RangeError(
      `plotProfiles: ${name} must have both ends of its interval, ` +
        "or null for both where the grid did not resolve it; " +
        `got ${profileLow}, ${profileHigh}`,
    );
  // A fit that works on transformed values may end a hair beyond.
  const hair = 1e-9 * (high - low);
  const [from, to] = [profileLow ?? value, profileHigh ?? value];
  if (!(low < high && low - hair <= from && from - hair <= value && value - hair <= to && to - hair <= high)) {
    throw new RangeError(
      `plotProfiles: ${name} must have low <= profileLow <= value <= profileHigh <= high and low < high; ` +
        `got ${low}, ${profileLow}, ${value}, ${profileHigh}, ${high}`,
    );
  }
}

function number({ value, unit }: { readonly value: number; readonly unit: string }): string {
  return unit === "1" ? amount(value) : `${amount(value)} ${unit}`;
}

/** Powers of ten for readers without markup. */
function plain(text: string): string {
  return text.replace(/<sup>(.*?)<\/sup>/g, "^$1");
}

/** Three digits, with a real minus; thousands grouped, very large and very small numbers as powers of ten. */
function amount(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  const [digits, power] = rounded.toExponential().split("e");
  const text =
    size !== 0 && (size >= 1e6 || size < 1e-3)
      ? `${digits}×10<sup>${Number(power)}</sup>`
      : Number.isInteger(rounded)
        ? groupedDigits(rounded)
        : String(rounded);
  return text.replaceAll("-", "−");
}
