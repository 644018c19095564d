import { groupedDigits } from "../../core/groupedDigits.js";
import { visibleText } from "../../core/visibleText.js";
import { driftLines } from "./driftLines.js";
import type { DriftReport } from "../../monitoring/DriftReport.js";
import type { FileDrift, FileDriftOptions } from "./fileDrift.js";

/** Features of each kind that fit on a screen. */
const listed = 12;

/** A drift report as plain text for a terminal, the files first and the verdict behind them. */
export function formatDrift(
  report: FileDrift,
  { reference, current, model }: Pick<FileDriftOptions, "reference" | "current" | "model">,
): string {
  const { rows, notes, answers, figures } = report;
  const lines = [
    `${current}: ${groupedDigits(rows.current)} rows against ${groupedDigits(rows.reference)} of ${reference}`,
    ...notes.slice(0, listed),
    ...driftLines(report, listed),
    ...detectableLine(report),
    ...(answers === null ? [] : [`answers of ${model}:`, ...driftLines(answers, listed)]),
    ...figures.map((path) => `figure: ${path}`),
  ];
  // A line feed in a name must not begin a line that the file would have this report say.
  return lines.map((line) => visibleText(line)).join("\n");
}

/** Where a column has not drifted, the shift that would have been found four times of five: no drift means less. */
function detectableLine({ features }: DriftReport): string[] {
  const quiet = features.filter(
    ({ drifted, unknown, detectable, compared }) =>
      !drifted && unknown === null && compared === "values" && detectable !== null && detectable > 0,
  );
  if (quiet.length === 0) return [];
  const shifts = quiet.slice(0, listed).map(({ feature, detectable, unit }) => {
    const named = unit === "1" || unit === "" ? "" : ` ${unit}`;
    return `${feature} ${Number(detectable!.toPrecision(2))}${named}`;
  });
  const more = quiet.length > listed ? ` and ${quiet.length - listed} more` : "";
  return [`smallest shifts that would mostly be found: ${shifts.join(", ")}${more}`];
}
