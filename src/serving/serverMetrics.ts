import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { harms } from "../deployment/evaluateCanary.js";
import type { BookCounts } from "./requestBook.js";
import type { RolloutReport } from "./rolloutKeeper.js";

/** What a server counts, as Prometheus reads it. */
export interface ServerMetrics {
  readonly request: (of: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly version: string;
    readonly seconds: number;
  }) => void;
  /** Recipes of a request that was answered anew. */
  readonly answered: (of: {
    readonly version: string;
    readonly phases: ReadonlyMap<string, number>;
    readonly refused: number;
    readonly outside: number;
  }) => void;
  readonly outcome: (of: {
    readonly version: string;
    readonly isWrong: boolean;
    readonly isCorrection: boolean;
  }) => void;
  readonly shadow: (result: "alike" | "different" | "unanswered") => void;
  readonly sync: (seconds: number, lines: number) => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

/** Seconds; a request of 100 recipes takes some 5 ms. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counters of one server, which share nothing with those of others.
 *
 * @param look  what is asked when somebody reads them
 */
export function serverMetrics(look: {
  readonly counts: () => BookCounts;
  readonly rollout: () => RolloutReport;
  readonly isWritable: () => Promise<boolean>;
}): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  // Lag of the event loop, memory and processor time among them.
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers });
  const requests = counter(
    "twin_requests_total",
    "Requests, by route, status and version that answered",
    "route",
    "method",
    "status",
    "version",
  );
  const recipes = counter(
    "twin_recipes_total",
    "Recipes of answered requests, and what became of them",
    "version",
    "result",
  );
  const outside = counter(
    "twin_recipes_outside_total",
    "Answered recipes that lie outside of what the model knows",
    "version",
  );
  const phases = counter("twin_phases_total", "Answered recipes by likeliest phase", "version", "phase");
  const outcomes = counter(
    "twin_outcomes_total",
    "Reported outcomes, by whether the likeliest phase was right",
    "version",
    "result",
    "kind",
  );
  const shadow = counter("twin_shadow_requests_total", "Requests that the challenger answered in the shadow", "result");
  const lines = counter("twin_log_lines_total", "Lines written to the log");
  const seconds = new Histogram({
    name: "twin_request_seconds",
    help: "From the first byte of a request to the last of its answer",
    labelNames: ["route"] as const,
    buckets,
    registers,
  });
  const syncs = new Histogram({
    name: "twin_log_sync_seconds",
    help: "To bring a group of lines of the log to the disk",
    buckets,
    registers,
  });
  const gauge = (name: string, help: string, value: () => number | Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await value());
      },
    });
  };
  gauge("twin_log_writable", "1 where the log can be written", async () => Number(await look.isWritable()));
  gauge("twin_log_requests", "Requests in the log", () => look.counts().requests);
  gauge("twin_log_outcomes", "Outcomes in the log", () => look.counts().outcomes);
  gauge("twin_log_outcomes_corrected", "Outcomes in the log that correct another", () => look.counts().corrected);
  gauge("twin_canary_share", "Share of requests that goes to the challenger", () => look.rollout().share);
  gauge("twin_canary_rolled_back", "1 where the challenger was rolled back", () =>
    Number(look.rollout().state === "rolled back"),
  );
  gauge("twin_canary_awaited", "Requests of the rollout whose outcome is awaited", () => canaryOf()?.awaited ?? 0);
  const canaryOf = (): NonNullable<RolloutReport["verdict"]>["reports"]["canary"] =>
    look.rollout().verdict?.reports.canary ?? null;
  const ofHarms = (name: string, help: string, labels: readonly string[], set: (one: Gauge) => void): void => {
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers,
      collect() {
        this.reset();
        set(this);
      },
    });
  };
  ofHarms("twin_canary_evidence", "Natural logarithm of the most evidence of harm", ["harm"], (one) => {
    const report = canaryOf();
    for (const harm of harms) one.set({ harm }, report?.harms[harm].evidence ?? 0);
  });
  gauge("twin_canary_evidence_limit", "From which on evidence is harm", () => canaryOf()?.harms.wrong.threshold ?? 0);
  ofHarms("twin_canary_harms", "Rows of each arm that were harmed", ["harm", "arm"], (one) => {
    const report = canaryOf();
    for (const harm of harms)
      for (const arm of ["canary", "champion"] as const) one.set({ harm, arm }, report?.harms[harm][arm].hits ?? 0);
  });
  return {
    request({ route, method, status, version, seconds: took }) {
      requests.inc({ route, method, status: String(status), version });
      seconds.observe({ route }, took);
    },
    answered({ version, phases: counts, refused, outside: beyond }) {
      let answered = 0;
      for (const [phase, count] of counts) {
        phases.inc({ version, phase }, count);
        answered += count;
      }
      recipes.inc({ version, result: "answered" }, answered);
      recipes.inc({ version, result: "refused" }, refused);
      outside.inc({ version }, beyond);
    },
    outcome({ version, isWrong, isCorrection }) {
      outcomes.inc({
        version,
        result: isWrong ? "wrong" : "right",
        kind: isCorrection ? "correction" : "first",
      });
    },
    shadow: (result) => shadow.inc({ result }),
    sync(took, count) {
      syncs.observe(took);
      lines.inc(count);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
