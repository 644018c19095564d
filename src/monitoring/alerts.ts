import type { Alert, AlertSeverity } from "../core/Alert.js";
import type { DataFaultName } from "./quality/incoming/IncomingReport.js";

/** A kind of alert: how urgent it is, and what fires it. */
export interface AlertDefinition {
  readonly severity: AlertSeverity;
  readonly fires: string;
}

/** Names of all kinds of alerts: docs/runbooks has a page for each. */
export const alertIds = [
  "data-schema",
  "data-infinite",
  "data-unit",
  "data-range",
  "data-missing",
  "data-category",
  "data-constant",
  "data-stuck",
  "data-repeat",
  "data-clock",
  "data-lot",
  "drift-feature",
  "drift-prediction",
  "drift-label",
  "degradation",
  "estimate-invalid",
  "promise-broken",
  "canary-aborted",
  "canary-halted",
  "sample-ratio-mismatch",
  "shadow-worse",
  "rollback-done",
  "challenger-promoted",
  "rollout-not-carried-out",
  "registry-tampered",
  "server-latency",
  "server-errors",
  "server-overload",
  "log-unwritable",
  "outcomes-late",
] as const;

/** Name of a kind of alert. */
export type AlertId = (typeof alertIds)[number];

/** Every kind of alert: how urgent it is, and what fires it. */
export const alertDefinitions: Readonly<Record<AlertId, AlertDefinition>> = {
  "data-schema": {
    severity: "stop",
    fires: "a column of an incoming table is missing, new, or of another kind or unit",
  },
  "data-infinite": { severity: "stop", fires: "an incoming number is infinite" },
  "data-unit": { severity: "stop", fires: "values fit the reference much better in another unit" },
  "data-range": { severity: "stop", fires: "values are impossible, or far outside the reference's range" },
  "data-missing": { severity: "stop", fires: "a column is missing far more often, or columns are missing together" },
  "data-category": { severity: "stop", fires: "a text came that the reference has never had" },
  "data-constant": { severity: "stop", fires: "a column that varies in the reference holds one value" },
  "data-stuck": { severity: "stop", fires: "a number repeats for longer than the reference explains" },
  "data-repeat": { severity: "stop", fires: "rows of the reference, or earlier rows, came again" },
  "data-clock": { severity: "stop", fires: "times go back where the reference's never do" },
  "data-lot": { severity: "stop", fires: "a new lot came, or a lot changed under its name" },
  "drift-feature": { severity: "warn", fires: "a column is distributed otherwise than in the reference" },
  "drift-prediction": { severity: "warn", fires: "the model's answers are distributed otherwise" },
  "drift-label": { severity: "warn", fires: "the model answers classes in other shares" },
  degradation: { severity: "stop", fires: "outcomes show more errors than the model should make" },
  "estimate-invalid": { severity: "warn", fires: "predicted shares moved: the estimate of errors no longer holds" },
  "promise-broken": { severity: "stop", fires: "registered predictions cover fewer outcomes than they promised" },
  "canary-aborted": { severity: "stop", fires: "a canary does harm more often than the champion" },
  "canary-halted": { severity: "warn", fires: "a canary, or the champion beside it, gets no requests or no outcomes" },
  "sample-ratio-mismatch": { severity: "stop", fires: "requests did not go to versions in the shares that were drawn" },
  "shadow-worse": { severity: "warn", fires: "a version in the shadow is worse than the champion, or does not answer" },
  "rollback-done": { severity: "stop", fires: "the champion was set back to the version before it" },
  "challenger-promoted": { severity: "note", fires: "a challenger that passed is the champion now" },
  "rollout-not-carried-out": { severity: "stop", fires: "the registry could not take what was decided of a version" },
  "registry-tampered": {
    severity: "stop",
    fires: "a registered file, or the history, has not the hash that it should",
  },
  "server-latency": { severity: "warn", fires: "answers take longer than allowed" },
  "server-errors": { severity: "stop", fires: "too many requests fail on the server's side" },
  "server-overload": { severity: "warn", fires: "too many requests are turned away" },
  "log-unwritable": { severity: "stop", fires: "requests or outcomes cannot be written down" },
  "outcomes-late": { severity: "warn", fires: "too many predictions await an outcome" },
};

/** The alert of each kind of data fault. */
export const alertOfFault: Readonly<Record<DataFaultName, AlertId>> = {
  schema: "data-schema",
  infinite: "data-infinite",
  unit: "data-unit",
  range: "data-range",
  missing: "data-missing",
  category: "data-category",
  constant: "data-constant",
  stuck: "data-stuck",
  repeat: "data-repeat",
  clock: "data-clock",
  lot: "data-lot",
};

/**
 * An alert of a kind, of its severity unless another is given. Numbers that are not finite are null, as in JSON.
 *
 * @param options.key  what it concerns, for de-duplication
 */
export function makeAlert(
  id: AlertId,
  {
    severity = alertDefinitions[id].severity,
    key,
    numbers = {},
    text,
  }: Partial<Omit<Alert, "id">> & Pick<Alert, "key" | "text">,
): Alert {
  const finite = Object.entries(numbers).map(([name, value]) => [
    name,
    typeof value === "number" && !Number.isFinite(value) ? null : value,
  ]);
  return { id, severity, key, numbers: Object.fromEntries(finite) as Alert["numbers"], text };
}
