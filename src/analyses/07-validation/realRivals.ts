import type { EvidenceFile } from "../../core/Evidence.js";
import type { ShownTable } from "../../core/ShownTable.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { quickRivals, scoreRivals } from "../../problems/crystallisation/scoreCandidates.js";
import { sizeRivals } from "../../problems/published/sizeCandidates.js";
import { judgeQuestions, type QuestionRequest } from "../../problems/questions/judgeQuestions.js";
import { type QuestionId, questionIds, questionTable, realQuestion } from "../../problems/questions/realQuestions.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import {
  probabilitiesTable,
  type SplitReport,
  splitMeasurements,
  splitReport,
  splitsTable,
} from "../../problems/questions/splitReport.js";

/** All questions under all splits. */
export interface RealRivals {
  readonly reports: readonly SplitReport[];
  readonly table: ShownTable;
  /** Of questions about classes. */
  readonly probabilities: ShownTable;
}

/** With which the chosen one is compared: what a peer would bring. */
const peers: Readonly<Record<QuestionId, readonly string[]>> = {
  "published-phase": ["constant"],
  "published-size": [sizeRivals.trees, sizeRivals.law],
  "cadmium-selenide-size": [sizeRivals.trees, sizeRivals.law],
  "platelet-peak": ["extremely randomised trees", "ridge"],
  "platelet-width": ["extremely randomised trees", "ridge"],
  "platelet-yield": ["extremely randomised trees", "ridge"],
  "platelet-formed": ["constant"],
  crystallisation: [scoreRivals.forest, scoreRivals.constant],
};

/** Splits of wells for which a Gaussian process comes too: those that a bar was set for. */
const processSplits: readonly string[] = ["by plate", "laboratory HC", "laboratory ECL"];

/**
 * The proof `rivals`: every rival of every question to a real table, under every split, chosen by the training rows
 * alone. Twenty-five minutes of two cores, most of them for Gaussian processes of wells, which come under three splits.
 */
export function realRivals({ seed }: { readonly seed: number }): Promise<EvidenceFile<RealRivals>> {
  return recordedEvidence(
    {
      id: "assure-rivals",
      inputs: [
        ...new Set(questionIds.map((id) => publishedFile(questionTable(id)))),
        "data/literature/held-out-dois.json",
      ],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
      madeBy: "assure",
    },
    async () => {
      const requests: QuestionRequest[] = [];
      for (const question of questionIds) {
        const { splits } = await realQuestion(question, { seed });
        for (const { name: split } of splits)
          requests.push({
            question,
            split,
            ...(question === "crystallisation" && !processSplits.includes(split) ? { only: quickRivals } : {}),
            byClass: question === "platelet-formed",
          });
      }
      const judged = await judgeQuestions(requests, {
        seed,
        onProgress: (done, all) => console.log(`… ${done} of ${all} folds`),
      });
      const reports = judged.map((one) => {
        const { question, split } = one.request;
        const hasProcess = question === "crystallisation" && processSplits.includes(split);
        return splitReport(one, hasProcess ? [...peers[question], scoreRivals.process] : peers[question], seed);
      });
      return {
        result: {
          reports,
          table: splitsTable("All rivals of all questions", reports),
          probabilities: probabilitiesTable("All questions about classes", reports),
        },
        measurements: splitMeasurements(reports, { within: "rivals." }),
      };
    },
  );
}
