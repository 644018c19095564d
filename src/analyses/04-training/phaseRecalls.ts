import { phaseNames } from "../../chemistry/phases.js";
import type { Random } from "../../core/random/Random.js";
import { batchEstimate, type BatchSums, type PhaseRecall, recall } from "../../problems/phase/batchSums.js";

/** Recalls with intervals that hold together with 95 %: each is one of 99 % (Bonferroni over the five phases). */
export function phaseRecalls(sums: BatchSums, randomOf: (phase: string) => Random): readonly PhaseRecall[] {
  const level = 1 - 0.05 / phaseNames.length;
  return phaseNames.map((phase, k) => ({
    phase,
    ...batchEstimate(sums.rows.length, recall(sums, k), randomOf(phase), { draws: 4000, level }),
    n: sums.truth[k].reduce((a, b) => a + b, 0),
  }));
}
