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

/**
 * Evidence after one more row: how likely it was to go where it went, given what happened to it.
 *
 * That is its probability if the canary's odds are higher by a factor, over the share of requests that its arm gets.
 *
 * Arms are drawn, so that this is an e-value at any look, exactly, while the canary is no worse: whatever the shares
 * are, however they move, and however alike rows of a batch are.
 *
 * @param share  of requests that go to the canary, by draw, in (0, 1)
 * @see Turner, Ly and Grünwald 2024, doi:10.1080/00031305.2023.2181221 (with blocks in place of draws)
 */
export function withArmRow(
  { canary, champion, logs }: ArmEvidence,
  { arm, isHit, share }: { readonly arm: Arm; readonly isHit: boolean; readonly share: number },
): ArmEvidence {
  const usual = (champion.hits + priorHits) / (champion.rows + priorRows);
  const next = logs.map((log, i) => {
    const odds = (oddsRatios[i] * usual) / (1 - usual);
    const raised = odds / (1 + odds);
    const mean = share * raised + (1 - share) * usual;
    const here = arm === "canary" ? raised : usual;
    return log + Math.log(isHit ? here / mean : (1 - here) / (1 - mean));
  });
  return {
    canary: arm === "canary" ? withRow(canary, isHit) : canary,
    champion: arm === "champion" ? withRow(champion, isHit) : champion,
    logs: next,
  };
}

/** Natural logarithm of the evidence over all factors: the mean of e-values is one. */
export function logEvidence({ logs }: ArmEvidence): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length);
}
