import type { PairedGain } from "../../problems/fewRows/pairedGain.js";

/** By how much the log loss of a model is smaller than that of another, on rows that neither has seen. */
export interface GainOver extends PairedGain {
  readonly over: string;
}

/** Whether a model loses by more than a standard error. */
export function isWorse({ gain, standardError }: PairedGain): boolean {
  return gain + standardError < 0;
}

/**
 * What a model is worth beside what needs none, a line for each.
 *
 * @param constant  name of the constant answer: what is no better than it says nothing
 */
export function verdictInWords(gains: readonly GainOver[], constant: string): string[] {
  return gains.map((own) => {
    const { over, gain, standardError } = own;
    const by = `${Math.abs(gain).toFixed(3)} ± ${standardError.toFixed(3)} nats`;
    if (gain === 0 && standardError === 0) return `it answers as "${over}" does`;
    if (gain - standardError > 0) return `it is better than "${over}" by ${by}`;
    if (isWorse(own)) return `it is WORSE than "${over}" by ${by}: do not use it`;
    const shown = `it is not shown to be better than "${over}" (${gain < 0 ? "worse" : "better"} by ${by})`;
    return `${shown}: ${over === constant ? "do not rely on it yet" : "your rows do not tell more yet"}`;
  });
}
