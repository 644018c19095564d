import type { CanaryPlan } from "../deployment/evaluateCanary.js";
import type { RequestBook } from "./requestBook.js";
import { type EndedRollout, type RolloutVerdict, verdictOf } from "./rollout.js";
import type { Versions } from "./Versions.js";

/** Something that somebody should know of at once. */
export interface ServerAlert {
  readonly id: "canary-aborted" | "challenger-promoted" | "rollout-not-carried-out";
  readonly severity: "warning" | "critical";
  readonly message: string;
  /** The numbers that fired it. */
  readonly numbers: object;
}

/** How a challenger is tried. */
export interface RolloutOptions {
  /** Null (default): no request goes to it. */
  readonly canary?: CanaryPlan | null;
  /** Whether it answers in the shadow what the champion answers (default false). */
  readonly shadow?: boolean;
  /** Whether a challenger that passed becomes the champion without being asked (default false: it is only said). */
  readonly promotes?: boolean;
}

/** Carries out what the numbers of a rollout say. */
export interface RolloutKeeper {
  /** Begins or goes on; ends what was decided and not carried out. */
  readonly start: () => Promise<void>;
  /** To be called whenever the numbers moved. */
  readonly moved: () => void;
  /** Waits for what is being carried out. */
  readonly settled: () => Promise<void>;
  readonly report: () => RolloutReport;
}

/** Where a rollout stands, for people. */
export interface RolloutReport {
  readonly state: "none" | "running" | "rolled back" | "promoted";
  readonly champion: string;
  readonly challenger: string | null;
  /** Share of requests that goes to the challenger now. */
  readonly share: number;
  readonly shadow: boolean;
  /** What the numbers say now; null without a rollout. */
  readonly verdict: RolloutVerdict | null;
  /** What was decided. */
  readonly ended: EndedRollout | null;
}

/** @param onAlert  takes what became of a challenger */
export function rolloutKeeper(
  book: RequestBook,
  versions: Versions,
  { canary = null, shadow = false, promotes = false }: RolloutOptions,
  onAlert: (alert: ServerAlert) => void,
): RolloutKeeper {
  const { champion, challenger } = versions;
  let isDue = false;
  let work: Promise<void> = Promise.resolve();

  const carryOut = async (ended: EndedRollout): Promise<void> => {
    const { decision, why, evidence } = ended;
    const isBack = decision === "rollback";
    try {
      await (isBack ? versions.rollBack : versions.promote)({ challenger: challenger!.version, why, evidence });
    } catch (error) {
      onAlert({
        id: "rollout-not-carried-out",
        severity: "critical",
        message:
          `the registry could not take the ${decision} of ${challenger!.version.slice(0, 12)}; this server goes by ` +
          `it all the same, and tries again when it starts: ${error instanceof Error ? error.message : String(error)}`,
        numbers: ended,
      });
    }
  };
  const look = async (): Promise<void> => {
    const state = book.rollout();
    if (state === null || state.ended !== null || challenger?.version !== state.plan.challenger) return;
    const verdict = verdictOf(state);
    const { decision, reasons } = verdict;
    if (decision === "hold" || (decision === "promote" && !promotes)) return;
    const why = reasons
      .filter(({ says }) => says === decision)
      .map(({ report, because }) => `${report}: ${because}`)
      .join("; ");
    const ended = await book.decide(decision, why, verdict);
    const isBack = decision === "rollback";
    onAlert({
      id: isBack ? "canary-aborted" : "challenger-promoted",
      severity: isBack ? "critical" : "warning",
      message: `${challenger.version.slice(0, 12)} ${isBack ? "was rolled back" : "is the champion now"}: ${why}`,
      numbers: ended,
    });
    await carryOut(ended);
  };
  const isOfNow = (): boolean => challenger !== null && book.rollout()?.plan.challenger === challenger.version;
  return {
    async start() {
      if (challenger === null || (canary === null && !shadow)) return;
      await book.begin({ champion: champion.version, challenger: challenger.version, canary, shadow });
      const ended = book.rollout()?.ended ?? null;
      if (ended !== null && isOfNow()) await carryOut(ended);
    },
    moved() {
      if (isDue) return;
      isDue = true;
      // Of lines that come together the last one is looked at.
      setImmediate(() => {
        isDue = false;
        work = work.then(look).catch((error: unknown) => {
          onAlert({
            id: "rollout-not-carried-out",
            severity: "critical",
            message: `a decision could not be kept: ${error instanceof Error ? error.message : String(error)}`,
            numbers: {},
          });
        });
      });
    },
    settled: () => work,
    report() {
      const state = isOfNow() ? book.rollout() : null;
      const ended = state?.ended ?? null;
      return {
        state:
          state === null
            ? "none"
            : ended === null
              ? "running"
              : ended.decision === "rollback"
                ? "rolled back"
                : "promoted",
        champion: champion.version,
        challenger: challenger?.version ?? null,
        share: state === null || ended !== null ? 0 : (state.plan.canary?.share ?? 0),
        shadow: state !== null && ended === null && state.plan.shadow,
        verdict: state === null ? null : verdictOf(state),
        ended,
      };
    },
  };
}
