import type { EvidenceFile } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import {
  crystallisationCeilings,
  type CrystallisationCeiling,
} from "../../problems/crystallisation/crystallisationCeilings.js";
import { crystallisationProblem } from "../../problems/crystallisation/crystallisationProblem.js";
import { scoreRivals } from "../../problems/crystallisation/scoreCandidates.js";
import { judgeQuestions } from "../../problems/questions/judgeQuestions.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import {
  type SplitReport,
  splitMeasurements,
  splitReport,
  splitsTable,
  told,
} from "../../problems/questions/splitReport.js";

/** The method on another chemistry: what a forest tells of wells that it has not seen, ever further away. */
export interface CrystallisationQuestions {
  readonly reports: readonly SplitReport[];
  readonly table: ShownTable;
  /** Agreement of repeats, and the accuracies between which the best model lies. */
  readonly repeats: ShownTable;
  readonly ceilings: readonly CrystallisationCeiling[];
}

/** Those under which every fold of the proof chose the forest; the proof says what others leave, and with limits. */
const splits = ["by plate", "laboratory HC", "laboratory ECL", "later date"] as const;

/** Notebook 07: the score of crystallisations of hybrid lead halides, by the rival that the proof `rivals` chose. */
export async function crystallisationQuestions({
  seed,
}: {
  readonly seed: number;
}): Promise<EvidenceFile<CrystallisationQuestions>> {
  return recordedEvidence(
    {
      id: "07-validation-crystallisations",
      inputs: [publishedFile("crystallisation-campaigns")],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
    },
    async () => {
      const rivals = { only: [scoreRivals.constant, scoreRivals.forest], chosen: scoreRivals.forest };
      const requests = splits.map((split) => ({ question: "crystallisation" as const, split, ...rivals }));
      const judged = await judgeQuestions(requests, { seed });
      const reports = judged.map((one) => splitReport(one, [scoreRivals.constant], seed));
      const { table } = await readRealTable("crystallisation-campaigns");
      const random = seededRandom(seed).fork("crystallisation ceilings");
      const ceilings = crystallisationCeilings(crystallisationProblem(table).rows, random, { draws: 500 });
      const alike = ceilings.filter(({ treatedAlike }) => treatedAlike);
      return {
        result: {
          reports,
          table: splitsTable("Crystallisations of hybrid lead halides", reports),
          repeats: shownTable({
            caption: "Repeats of one recipe, treated alike",
            columns: [
              { name: "repeated on", of: ({ repeats }) => repeats },
              { name: "wells", of: ({ ceiling }) => ceiling.n },
              { name: "agree", unit: "share", of: ({ ceiling }) => rounded(ceiling.agreement.value) },
              { name: "best model at least", unit: "share", of: ({ ceiling }) => rounded(ceiling.best?.least ?? null) },
              { name: "at most", unit: "share", of: ({ ceiling }) => rounded(ceiling.best?.most ?? null) },
              { name: "why not", of: ({ ceiling }) => ceiling.agreement.reason ?? "" },
            ],
            rows: alike,
          }),
          ceilings,
        },
        measurements: [
          ...splitMeasurements(reports),
          ...alike.map(({ repeats, ceiling }) =>
            told(
              `crystallisation.agreement-${repeats.replaceAll(" ", "-")}`,
              `share of repeats of one recipe, treated alike, that got the same score: ${repeats}`,
              ceiling.agreement,
              { unit: "share", n: ceiling.n },
            ),
          ),
        ],
      };
    },
  );
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
