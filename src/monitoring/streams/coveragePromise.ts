import { batchEvidence } from "./batchEvidence.js";

/** Rows and misses of one group of rows, which are alike: of a recipe, a paper, a plate. */
export type GroupTally = readonly [rows: number, misses: number];

/** What is promised, and when it counts as broken. */
export interface CoverageSettings {
  /** Share of rows that is promised to be covered, in (0, 1). */
  readonly level: number;
  /** Most probability that a promise that is kept is ever called broken, or one that is not ever called held. */
  readonly alpha: number;
  /** How much less than promised is to be found, and is excluded where a promise is held (default 0.1). */
  readonly drop?: number;
  /** Standard deviation of groups on the logit that is allowed for (default 0.5). */
  readonly groupSpread?: number;
}

/** How a promise of coverage stands after all that came so far. */
export interface CoverageState {
  readonly verdict: "broken" | "held" | "unknown";
  readonly rows: number;
  readonly groups: number;
  readonly misses: number;
  /** Share of rows that were covered; null without rows. */
  readonly coverage: number | null;
  /** Largest evidence so far that more is missed than promised; an e-value. */
  readonly evidence: number;
  /** Largest evidence so far that not `drop` more is missed. */
  readonly against: number;
  /** At which evidence it is broken, or held. */
  readonly threshold: number;
  /** Batch, from 0, in which it was broken; null where it was not. */
  readonly brokenAt: number | null;
  /** Why nothing can be said; null where it can. */
  readonly reason: string | null;
}

/**
 * A promise of coverage, held against outcomes batch by batch: it may be looked at after each, for ever. Broken is what
 * was missed more often than promised, held where a coverage of `drop` less is excluded; both are test martingales
 * (batchEvidence) that reach 1 / alpha with probability alpha at most where they should not. Between them it is
 * unknown: too few rows are no pass. What was broken stays so.
 *
 * Rows of a group share a deviation on the logit; another batch with rows of the same group counts as another group.
 *
 * @param batches  in the order in which they came, each with the tallies of its groups
 * @throws RangeError if a tally is none
 * @see Ramdas et al. 2023, doi:10.1214/23-STS894
 */
export function coveragePromise(
  batches: readonly (readonly GroupTally[])[],
  { level, alpha, drop = 0.1, groupSpread = 0.5 }: CoverageSettings,
): CoverageState {
  const promised = 1 - level;
  const feared = Math.min(promised + drop, 0.99);
  const odds = (share: number): number => share / (1 - share);
  const oddsRatio = odds(feared) / odds(promised);
  const threshold = 1 / alpha;
  const [more, fewer] = [evidenceOf(promised, oddsRatio, groupSpread), evidenceOf(feared, 1 / oddsRatio, groupSpread)];
  let [rows, misses, groups] = [0, 0, 0];
  let [logMore, logFewer, mostMore, mostFewer] = [0, 0, 0, 0];
  let brokenAt: number | null = null;
  batches.forEach((tallies, batch) => {
    for (const [own, missed] of tallies) {
      checkTally(own, missed);
      if (own === 0) continue;
      rows += own;
      misses += missed;
      groups++;
      logMore += more(own, missed);
      logFewer += fewer(own, missed);
      [mostMore, mostFewer] = [Math.max(mostMore, logMore), Math.max(mostFewer, logFewer)];
      if (brokenAt === null && mostMore >= Math.log(threshold)) brokenAt = batch;
    }
  });
  const verdict = brokenAt !== null ? "broken" : mostFewer >= Math.log(threshold) ? "held" : "unknown";
  return {
    verdict,
    ...{ rows, groups, misses },
    coverage: rows === 0 ? null : 1 - misses / rows,
    evidence: Math.exp(mostMore),
    against: Math.exp(mostFewer),
    threshold,
    brokenAt,
    reason:
      verdict !== "unknown"
        ? null
        : rows === 0
          ? "no row was judged"
          : `${rows} ${rows === 1 ? "row" : "rows"} neither show that more is missed than promised, ` +
            `nor exclude a coverage of ${Number((1 - feared).toPrecision(3))}`,
  };
}

/** Groups of equal size and misses say the same. */
function evidenceOf(
  estimate: number,
  oddsRatio: number,
  batchSpread: number,
): (rows: number, misses: number) => number {
  const known = new Map<string, number>();
  return (rows, misses) => {
    const key = `${rows} ${misses}`;
    const found =
      known.get(key) ??
      batchEvidence(
        new Float64Array(rows).fill(estimate),
        Uint8Array.from({ length: rows }, (_, row) => Number(row < misses)),
        { oddsRatio, batchSpread },
      );
    known.set(key, found);
    return found;
  };
}

function checkTally(rows: number, misses: number): void {
  if (Number.isInteger(rows) && Number.isInteger(misses) && misses >= 0 && misses <= rows) return;
  throw new RangeError(`coveragePromise: misses must be a whole number in 0..rows; got ${misses} of ${rows}`);
}
