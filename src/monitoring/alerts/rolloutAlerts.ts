import type { Alert } from "../../core/Alert.js";
import { makeAlert } from "../alerts.js";

/** What reports of a rollout say, of which CanaryReport, SampleRatio and ShadowComparison have what is asked. */
export interface RolloutFindings {
  readonly canary?: {
    readonly verdict: string;
    readonly reason: string;
    readonly awaited: number;
    readonly harms: Readonly<
      Record<
        string,
        { readonly canary: Hits; readonly champion: Hits; readonly evidence: number; readonly threshold: number }
      >
    >;
  } | null;
  readonly sampleRatio?: {
    readonly verdict: string;
    readonly reason: string;
    readonly pValue: number;
    readonly alpha: number;
    readonly counts: readonly number[];
  } | null;
  readonly shadow?: {
    readonly verdict: string;
    readonly reason: string;
    readonly counts: {
      readonly requests: number;
      readonly unanswered: number;
      readonly outcomes: number;
      readonly onlyChampionRight: number;
      readonly onlyChallengerRight: number;
    };
  } | null;
}

interface Hits {
  readonly rows: number;
  readonly hits: number;
}

/**
 * Alerts of reports on a version that is rolled out: its canary aborted or halted, requests that went astray, a shadow
 * that is worse.
 *
 * @param options.version  part of each key
 */
export function rolloutAlerts(
  { canary, sampleRatio, shadow }: RolloutFindings,
  { version }: { readonly version: string },
): readonly Alert[] {
  const alerts: Alert[] = [];
  if (canary?.verdict === "abort")
    alerts.push(
      makeAlert("canary-aborted", {
        key: version,
        numbers: Object.fromEntries(
          Object.entries(canary.harms).flatMap(([harm, one]) => [
            [`${harm}OfCanary`, one.canary.hits],
            [`${harm}OfChampion`, one.champion.hits],
            [`${harm}LogEvidence`, one.evidence],
            [`${harm}Threshold`, one.threshold],
          ]),
        ),
        text: `${version}: the canary is aborted: ${canary.reason}`,
      }),
    );
  if (canary?.verdict === "halt")
    alerts.push(
      makeAlert("canary-halted", {
        key: version,
        numbers: { awaited: canary.awaited },
        text: `${version}: the canary halts: ${canary.reason}`,
      }),
    );
  if (sampleRatio?.verdict === "mismatch")
    alerts.push(
      makeAlert("sample-ratio-mismatch", {
        key: version,
        numbers: {
          pValue: sampleRatio.pValue,
          alpha: sampleRatio.alpha,
          ...Object.fromEntries(sampleRatio.counts.map((count, arm) => [`arm${arm}`, count])),
        },
        text: `${version}: requests did not go where they were drawn to: ${sampleRatio.reason}`,
      }),
    );
  if (shadow?.verdict === "worse")
    alerts.push(
      makeAlert("shadow-worse", {
        key: version,
        numbers: { ...shadow.counts },
        text: `${version}: worse in the shadow: ${shadow.reason}`,
      }),
    );
  return alerts;
}

/** The alert that the champion was set back, which is done and told. */
export function rollbackAlert({
  from,
  to,
  because,
}: {
  readonly from: string;
  readonly to: string;
  readonly because: string;
}): Alert {
  return makeAlert("rollback-done", {
    key: from,
    numbers: { from, to },
    text: `the champion ${from} was set back to ${to}: ${because}`,
  });
}

/** The note that a challenger which passed answers now. */
export function promotionAlert({
  from,
  to,
  because,
}: {
  readonly from: string;
  readonly to: string;
  readonly because: string;
}): Alert {
  return makeAlert("challenger-promoted", {
    key: to,
    numbers: { from, to },
    text: `${to} is the champion now, after ${from}: ${because}`,
  });
}

/** The alert that a decision could not be kept in the registry. */
export function undoneRolloutAlert({
  version,
  decision,
  because,
}: {
  readonly version: string;
  readonly decision: string;
  readonly because: string;
}): Alert {
  return makeAlert("rollout-not-carried-out", {
    key: version,
    numbers: { decision },
    text: `${version}: the registry could not take the ${decision}: ${because}`,
  });
}

/** The alert of a registered file, or a line of the history, whose hash is not what it should be. */
export function registryAlert({
  version,
  file,
  expected,
  got,
}: {
  readonly version: string;
  readonly file: string;
  /** Hashes. */
  readonly expected: string;
  readonly got: string;
}): Alert {
  return makeAlert("registry-tampered", {
    key: [version, file].join(", "),
    numbers: { expected, got },
    text: `${version}, ${file}: its hash must be ${expected.slice(0, 12)}; got ${got.slice(0, 12)}`,
  });
}
