import { type ArmCounts, noRows, withRow } from "./ArmCounts.js";

/** Which way a request went. */
export type Arm = "canary" | "champion";

/** Evidence, row by row, that something happens more often to the canary than to the champion. */
export interface ArmEvidence {
  readonly canary: ArmCounts;
  readonly champion: ArmCounts;
  /** Natural logarithm of the evidence against each factor on the odds, in the order of `oddsRatios`. */
  readonly logs: readonly number[];
}

/** Factors on the odds that are mixed: a few points more errors, up to crashes that the champion never has. */
const oddsRatios: readonly number[] = [1.25, 1.5, 2, 4, 16, 64];

/** What the champion's share is taken for before it has rows: a tenth, worth so many rows. */
const priorRows = 5;
const priorHits = 0.5;

/** No evidence either way: before the first row. */
export const noEvidence: ArmEvidence = { canary: noRows, champion: noRows, logs: oddsRatios.map(() => 0) };

/** One row of either arm, and whether the thing that is counted happened to it. */
export interface ArmRow {
  readonly arm: Arm;
  readonly isHit: boolean;
}

/** Rows between two logarithms: as many factors, of 64 each at most, are a double still. */
const chunk = 64;

/**
 * Evidence after more rows: how likely each was to go where it went, given what happened to it.
 *
 * That is its probability if the canary's odds are higher by a factor, over the share of requests that its arm gets.
 *
 * Arms are drawn, so that this is an e-value at any look, exactly, while the canary is no worse: whatever the shares
 * are, however they move, and however alike rows of a batch are.
 *
 * @param share  of requests that go to the canary, by draw, in (0, 1)
 * @returns the evidence at the end, and the natural logarithm of the most of it after any of the rows (of no row: now)
 * @see Turner, Ly and Grünwald 2024, doi:10.1080/00031305.2023.2181221 (with blocks in place of draws)
 */
export function withArmRows(
  { canary, champion, logs }: ArmEvidence,
  rows: readonly ArmRow[],
  share: number,
): { readonly evidence: ArmEvidence; readonly most: number } {
  const counts = { canary, champion };
  const totals = Float64Array.from(logs);
  let most = rows.length === 0 ? logEvidence({ logs }) : -Infinity;
  const [weights, factors] = [new Float64Array(logs.length), new Float64Array(logs.length)];
  for (let from = 0; from < rows.length; from += chunk) {
    const base = Math.max(...totals);
    totals.forEach((log, i) => (weights[i] = Math.exp(log - base) / totals.length));
    factors.fill(1);
    let highest = -Infinity;
    // Plain loops: a drill goes through some 10 million rows.
    for (let at = from; at < Math.min(rows.length, from + chunk); at++) {
      const { arm, isHit } = rows[at];
      const usual = (counts.champion.hits + priorHits) / (counts.champion.rows + priorRows);
      let mixed = 0;
      for (let i = 0; i < factors.length; i++) {
        const odds = (oddsRatios[i] * usual) / (1 - usual);
        const raised = odds / (1 + odds);
        const mean = share * raised + (1 - share) * usual;
        const here = arm === "canary" ? raised : usual;
        factors[i] *= isHit ? here / mean : (1 - here) / (1 - mean);
        mixed += weights[i] * factors[i];
      }
      highest = Math.max(highest, mixed);
      counts[arm] = withRow(counts[arm], isHit);
    }
    most = Math.max(most, base + Math.log(highest));
    factors.forEach((factor, i) => (totals[i] += Math.log(factor)));
  }
  return { evidence: { ...counts, logs: Array.from(totals) }, most };
}

/** Natural logarithm of the evidence over all factors: the mean of e-values is one. */
export function logEvidence({ logs }: Pick<ArmEvidence, "logs">): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length);
}
