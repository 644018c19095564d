import type { Alert } from "../../core/Alert.js";
import { percent } from "../../core/percent.js";
import { makeAlert } from "../alerts.js";

/** What a server counted in a window of time. */
export interface ServerWindow {
  readonly requests: number;
  /** Answered with a fault of the server (5xx), and turned away for load (429 and 503). */
  readonly errors: number;
  readonly refused: number;
  /** Duration below which 99 of 100 answers stay; null without requests. */
  readonly p99Millisecond: number | null;
  /** Why the log could not be written; null where it could. */
  readonly logFault: string | null;
}

/** What is allowed in a window. */
export interface ServerAlertLimits {
  readonly p99Millisecond: number;
  /** Shares of requests. */
  readonly errorShare: number;
  readonly refusedShare: number;
  /** Below so many requests shares and quantiles say nothing. */
  readonly leastRequests: number;
}

/**
 * Alerts of a server: slow, failing, overloaded, or unable to write down what it answers.
 *
 * @param options.server  its name or address, part of each key
 */
export function serverAlerts(
  { requests, errors, refused, p99Millisecond, logFault }: ServerWindow,
  limits: ServerAlertLimits,
  { server }: { readonly server: string },
): readonly Alert[] {
  const alerts: Alert[] = [];
  const isEnough = requests >= limits.leastRequests && requests > 0;
  if (isEnough && p99Millisecond !== null && p99Millisecond > limits.p99Millisecond)
    alerts.push(
      makeAlert("server-latency", {
        key: server,
        numbers: { p99Millisecond, limit: limits.p99Millisecond, requests },
        text:
          `${server}: 1 of 100 answers takes over ${short(p99Millisecond)} ms, ` +
          `allowed are ${limits.p99Millisecond} ms`,
      }),
    );
  if (isEnough && errors / requests > limits.errorShare)
    alerts.push(
      makeAlert("server-errors", {
        key: server,
        numbers: { errors, requests, limit: limits.errorShare },
        text: `${server}: ${errors} of ${requests} requests failed, allowed are ${shareText(limits.errorShare)}`,
      }),
    );
  if (isEnough && refused / requests > limits.refusedShare)
    alerts.push(
      makeAlert("server-overload", {
        key: server,
        numbers: { refused, requests, limit: limits.refusedShare },
        text:
          `${server}: ${refused} of ${requests} requests were turned away, ` +
          `allowed are ${shareText(limits.refusedShare)}`,
      }),
    );
  if (logFault !== null)
    alerts.push(
      makeAlert("log-unwritable", {
        key: server,
        text: `${server}: requests and outcomes cannot be written down: ${logFault}`,
      }),
    );
  return alerts;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function shareText(value: number): string {
  return percent(value, { significant: 3 });
}
