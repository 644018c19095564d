import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { wilsonInterval } from "../../core/statistics/wilsonInterval.js";
import type { ControlChart, ControlPoint } from "../../figures/plotControlChart.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { rehearseRollout, type RolloutRehearsal, type RolloutStep } from "../../problems/phase/rehearseRollout.js";
import { rolloutPlan } from "../../problems/phase/rolloutPlan.js";

/** One rollout, from the log of requests to the decision to the rollback. */
export interface RolloutStory {
  /** `twin registry rehearse` does the same and dates it: the rollback's hash is what a rehearsal is known by. */
  readonly rehearsal: RolloutRehearsal;
  readonly chart: Omit<ControlChart, "id">;
  /** The registry's history. */
  readonly table: ShownTable;
}

/** Notebook 08: a bad version is tried on a fifth of the requests, found and withdrawn; the checks PI6 and PI7. */
export async function rolloutStory({ seed }: { readonly seed: number }): Promise<EvidenceFile<RolloutStory>> {
  const request = {
    id: "08-operation-rollout",
    inputs: ["data/predictions/ledger.jsonl", "data/predictions/models"],
    source: moduleSource(import.meta.url),
  };
  return recordedEvidence({ ...request, seed, engine: "simd", labels: "simulated" }, async () => {
    const rehearsal = await rehearseRollout(rolloutPlan, { seed });
    const { course, report, rollback, registry } = rehearsal;
    const { canary, champion, evidence } = report.harms.wrong;
    const last = course[course.length - 1];
    const isSame = rollback.bitwiseEqual && rollback.tellsApart;
    const share = ({ hits, rows }: typeof canary): number => hits / rows;
    return {
      result: {
        rehearsal,
        chart: chartOf(course, report.verdict === "abort"),
        table: shownTable({
          caption: "What the registry remembers",
          columns: [
            { name: "entry", of: ([at]) => at },
            { name: "what", of: ([, words]) => words },
          ],
          rows: rehearsal.history.map((words, i): readonly [number, string] => [i + 1, words]),
        }),
      },
      measurements: [
        measurement({
          id: "PI6.bitwiseEqual",
          meaning: "whether a champion that takes over again answers its probes as before, to the bit (1) or not (0)",
          value: isSame ? 1 : 0,
          unit: "1",
          n: rollback.probes,
        }),
        measurement({
          id: "PI7.hashMismatches",
          meaning: "versions and history entries of the rehearsed registry that do not have their hash",
          value: registry.mismatches.length,
          unit: "mismatches",
          n: registry.versions + registry.entries,
        }),
        measurement({
          id: "story.requests",
          meaning: "requests up to the decision, both arms",
          value: last.requests,
          unit: "requests",
        }),
        measurement({
          id: "story.canary",
          meaning: "share of the canary's answers that were wrong",
          value: share(canary),
          unit: "share",
          interval: wilsonInterval(canary.hits, canary.rows),
          n: canary.rows,
          baseline: share(champion),
        }),
        measurement({
          id: "story.champion",
          meaning: "share of the champion's answers that were wrong",
          value: share(champion),
          unit: "share",
          interval: wilsonInterval(champion.hits, champion.rows),
          n: champion.rows,
        }),
        measurement({
          id: "story.evidence",
          meaning: "evidence that the canary errs more often, as a factor on odds, natural logarithm",
          value: evidence,
          unit: "nats",
          n: canary.rows + champion.rows,
        }),
      ],
    };
  });
}

/** Shares of wrong answers so far, from the batch on in which both arms have enough. */
function chartOf(course: readonly RolloutStep[], isAborted: boolean): RolloutStory["chart"] {
  const shown = course.filter(({ champion, canary }) => Math.min(champion.rows, canary.rows) >= 20);
  const points = (arm: "champion" | "canary"): ControlPoint[] =>
    shown.map(({ requests, [arm]: { rows, wrong } }) => {
      const { low, high } = wilsonInterval(wrong, rows);
      return { at: requests, value: wrong / rows, low, high };
    });
  const last = course[course.length - 1];
  return {
    title: "A canary that errs more often",
    xTitle: "Requests of both arms (count)",
    yTitle: "Wrong answers so far (share)",
    series: [
      { name: "champion", points: points("champion") },
      { name: "canary", points: points("canary") },
    ],
    intervals: "95 % intervals over answers",
    reference: { at: last.champion.wrong / last.champion.rows, label: "champion at the decision" },
    events: isAborted ? [{ at: last.requests, label: "withdrawn" }] : [],
  };
}
