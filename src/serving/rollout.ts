import type { Arm } from "../deployment/armEvidence.js";
import { compareShadow, type ShadowCounts } from "../deployment/compareShadow.js";
import { decideRollout, type RolloutDecision, type RolloutReports } from "../deployment/decideRollout.js";
import {
  type CanaryPlan,
  type CanaryState,
  evaluateCanary,
  observeOutcomes,
  observeRequests,
  startCanary,
} from "../deployment/evaluateCanary.js";
import { sampleRatioMismatch } from "../deployment/sampleRatioMismatch.js";

/** How a challenger is tried, fixed before its first request. */
export interface RolloutPlan {
  readonly champion: string;
  readonly challenger: string;
  /** Null where no request goes to it. */
  readonly canary: CanaryPlan | null;
  /** Whether it answers in the shadow. */
  readonly shadow: boolean;
  /** Entry of the registry's history that put the challenger there, as Versions has it. */
  readonly since?: string;
}

/** Where a rollout stands: what the lines of the log up to now add up to. */
export interface RolloutState {
  readonly plan: RolloutPlan;
  readonly canary: CanaryState | null;
  /** Requests by arm. */
  readonly arms: Readonly<Record<Arm, number>>;
  /** Requests whose outcome is awaited. */
  readonly awaited: number;
  readonly shadow: ShadowCounts;
  /** What was decided: afterwards nothing goes to the challenger. */
  readonly ended: EndedRollout | null;
}

/** How a rollout ended. */
export interface EndedRollout {
  readonly decision: "promote" | "rollback";
  readonly why: string;
  /** Hash of the numbers that decided. */
  readonly evidence: string;
}

/** What changes it: parts of lines of the log. */
export type RolloutEvent =
  | {
      readonly kind: "request";
      readonly id: string;
      readonly arm: Arm;
      readonly failed: boolean;
      readonly invalid: boolean;
      readonly slow: boolean;
    }
  | {
      readonly kind: "outcome";
      readonly id: string;
      /** Null where its request is not of this rollout, gave no valid answer, or was counted before. */
      readonly arm: Arm | null;
      readonly isWrong: boolean;
      /** Whether the challenger was wrong in the shadow; null where it did not answer there. */
      readonly isShadowWrong: boolean | null;
    }
  | { readonly kind: "shadow"; readonly failed: boolean; readonly alike: boolean }
  | ({ readonly kind: "decision" } & EndedRollout);

const noShadow: ShadowCounts = {
  requests: 0,
  unanswered: 0,
  alike: 0,
  outcomes: 0,
  onlyChampionRight: 0,
  onlyChallengerRight: 0,
};

/** Begins a rollout. @throws InputError as startCanary */
export function startRollout(plan: RolloutPlan): RolloutState {
  return {
    plan,
    canary: plan.canary === null ? null : startCanary(plan.canary),
    arms: { canary: 0, champion: 0 },
    awaited: 0,
    shadow: noShadow,
    ended: null,
  };
}

/**
 * State after one more line of the log. A request counts once, by the first outcome that comes of it: its recipes went
 * one way together, so that they are one draw. Corrected outcomes take no evidence back.
 */
export function foldRollout(state: RolloutState, event: RolloutEvent): RolloutState {
  const { canary } = state;
  switch (event.kind) {
    case "request": {
      const { arm, failed, invalid } = event;
      if (canary === null) return state;
      return {
        ...state,
        // Those that await an outcome are counted here: their ids stand in the log.
        canary: { ...observeRequests(canary, [event]), awaited: {} },
        arms: { ...state.arms, [arm]: state.arms[arm] + 1 },
        awaited: state.awaited + (failed || invalid ? 0 : 1),
      };
    }
    case "outcome": {
      const { id, arm, isWrong, isShadowWrong } = event;
      const compared = isShadowWrong === null ? state : { ...state, shadow: withLone(state.shadow, event) };
      if (canary === null || arm === null) return compared;
      const seen = observeOutcomes({ ...canary, awaited: { [id]: arm } }, [{ id, wrong: isWrong }]);
      return { ...compared, canary: seen, awaited: state.awaited - 1 };
    }
    case "shadow": {
      const { requests, unanswered, alike, ...others } = state.shadow;
      const shadow = {
        ...others,
        requests: requests + 1,
        unanswered: unanswered + (event.failed ? 1 : 0),
        alike: alike + (event.alike ? 1 : 0),
      };
      return { ...state, shadow };
    }
    case "decision": {
      const { decision, why, evidence } = event;
      return { ...state, ended: { decision, why, evidence } };
    }
  }
}

function withLone(
  shadow: ShadowCounts,
  { isWrong, isShadowWrong }: { readonly isWrong: boolean; readonly isShadowWrong: boolean | null },
): ShadowCounts {
  return {
    ...shadow,
    outcomes: shadow.outcomes + 1,
    onlyChampionRight: shadow.onlyChampionRight + (!isWrong && isShadowWrong === true ? 1 : 0),
    onlyChallengerRight: shadow.onlyChallengerRight + (isWrong && isShadowWrong === false ? 1 : 0),
  };
}

/** What is to be done with the challenger now, with the reports that say so. */
export interface RolloutVerdict extends RolloutDecision {
  readonly reports: RolloutReports;
}

/** What the numbers so far say. No data is never a pass. */
export function verdictOf({ plan, canary, arms, awaited, shadow }: RolloutState): RolloutVerdict {
  const requests = arms.canary + arms.champion;
  const reports: RolloutReports = {
    canary: canary === null ? null : evaluateCanary(canary, { awaited }),
    sampleRatio:
      plan.canary === null || requests === 0
        ? null
        : sampleRatioMismatch([arms.canary, arms.champion], [plan.canary.share, 1 - plan.canary.share]),
    ...(plan.shadow ? { shadow: shadow.requests === 0 ? null : compareShadow(shadow) } : {}),
  };
  return { ...decideRollout(reports), reports };
}
