import { boxMuller } from "../core/random/boxMuller.js";
import type { Random } from "../core/random/Random.js";
import { clopperPearson } from "../core/statistics/clopperPearson.js";
import type { Estimate } from "../core/statistics/Estimate.js";
import { logitOfMean } from "../core/statistics/logitOfMean.js";
import { checkPlan } from "./checkPlan.js";
import { compareVariants, observeVariants, startVariants, type VariantPlan } from "./compareVariants.js";

/** How comparisons went that were looked at after every batch. */
export interface VariantDrills {
  /** Share of streams that ever called the variants different: of equal ones, the error of the first kind. */
  readonly called: Estimate;
  /** Share of streams whose interval ever lost the true difference. */
  readonly lost: Estimate;
  /** Rows of each variant up to the call, in the middle of all streams; null where under half called. */
  readonly medianRows: number | null;
  readonly streams: number;
}

/**
 * Rehearses comparisons of two variants under a plan, looked at after every batch.
 *
 * @param shares          error shares of the variants, in (0, 1); equal ones are A/A
 * @param random          required; equal streams give equal drills
 * @param options.rows    of each variant in each stream (default 2,000)
 * @param options.batchSize    rows of each variant between two looks, which share a deviation (default 20)
 * @param options.batchSpread  its standard deviation on the logit (default 0.2)
 * @throws InputError if the plan, a share or an option is out of its range
 */
export function drillVariants(
  plan: VariantPlan,
  shares: { readonly a: number; readonly b: number },
  random: Random,
  {
    streams = 200,
    rows = 2000,
    batchSize = 20,
    batchSpread = 0.2,
    level = 0.95,
  }: {
    readonly streams?: number;
    readonly rows?: number;
    readonly batchSize?: number;
    readonly batchSpread?: number;
    readonly level?: number;
  } = {},
): VariantDrills {
  const where = "drillVariants";
  for (const share of [shares.a, shares.b])
    checkPlan(share > 0 && share < 1, share, "an error share must lie in (0, 1)", where);
  for (const [name, value] of Object.entries({ streams, rows, batchSize }))
    checkPlan(Number.isInteger(value) && value >= 1, value, `${name} must be an integer of at least 1`, where);
  checkPlan(batchSpread >= 0 && batchSpread <= 2, batchSpread, "the batch spread must lie in [0, 2]", where);
  const logits = [shares.a, shares.b].map((share) => logitOfMean(share, batchSpread));
  const calls: number[] = [];
  let losses = 0;
  for (let stream = 0; stream < streams; stream++) {
    const own = random.fork(stream);
    let [state, calledAt, isLost] = [startVariants(plan), null as number | null, false];
    for (let seen = 0; seen < rows; seen += batchSize) {
      const deviation = batchSpread * boxMuller(1 - own(), own())[0];
      const [a, b] = logits.map((logit) => {
        const share = 1 / (1 + Math.exp(-(logit + deviation)));
        return Float64Array.from({ length: batchSize }, () => (own() < share ? 1 : 0));
      });
      state = observeVariants(state, { a, b });
      if (state.pValue <= plan.alpha) calledAt ??= seen + batchSize;
      const { interval } = compareVariants(state).difference;
      const difference = shares.b - shares.a;
      isLost ||= interval !== null && (interval.low > difference || interval.high < difference);
    }
    if (calledAt !== null) calls.push(calledAt);
    losses += isLost ? 1 : 0;
  }
  const share = (hits: number): Estimate => ({
    value: hits / streams,
    interval: clopperPearson(hits, streams, { level }),
  });
  calls.sort((one, other) => one - other);
  return {
    called: share(calls.length),
    lost: share(losses),
    medianRows: calls[Math.floor((streams - 1) / 2)] ?? null,
    streams,
  };
}
