import { type EvidenceFile, evidenceOf, measurement } from "../../core/Evidence.js";
import { newestRehearsal, type Rehearsal } from "../../io/evidence/rehearsalLedger.js";
import type { Exhibit } from "../../scorecard/judgeCheck.js";
import type { DemonstratedValidation } from "../../problems/registered/demonstratedValidation.js";
import type { RolloutStory } from "../08-operation/rolloutStory.js";

/** A check that goes stale unless what it shows is done again by hand: evidence made anew has no new date. */
interface RehearsedCheck {
  readonly check: string;
  readonly file: string;
  /** Hash of what a rehearsal proves, from the result of the evidence file. */
  readonly proof: (result: unknown) => string;
  readonly withMend: string;
  /** Measurement that a rehearsal makes, and what it means. */
  readonly made: { readonly id: string; readonly meaning: string };
}

const rehearsed: readonly RehearsedCheck[] = [
  {
    check: "PI6",
    file: "08-operation-rollout",
    proof: (result) => (result as RolloutStory).rehearsal.rollback.evidenceSha256,
    withMend: "run `twin registry rehearse` and commit data/evidence/rehearsals.jsonl",
    made: {
      id: "PI6.withinTimeLimit",
      meaning: "whether the newest rehearsal of what is proved here kept its time limit (1) or not (0)",
    },
  },
  {
    check: "PI8",
    file: "07-validation-continuous",
    proof: (result) => (result as DemonstratedValidation["result"]).evidenceSha256,
    withMend:
      "run `twin validate --new data/demonstration/outcomes.csv --ledger data/demonstration/ledger.jsonl " +
      "--rehearsals data/evidence/rehearsals.jsonl` and commit data/evidence/rehearsals.jsonl",
    made: {
      id: "PI8.lastRunFresh",
      meaning:
        "whether registered predictions of the demonstration, whose outcomes the twin simulated, were scored when " +
        "outcomes came (1), as of the newest run",
    },
  },
];

/**
 * Exhibits with those of rehearsed checks dated by the newest rehearsal that proved the same, and with whether it kept
 * its time limit. Where there was none, the latter is unknown.
 *
 * @param exhibits  of the evidence files
 * @param asOf      ISO date against which age is judged; null: age is not judged
 */
export function rehearsedExhibits(
  exhibits: readonly Exhibit[],
  files: readonly EvidenceFile[],
  { rehearsals, asOf }: { readonly rehearsals: readonly Rehearsal[]; readonly asOf: string | null },
): readonly Exhibit[] {
  return rehearsed.reduce((all: readonly Exhibit[], { check, file: id, proof, withMend, made }) => {
    const file = files.find((one) => one.id === id);
    if (file === undefined) return all;
    const newest = newestRehearsal(rehearsals, { check, evidenceSha256: proof(file.result) });
    const age = newest === null || asOf === null ? null : daysBetween(newest.day, asOf);
    const dated = all.map((exhibit) =>
      exhibit.evidence.id.startsWith(`${check}.`) ? { ...exhibit, freshness: { ...exhibit.freshness, age } } : exhibit,
    );
    const [own] = all.filter((exhibit) => exhibit.file === id);
    const kept = measurement({
      ...made,
      value: newest === null ? null : newest.withinTimeLimit ? 1 : 0,
      unit: "1",
      n: newest === null ? null : 1,
      reason: newest === null ? `not rehearsed since it was proved so: ${withMend}` : null,
    });
    const [evidence] = evidenceOf({ ...file, measurements: [kept] });
    return [...dated, { evidence, file: id, freshness: { ...own.freshness, age } }];
  }, exhibits);
}

/** Infinite for a day that is yet to come; one day ahead is a time zone. */
function daysBetween(day: string, asOf: string): number {
  const days = Math.round((Date.parse(asOf) - Date.parse(day)) / 86_400_000);
  return days < -1 ? Infinity : days;
}
