import type { Evidence } from "../core/Evidence.js";
import type { Judgement } from "./judgeCheck.js";
import type { Check } from "./Scorecard.js";
import type { Standing } from "./scoreReadiness.js";

/**
 * Judgements of checks, each judged alone, after those that pass have been held back until their precondition passes.
 */
export function withPreconditions(
  checks: readonly Check[],
  alone: ReadonlyMap<string, Judgement>,
): ReadonlyMap<string, Judgement> {
  return new Map(
    checks.map(({ id, precondition }) => {
      const own = alone.get(id)!;
      if (precondition === undefined || own.status !== "PASS" || alone.get(precondition)?.status === "PASS")
        return [id, own];
      return [id, { ...own, status: "UNKNOWN", reason: `PRECONDITION: ${precondition} must pass first` }];
    }),
  );
}

/** A check is worth what its weakest piece of evidence is worth. */
export function standingOf({ status, exhibits }: Judgement): Required<Standing> {
  const evidence: readonly Evidence[] = exhibits.map((exhibit) => exhibit.evidence);
  return {
    status,
    credit: evidence.some(({ madeBy }) => madeBy === "assure") ? 0.5 : 1,
    simulated: evidence.some(({ labels }) => labels === "simulated"),
  };
}
