import type { Alert } from "../core/Alert.js";
import type { CanaryPlan } from "../deployment/evaluateCanary.js";
import { promotionAlert, rolloutAlerts, undoneRolloutAlert } from "../monitoring/alerts/rolloutAlerts.js";
import type { RequestBook } from "./requestBook.js";
import { type EndedRollout, type RolloutVerdict, verdictOf } from "./rollout.js";
import type { Versions } from "./Versions.js";

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

/** @param onAlert  takes what became of a challenger, and what its rollout waits for: each once while it lasts */
export function rolloutKeeper(
  book: RequestBook,
  versions: Versions,
  { canary = null, shadow = false, promotes = false }: RolloutOptions,
  onAlert: (alert: Alert) => void,
): RolloutKeeper {
  const { champion, challenger, since } = versions;
  let isDue = false;
  let work: Promise<void> = Promise.resolve();

  /** Alerts that stand, by id. */
  const standing = new Set<string>();
  const because = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  const carryOut = async ({ decision, why, evidence }: EndedRollout): Promise<void> => {
    const { version } = challenger!;
    try {
      await (decision === "rollback" ? versions.rollBack : versions.promote)({ challenger: version, why, evidence });
    } catch (error) {
      // This server goes by the decision all the same, and tries again when it starts.
      onAlert(undoneRolloutAlert({ version, decision, because: because(error) }));
    }
  };
  const tell = ({ reports }: RolloutVerdict): void => {
    const { canary: found } = reports;
    // Before both have requests it halts as it should; that none ever comes sampleRatio tells.
    const isBegun = found !== null && Math.min(found.harms.failed.canary.rows, found.harms.failed.champion.rows) > 0;
    const alerts = rolloutAlerts({ ...reports, canary: isBegun ? found : null }, { version: challenger!.version });
    for (const id of standing) if (!alerts.some((alert) => alert.id === id)) standing.delete(id);
    for (const alert of alerts) {
      if (standing.has(alert.id)) continue;
      standing.add(alert.id);
      onAlert(alert);
    }
  };
  const look = async (): Promise<void> => {
    const state = book.rollout();
    if (state === null || state.ended !== null || challenger?.version !== state.plan.challenger) return;
    const verdict = verdictOf(state);
    const { decision, reasons } = verdict;
    tell(verdict);
    if (decision === "hold" || (decision === "promote" && !promotes)) return;
    const why = reasons
      .filter(({ says }) => says === decision)
      .map(({ report, because }) => `${report}: ${because}`)
      .join("; ");
    const ended = await book.decide(decision, why, verdict);
    if (decision === "promote")
      onAlert(promotionAlert({ from: champion.version, to: challenger.version, because: why }));
    await carryOut(ended);
  };
  /** Whether the rollout is of the challenger as it was put there this time. */
  const isOfNow = (): boolean => {
    const plan = book.rollout()?.plan;
    return challenger !== null && plan?.challenger === challenger.version && plan.since === since;
  };
  return {
    async start() {
      if (challenger === null) return;
      const ended = isOfNow() ? (book.rollout()?.ended ?? null) : null;
      // What was decided of it comes first, whatever is to be tried now.
      if (ended !== null) return carryOut(ended);
      // Where nothing is to be tried any more, a rollout that stands in the log ends with one of nothing.
      if (canary === null && !shadow && book.rollout()?.plan.challenger !== challenger.version) return;
      const plan = { champion: champion.version, challenger: challenger.version, canary, shadow };
      await book.begin(since === undefined ? plan : { ...plan, since });
    },
    moved() {
      if (isDue) return;
      isDue = true;
      // Of lines that come together the last one is looked at.
      setImmediate(() => {
        isDue = false;
        work = work.then(look).catch((error: unknown) => {
          const version = challenger?.version ?? champion.version;
          onAlert(undoneRolloutAlert({ version, decision: "decision", because: because(error) }));
        });
      });
    },
    settled: () => work,
    report() {
      const standing = isOfNow() ? book.rollout() : null;
      const isTried = standing !== null && (standing.plan.canary !== null || standing.plan.shadow);
      const state = isTried ? standing : null;
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
