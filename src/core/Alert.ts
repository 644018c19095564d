/** How urgent an alert is: `stop` until somebody has looked, look soon (`warn`), or know of it (`note`). */
export type AlertSeverity = "stop" | "warn" | "note";

/** Something that a person should hear of, with the numbers that fired it. */
export interface Alert {
  /** What kind: docs/runbooks/ID.md says what to do. */
  readonly id: string;
  readonly severity: AlertSeverity;
  /** What it concerns: while an alert of this id and key is open, another counts as the same. */
  readonly key: string;
  readonly numbers: Readonly<Record<string, number | string | null>>;
  readonly text: string;
}

/** Who did something about an alert, and why. */
export interface AlertAnswer {
  readonly who: string;
  readonly why: string;
}

/** What happened to an alert, as a log keeps it line by line. */
export type AlertEvent =
  | { readonly event: "raised"; readonly at: string; readonly alert: Alert }
  | ({
      readonly event: "acknowledged" | "resolved";
      readonly at: string;
      readonly id: string;
      readonly key: string;
    } & AlertAnswer);
