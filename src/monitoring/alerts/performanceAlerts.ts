import type { Alert } from "../../core/Alert.js";
import { percent } from "../../core/percent.js";
import { makeAlert } from "../alerts.js";
import type { EstimatedPerformance } from "../streams/estimatePerformance.js";

/**
 * The alert of a model that errs more often than it should; none while a monitor has raised none since.
 *
 * @param before,after  the monitor before and after its newest outcomes: takeOutcomes, judgeOutcomes, other streams
 * @param options.version  of the model, part of the key
 */
export function degradationAlerts(
  before: DegradationCounts,
  after: DegradationCounts,
  { version }: { readonly version: string },
): readonly Alert[] {
  if (after.alarms <= before.alarms) return [];
  const rows = after.rows - before.rows;
  const known = after.expected !== undefined && after.observed !== undefined;
  const estimated = (after.expected ?? 0) - (before.expected ?? 0);
  const observed = (after.observed ?? 0) - (before.observed ?? 0);
  return [
    makeAlert("degradation", {
      key: version,
      numbers: {
        rows: after.rows,
        newRows: rows,
        ...(known ? { estimatedErrors: estimated, observedErrors: observed } : {}),
      },
      text:
        `${version}: outcomes show more errors than it should make` +
        (known ? `; of the newest ${rows}, ${observed} were wrong, ${Number(estimated.toPrecision(3))} estimated` : ""),
    }),
  ];
}

/** What is asked of the state of a monitor: OutcomeState has it all, other monitors rows and alarms. */
export interface DegradationCounts {
  readonly rows: number;
  readonly alarms: number;
  readonly expected?: number;
  readonly observed?: number;
}

/** The alert that an estimate of errors without labels can no longer be believed; none where shares stand. */
export function estimateAlerts(
  { verdict, reason, errors, shares }: EstimatedPerformance,
  { version }: { readonly version: string },
): readonly Alert[] {
  if (verdict !== "moved") return [];
  const most = (shares ?? []).reduce((top, one) => Math.max(top, Math.abs(one.current - one.reference)), 0);
  const estimate = errors.value === null ? "" : `; it says ${percent(errors.value, { significant: 3 })} errors`;
  return [
    makeAlert("estimate-invalid", {
      key: version,
      numbers: { estimatedErrors: errors.value, largestMove: most },
      text: `${version}: ${reason}${estimate}`,
    }),
  ];
}

/** The alert that outcomes do not come; none while no more predictions await one than may. */
export function outcomesAlerts({
  version,
  awaited,
  mostAwaited,
}: {
  readonly version: string;
  readonly awaited: number;
  readonly mostAwaited: number;
}): readonly Alert[] {
  if (awaited <= mostAwaited) return [];
  return [
    makeAlert("outcomes-late", {
      key: version,
      numbers: { awaited, mostAwaited },
      text: `${version}: ${awaited} predictions await an outcome, at most ${mostAwaited} may`,
    }),
  ];
}
