import type { Alert } from "../../core/Alert.js";
import { percent } from "../../core/percent.js";
import { makeAlert } from "../alerts.js";
import type { DriftReport } from "../DriftReport.js";
import type { LabelShift } from "../detectors/labelShift.js";

/**
 * Alerts of columns that drifted, one for each.
 *
 * @param options.source  name of the table that drifted, part of each key
 * @param options.of      whether columns are features, or answers of a model (default features)
 */
export function driftAlerts(
  { features, alpha }: DriftReport,
  { source, of = "features" }: { readonly source: string; readonly of?: "features" | "predictions" },
): readonly Alert[] {
  return features
    .filter(({ drifted }) => drifted)
    .map(({ feature, compared, unit, distance, adjusted, change }) =>
      makeAlert(of === "features" ? "drift-feature" : "drift-prediction", {
        key: [source, feature, compared].join(", "),
        numbers: { from: change.from, to: change.to, unit, distance, adjustedP: adjusted, alpha },
        text:
          `${source}, ${of === "features" ? "column" : "answers,"} ${feature}: distributed otherwise by up to ` +
          `${Number(distance.toPrecision(3))}; ${change.of} ${short(change.from, unit)} to ${short(change.to, unit)}`,
      }),
    );
}

/** The alert of classes that a model answers in other shares; none where they did not move. */
export function labelShiftAlerts(
  { drifted, classes, pValue, alpha }: LabelShift,
  { source }: { readonly source: string },
): readonly Alert[] {
  if (!drifted) return [];
  const moved = classes.toSorted(
    (a, b) =>
      Math.abs(b.predicted.current - b.predicted.reference) - Math.abs(a.predicted.current - a.predicted.reference),
  );
  const [{ name, predicted }] = moved;
  return [
    makeAlert("drift-label", {
      key: source,
      numbers: { class: name, from: predicted.reference, to: predicted.current, pValue, alpha },
      text:
        `${source}: the model answers ${name} in ${share(predicted.current)} of the rows, ` +
        `in the reference in ${share(predicted.reference)}`,
    }),
  ];
}

function short(value: number, unit: string): string {
  if (unit === "share") return share(value);
  return `${Number(value.toPrecision(3))}${unit === "1" || unit === "" ? "" : ` ${unit}`}`;
}

function share(value: number): string {
  return percent(value, { significant: 3 });
}
