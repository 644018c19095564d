import type { EvidenceFile } from "../core/Evidence.js";
import { evidenceOf, measurement } from "../core/Evidence.js";
import { readAllEvidence, recordedEvidence } from "../io/evidenceFiles.js";
import { evidenceFreshness, type EvidenceFreshness } from "../io/evidenceFreshness.js";
import { readLedger } from "../io/evidenceLedger.js";
import { computeScorecard } from "../scorecard/computeScorecard.js";
import { rubric } from "../scorecard/rubric.js";
import type { Scorecard } from "../scorecard/Scorecard.js";

/** The file of the scorecard itself: a report on evidence, neither judged nor dated as evidence. */
export const scorecardId = "99-scorecard";

/** The scorecard and what its evidence files look like from this checkout. */
export interface ScorecardReport {
  readonly scorecard: Scorecard;
  readonly files: readonly EvidenceFile[];
  readonly freshness: Readonly<Record<string, EvidenceFreshness>>;
}

/**
 * Judges all committed evidence. Nothing is written.
 *
 * @param options.asOf  ISO date against which age is judged; without it no evidence is STALE
 */
export async function judgeEvidence({ asOf = null }: { readonly asOf?: string | null } = {}): Promise<ScorecardReport> {
  const ledger = await readLedger();
  const files = (await readAllEvidence()).filter(({ id }) => id !== scorecardId);
  const freshness = Object.fromEntries(await Promise.all(files.map(async (file) => [file.id, await evidenceFreshness(file, { ledger, asOf })] as const)));
  const exhibits = files.flatMap((file) => evidenceOf(file).map((evidence) => ({ evidence, file: file.id, freshness: freshness[file.id] })));
  return { scorecard: computeScorecard(rubric, exhibits), files, freshness };
}

/** Notebook 99: the scorecard, recorded with the hashes of the evidence it was computed from. */
export async function readinessScorecard(): Promise<EvidenceFile<Scorecard>> {
  const { scorecard, files } = await judgeEvidence();
  const count = (status: string): number => scorecard.checks.filter((check) => check.status === status).length;
  const checks = scorecard.checks.length;
  return recordedEvidence({ id: scorecardId, inputs: files.map(({ id }) => `data/evidence/${id}.json`), source: "src/analyses/scorecard.ts" }, () =>
    Promise.resolve({
      result: scorecard,
      measurements: [
        measurement({ id: "scorecard.displayed", meaning: "readiness score, capped by its gates", value: scorecard.displayed, unit: "of 100 points" }),
        measurement({ id: "scorecard.low", meaning: "readiness score that evidence has earned", value: scorecard.low, unit: "of 100 points" }),
        measurement({ id: "scorecard.high", meaning: "readiness score if every UNKNOWN came to pass", value: scorecard.high, unit: "of 100 points" }),
        ...["PASS", "FAIL", "UNKNOWN"].map((status) => measurement({ id: `scorecard.${status.toLowerCase()}`, meaning: `checks that are ${status}`, value: count(status), unit: `of ${checks} checks` })),
      ],
    }),
  );
}
