import { percent } from "../../core/percent.js";
import type { DriftReport, FeatureDrift } from "../../monitoring/DriftReport.js";

/**
 * A drift report as lines for a terminal: the verdict, what drifted and by how much, the largest distance first, what
 * could not be found out, and columns without a partner.
 *
 * @param listed  how many features of each kind to print
 */
export function driftLines(
  { features, drifted, unknown, alpha, groups, onlyCurrent, onlyReference }: DriftReport,
  listed: number,
): string[] {
  const tested = features.length - features.filter(({ pValue }) => pValue === null).length;
  const found = features.filter((one) => one.drifted).sort((a, b) => b.distance - a.distance);
  const open = features.filter((one) => one.unknown !== null);
  const rows = groups === null ? "rows taken as independent" : `kept together by ${groups}`;
  return [
    `drift: ${drifted === 0 ? "none" : drifted} in ${tested} comparisons ` +
      `(Holm, ${percent(alpha, { significant: 3 })} for all together; ${rows})`,
    ...found
      .slice(0, listed)
      .map(
        (one) => `  ${one.feature}: ${whatDiffers[one.compared]} by up to ${short(one.distance)}: ${changeText(one)}`,
      ),
    ...moreLine(found.length - listed),
    ...(unknown > 0 ? [`unknown: ${unknown} of ${features.length} comparisons`] : []),
    ...reasonLines(open, listed),
    ...onlyLine("this file", onlyCurrent),
    ...onlyLine("the other", onlyReference),
  ];
}

/** One line for a reason that several comparisons share. */
function reasonLines(open: readonly FeatureDrift[], listed: number): string[] {
  const named = ({ feature, compared }: FeatureDrift): string =>
    compared === "missing" ? `${feature} (missing values)` : feature;
  const reasons = [...new Set(open.map(({ unknown }) => unknown))];
  return [
    ...reasons
      .slice(0, listed)
      .map((reason) => `  ${listOf(open.filter(({ unknown }) => unknown === reason).map(named))}: ${reason}`),
    ...moreLine(reasons.length - listed),
  ];
}

function moreLine(count: number): string[] {
  return count > 0 ? [`  and ${count} more`] : [];
}

const whatDiffers: Readonly<Record<FeatureDrift["compared"], string>> = {
  values: "values differ",
  levels: "shares of levels differ",
  missing: "share of missing values differs",
};

/** What changed, in words: "mean 165 to 177 °C, +12 (95 % interval 9 to 15; adjusted p below 0.0001)". */
export function changeText({ change, unit, adjusted }: FeatureDrift): string {
  const { from, to, difference, interval, of } = change;
  const isShare = unit === "share";
  const number = (value: number): string => (isShare ? percent(value, { significant: 3 }) : short(value));
  const named = isShare || unit === "1" || unit === "" ? "" : ` ${unit}`;
  const by = isShare ? "" : `, ${difference < 0 ? "" : "+"}${number(difference)}`;
  const known = interval === null || isShare ? "" : `95 % interval ${short(interval.low)} to ${short(interval.high)}; `;
  const p = adjusted === null ? "unknown" : adjusted < 1e-4 ? "below 0.0001" : short(adjusted);
  return `${of} ${number(from)} to ${number(to)}${named}${by} (${known}adjusted p ${p})`;
}

function onlyLine(where: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`  only in ${where}: ${listOf(names)}`];
}

function listOf(names: readonly string[]): string {
  const most = 30;
  return names.slice(0, most).join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
