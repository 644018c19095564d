import type { ShadowComparison } from "./compareShadow.js";
import type { VariantComparison } from "./compareVariants.js";
import type { CanaryReport } from "./evaluateCanary.js";
import type { SampleRatio } from "./sampleRatioMismatch.js";

/** What is done with a version. */
export type RolloutAction = "promote" | "hold" | "rollback";

/** What one report says of a version, and why. */
export interface RolloutReason {
  readonly report: "canary" | "sampleRatio" | "shadow" | "variants";
  readonly says: RolloutAction;
  readonly because: string;
}

/** What is to be done with a version, with what every report said: the numbers that decided stand in them. */
export interface RolloutDecision {
  readonly decision: RolloutAction;
  readonly reasons: readonly RolloutReason[];
}

/** What is known of a version. Reports that were not made are null: they hold it, they never pass it. */
export interface RolloutReports {
  readonly canary: CanaryReport | null;
  readonly sampleRatio: SampleRatio | null;
  /** Left out where no shadow ran. */
  readonly shadow?: ShadowComparison | null;
  /** a is the champion, b the version. Left out where none was compared. */
  readonly variants?: VariantComparison | null;
}

const ofCanary = { abort: "rollback", halt: "hold", continue: "hold", pass: "promote" } as const;
const ofRatio = { "as drawn": "promote", mismatch: "hold", unknown: "hold" } as const;
const ofShadow = { better: "promote", worse: "rollback", undecided: "promote", unknown: "hold" } as const;
const ofVariants = {
  "a is better": "rollback",
  "b is better": "promote",
  undecided: "promote",
  unknown: "hold",
} as const;

/**
 * Decides what is done with a version: rollback if any report says so, promote if the canary passed and no other report
 * objects, hold otherwise. No data is never a pass.
 *
 * @example
 * ```ts
 * import { decideRollout } from "cspbbr3-twin";
 *
 * const { decision, reasons } = decideRollout({ canary: null, sampleRatio: null });
 * console.log(decision, reasons.map(({ report, because }) => `${report}: ${because}`).join("; "));
 * // hold canary: no data; sampleRatio: no data
 * ```
 */
export function decideRollout({ canary, sampleRatio, shadow, variants }: RolloutReports): RolloutDecision {
  const reasons = [
    said("canary", canary, ofCanary),
    said("sampleRatio", sampleRatio, ofRatio),
    ...(shadow === undefined ? [] : [said("shadow", shadow, ofShadow)]),
    ...(variants === undefined ? [] : [said("variants", variants, ofVariants)]),
  ];
  const says = reasons.map((reason) => reason.says);
  const decision = says.includes("rollback") ? "rollback" : says.includes("hold") ? "hold" : "promote";
  return { decision, reasons };
}

function said<Verdict extends string>(
  report: RolloutReason["report"],
  made: { readonly verdict: Verdict; readonly reason: string } | null,
  actions: Readonly<Record<Verdict, RolloutAction>>,
): RolloutReason {
  return made === null
    ? { report, says: "hold", because: "no data" }
    : { report, says: actions[made.verdict], because: `${made.verdict}: ${made.reason}` };
}
