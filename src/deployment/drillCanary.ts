import { boxMuller } from "../core/random/boxMuller.js";
import type { Random } from "../core/random/Random.js";
import { clopperPearson } from "../core/statistics/clopperPearson.js";
import type { Estimate } from "../core/statistics/Estimate.js";
import { logitOfMean } from "../core/statistics/logitOfMean.js";
import { checkPlan } from "./checkPlan.js";
import {
  type ArmOutcome,
  type ArmRequest,
  type CanaryPlan,
  type CanaryReport,
  evaluateCanary,
  type Harm,
  observeOutcomes,
  observeRequests,
  startCanary,
} from "./evaluateCanary.js";

/** What a canary does more often than the champion, as shares of its requests; nothing: two that are alike (A/A). */
export type CanaryFault = Readonly<Partial<Record<Harm, number>>>;

/** How canaries that are worse by a fault, or alike, were judged. */
export interface CanaryDrills {
  readonly aborted: Estimate;
  /** Not aborted: passed, or still going on at the end. */
  readonly kept: Estimate;
  readonly passed: number;
  /** Requests of the canary up to the abort, in the middle of all drills; null where under half were aborted. */
  readonly medianRequests: number | null;
  readonly drills: number;
}

/** How a canary is rehearsed. */
export interface DrillOptions {
  /** Default 200. */
  readonly drills?: number;
  /** Of the canary in each drill (default 3,000). */
  readonly requests?: number;
  /** Shares of the champion's requests (default: 14 % wrong, 0.1 % failed, none invalid, 1 % slow). */
  readonly usual?: Readonly<Record<Harm, number>>;
  /** Requests between two looks, which share a deviation on the logit (default 200). */
  readonly batchSize?: number;
  /** Its standard deviation (default 0.2). */
  readonly batchSpread?: number;
  /** Two-sided, of the intervals (default 0.95). */
  readonly level?: number;
}

/**
 * Rehearses canaries under a plan, looked at after every batch, with outcomes a batch late: how many are aborted.
 *
 * @param random  required; equal streams give equal drills
 * @throws InputError if the plan, a share or an option is out of its range
 */
export function drillCanary(
  plan: CanaryPlan,
  fault: CanaryFault,
  random: Random,
  {
    drills = 200,
    requests = 3000,
    usual = { wrong: 0.14, failed: 0.001, invalid: 0, slow: 0.01 },
    batchSize = 200,
    batchSpread = 0.2,
    level = 0.95,
  }: DrillOptions = {},
): CanaryDrills {
  for (const [name, value] of Object.entries({ drills, requests, batchSize }))
    checkPlan(Number.isInteger(value) && value >= 1, value, `${name} must be an integer of at least 1`, "drillCanary");
  checkPlan(batchSpread >= 0 && batchSpread <= 2, batchSpread, "the batch spread must lie in [0, 2]", "drillCanary");
  const worse = Object.fromEntries(
    Object.entries(usual).map(([harm, share]) => [harm, share + (fault[harm as Harm] ?? 0)]),
  ) as Record<Harm, number>;
  for (const shares of [usual, worse]) {
    for (const share of Object.values(shares))
      checkPlan(share >= 0 && share < 1, share, "shares of requests must lie in [0, 1)", "drillCanary");
    checkPlan(shares.wrong > 0, shares.wrong, "the share of wrong answers must be above 0", "drillCanary");
  }
  const setting = { plan, usual, worse, batches: Math.ceil(requests / plan.share / batchSize), batchSize, batchSpread };
  const reports = Array.from({ length: drills }, (_, drill) => oneDrill(setting, random.fork(drill)));
  const aborts = reports
    .filter(({ verdict }) => verdict === "abort")
    .map((report) => report.harms.failed.canary.rows)
    .sort((a, b) => a - b);
  const share = (hits: number): Estimate => ({
    value: hits / drills,
    interval: clopperPearson(hits, drills, { level }),
  });
  return {
    aborted: share(aborts.length),
    kept: share(drills - aborts.length),
    passed: reports.filter(({ verdict }) => verdict === "pass").length,
    medianRequests: aborts[Math.floor((drills - 1) / 2)] ?? null,
    drills,
  };
}

interface Setting {
  readonly plan: CanaryPlan;
  readonly usual: Readonly<Record<Harm, number>>;
  readonly worse: Readonly<Record<Harm, number>>;
  readonly batches: number;
  readonly batchSize: number;
  readonly batchSpread: number;
}

/** A canary to its abort or end; a pass is not taken, so that harm is looked for to the last request. */
function oneDrill({ plan, usual, worse, batches, batchSize, batchSpread }: Setting, random: Random): CanaryReport {
  let state = startCanary(plan);
  let late: readonly ArmOutcome[] = [];
  let report = evaluateCanary(state);
  const logits = { champion: logitOfMean(usual.wrong, batchSpread), canary: logitOfMean(worse.wrong, batchSpread) };
  for (let batch = 0; batch < batches && report.verdict !== "abort"; batch++) {
    const deviation = batchSpread * boxMuller(1 - random(), random())[0];
    const outcomes: ArmOutcome[] = [];
    const requests = Array.from({ length: batchSize }, (_, row): ArmRequest => {
      const id = String(batch * batchSize + row);
      const arm = random() < plan.share ? "canary" : "champion";
      const shares = arm === "canary" ? worse : usual;
      const failed = random() < shares.failed;
      const invalid = !failed && random() < shares.invalid;
      const slow = random() < shares.slow;
      const wrong = random() < 1 / (1 + Math.exp(-(logits[arm] + deviation)));
      if (!failed && !invalid) outcomes.push({ id, wrong });
      return { id, arm, failed, invalid, slow };
    });
    state = observeOutcomes(observeRequests(state, requests), late);
    late = outcomes;
    report = evaluateCanary(state);
  }
  return report;
}
