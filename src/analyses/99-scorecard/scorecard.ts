import type { EvidenceFile } from "../../core/Evidence.js";
import { evidenceOf, measurement } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { readAllEvidence, recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { evidenceFreshness, type EvidenceFreshness } from "../../io/evidence/evidenceFreshness.js";
import { evidenceHash, readLedger } from "../../io/evidence/evidenceLedger.js";
import { ownRehearsals, readRehearsals } from "../../io/evidence/rehearsalLedger.js";
import { projectName } from "../../io/projectPath.js";
import { readOnce } from "../../io/evidence/readOnce.js";
import { sha256 } from "../../io/sha256.js";
import { assessReadiness, type Assessment } from "../../scorecard/assessReadiness.js";
import { review2025 } from "../../scorecard/review2025.js";
import { rubric } from "../../scorecard/rubric.js";
import { rehearsedExhibits } from "./rehearsedExhibits.js";
import { relianceMeasurements } from "./relianceToday.js";

/** The file of the scorecard itself: a report on evidence, neither judged nor dated as evidence. */
export const scorecardId = "99-scorecard";

/** The seed of the draws behind the score's uncertainty. */
const seed = 1;

/** The scorecard and what its evidence files look like from this checkout. */
export interface ScorecardReport {
  readonly scorecard: Assessment;
  readonly files: readonly EvidenceFile[];
  readonly freshness: Readonly<Record<string, EvidenceFreshness>>;
}

/**
 * Judges all committed evidence. Nothing is written.
 *
 * @param options.asOf   ISO date against which age is judged; without it no evidence is STALE
 * @param options.fresh  evidence made a moment ago, judged in the place of what is committed under its id
 */
export async function judgeEvidence({
  asOf = null,
  fresh = [],
}: { readonly asOf?: string | null; readonly fresh?: readonly EvidenceFile[] } = {}): Promise<ScorecardReport> {
  const ledger = await readLedger();
  const replaced = new Set([scorecardId, ...fresh.map(({ id }) => id)]);
  const files = [...(await readAllEvidence()).filter(({ id }) => !replaced.has(id)), ...fresh];
  const read = readOnce();
  const freshness = Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [file.id, await evidenceFreshness(file, { ledger, asOf, read })] as const),
    ),
  );
  const exhibits = files.flatMap((file) =>
    evidenceOf(file).map((evidence) => ({ evidence, file: file.id, freshness: freshness[file.id] })),
  );
  const judged = rehearsedExhibits(exhibits, files, { rehearsals: await readRehearsals(), asOf });
  return {
    scorecard: assessReadiness(rubric, judged, review2025, seededRandom(seed), { hash: sha256 }),
    files,
    freshness,
  };
}

/** The ledger of rehearsals, where anything was rehearsed. */
async function rehearsalInputs(): Promise<readonly string[]> {
  return (await readRehearsals()).length === 0 ? [] : [projectName(ownRehearsals())];
}

/** SHA-256 of evidence files, by id. */
export function evidenceHashes(files: readonly EvidenceFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map((file) => [file.id, evidenceHash(file)]));
}

/**
 * Notebook 99: the scorecard, recorded with the hashes of the evidence it was computed from.
 *
 * @param fresh  evidence that the same notebook has just made: it is not in the project before the notebook has run
 */
export async function readinessScorecard(fresh: readonly EvidenceFile[] = []): Promise<EvidenceFile<Assessment>> {
  const { scorecard, files } = await judgeEvidence({ fresh });
  const committed = files.filter((file) => !fresh.includes(file));
  const count = (status: string): number => scorecard.checks.filter((check) => check.status === status).length;
  const checks = scorecard.checks.length;
  const { uncertainty, tests } = scorecard;
  const met = scorecard.review.findings.map((finding) => finding.met);
  const range = {
    low: uncertainty.from,
    high: uncertainty.to,
    level: 0.9,
    method:
      `parametric bootstrap of ${uncertainty.resampled.length} ` +
      `measurements with an interval, ${uncertainty.draws} draws`,
  };
  return recordedEvidence(
    {
      id: scorecardId,
      seed,
      inputs: [...committed.map(({ id }) => `data/evidence/${id}.json`), ...(await rehearsalInputs())],
      source: moduleSource(import.meta.url),
    },
    () =>
      Promise.resolve({
        result: scorecard,
        measurements: [
          measurement({
            id: "scorecard.displayed",
            meaning: "readiness score, capped by its gates",
            value: scorecard.displayed,
            unit: "of 100 points",
          }),
          measurement({
            id: "scorecard.low",
            meaning: "readiness score that evidence has earned",
            value: scorecard.low,
            unit: "of 100 points",
            interval: range,
          }),
          measurement({
            id: "scorecard.high",
            meaning: "readiness score if every UNKNOWN came to pass",
            value: scorecard.high,
            unit: "of 100 points",
          }),
          measurement({
            id: "scorecard.cap",
            meaning: "highest score that the gates allow",
            value: scorecard.cap,
            unit: "of 100 points",
          }),
          measurement({
            id: "scorecard.gatesClosed",
            meaning: "gates that are not open",
            value: scorecard.gatesNotPassed.length,
            unit: `of ${scorecard.checks.filter(({ gate }) => gate !== null).length} gates`,
          }),
          measurement({
            id: "scorecard.wishesMet",
            meaning: "numbers that the 2025 review asked for and that are measured and reached",
            value: met.filter((answer) => answer === "yes").length,
            unit: `of ${met.length} wishes`,
          }),
          measurement({
            id: "scorecard.expectedFalsePasses",
            meaning: "checks that pass by luck, at most, on average",
            value: tests.expectedFalsePasses,
            unit: "checks",
          }),
          measurement({
            id: "scorecard.reviewTable",
            meaning: "the 2025 review's category scores under its weights",
            value: scorecard.review.rescored.arithmetic,
            unit: "of 100 points",
          }),
          measurement({
            id: "scorecard.reviewCapped",
            meaning: "the same under the cap of a hard gate that is not passed",
            value: scorecard.review.rescored.capped,
            unit: "of 100 points",
          }),
          ...relianceMeasurements(scorecard.checks),
          ...["PASS", "FAIL", "UNKNOWN"].map((status) =>
            measurement({
              id: `scorecard.${status.toLowerCase()}`,
              meaning: `checks that are ${status}`,
              value: count(status),
              unit: `of ${checks} checks`,
            }),
          ),
        ],
      }),
  );
}
