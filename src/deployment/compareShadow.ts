import { InputError } from "../core/InputError.js";
import { checkLevel } from "../core/statistics/checkLevel.js";
import type { Interval } from "../core/statistics/Interval.js";
import { shareSequence } from "../core/statistics/shareSequence.js";

/** What champion and challenger answered to requests that both saw, and what is known of them by now. */
export interface ShadowCounts {
  /** Requests that both saw. */
  readonly requests: number;
  /** Requests to which the challenger gave no valid answer though the champion did: a crash, NaN, out of time. */
  readonly unanswered: number;
  /** Requests to which they gave the same answer. */
  readonly alike: number;
  /** Requests with an outcome. */
  readonly outcomes: number;
  /** Of those: where only the champion was right, and where only the challenger. */
  readonly onlyChampionRight: number;
  readonly onlyChallengerRight: number;
}

/** How a challenger that answers in the shadow compares. */
export interface ShadowComparison {
  readonly verdict: "better" | "worse" | "undecided" | "unknown";
  /** Share of requests answered alike; null without requests. */
  readonly agreement: number | null;
  /** Of outcomes on which one alone was right, the share that was the challenger's; holds at all looks together. */
  readonly wins: Interval;
  /** Share of requests without a valid answer of the challenger; holds at all looks together. */
  readonly unanswered: Interval;
  readonly counts: ShadowCounts;
  readonly reason: string;
}

/**
 * Compares a challenger that answers in the shadow with the champion, on the requests that both saw.
 *
 * Only rows on which one alone was right can tell: if neither is better, each is the challenger's with probability
 * 1/2. The interval is exact and may be looked at after every outcome. Unanswered requests above the share allowed
 * make it worse; without an outcome that tells, the answer is unknown.
 *
 * @param options.alpha           that an equal challenger is ever called better or worse, in (0, 1) (default 0.05)
 * @param options.mostUnanswered  share of requests that may go unanswered (default 0.001)
 * @throws InputError if counts are no whole numbers or exceed each other
 */
export function compareShadow(
  counts: ShadowCounts,
  { alpha = 0.05, mostUnanswered = 0.001 }: { readonly alpha?: number; readonly mostUnanswered?: number } = {},
): ShadowComparison {
  checkLevel(1 - alpha, "compareShadow");
  const { requests, unanswered: missing, alike, outcomes, onlyChampionRight, onlyChallengerRight } = counts;
  const told = onlyChampionRight + onlyChallengerRight;
  const isCount = Object.values(counts).every((count) => Number.isInteger(count) && count >= 0);
  if (!(isCount && missing + alike <= requests && outcomes <= requests && told <= outcomes))
    throw new InputError({
      where: "compareShadow",
      must: "counts must be whole numbers, outcomes among requests and lone successes among outcomes",
      got: JSON.stringify(counts),
      mend: "count each request once, and its outcome when it comes",
    });
  // Either half of the verdict may err in half of alpha.
  const level = 1 - alpha / 2;
  const wins = shareSequence(onlyChallengerRight, told, { level });
  const unanswered = shareSequence(missing, requests, { level });
  const verdict =
    unanswered.low > mostUnanswered || wins.high < 0.5
      ? "worse"
      : told === 0
        ? "unknown"
        : wins.low > 0.5
          ? "better"
          : "undecided";
  return {
    verdict,
    agreement: requests === 0 ? null : alike / requests,
    wins,
    unanswered,
    counts,
    reason:
      `${missing} of ${requests} requests unanswered (at most ${mostUnanswered} allowed); ` +
      `of ${told} lone successes ${onlyChallengerRight} were the challenger's, ` +
      `between ${wins.low.toFixed(3)} and ${wins.high.toFixed(3)} of all`,
  };
}
