import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import type { ShownTable } from "../../core/ShownTable.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { formedClasses } from "../../problems/platelets/plateletCandidates.js";
import { polarityAlone } from "../../problems/platelets/plateletProblems.js";
import { scoreFormed } from "../../problems/platelets/scoreFormed.js";
import { type JudgedQuestion, judgeQuestions, type QuestionRequest } from "../../problems/questions/judgeQuestions.js";
import { pairedComparison } from "../../validation/pairedComparison.js";
import { replicateNoise, type ReplicateNoise } from "../../validation/replicateNoise.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import { type PlateletStory, plateletStory } from "./plateletStory.js";
import {
  probabilitiesTable,
  type SplitReport,
  splitMeasurements,
  splitReport,
  splitsTable,
  told,
} from "../../problems/questions/splitReport.js";

/** What can be told of platelets, under ever harder splits. */
export interface PlateletQuestions {
  readonly reports: readonly SplitReport[];
  readonly table: ShownTable;
  /** Of whether they form. */
  readonly probabilities: ShownTable;
  /** One synthesis, followed to the end. */
  readonly story: PlateletStory;
  /** Of R², by question. */
  readonly ceilings: Readonly<Record<string, ReplicateNoise>>;
}

/** The one that the proof `rivals` chose most often, and what is simpler. */
const quantityRivals = ["constant", "ridge", "Gaussian process", "Gaussian process of one length"];
/** With which the chosen one is compared. */
const peers = ["ridge"];
const formedRivals = ["constant", polarityAlone, "logistic", "forest"];

const quantities: readonly QuestionRequest[] = [
  ...["by recipe", "unseen antisolvent", "later date"].map((split) => ({ question: "platelet-peak" as const, split })),
  ...["by recipe", "later date"].map((split) => ({ question: "platelet-width" as const, split })),
  { question: "platelet-yield" as const, split: "by recipe" },
].map((request) => ({ ...request, only: quantityRivals }));
const formed: readonly QuestionRequest[] = ["by recipe", "unseen antisolvent", "later date"].map((split) => ({
  question: "platelet-formed" as const,
  split,
  only: formedRivals,
  // Failures are few: a promise over both classes would say nothing of them.
  byClass: true,
}));

/** Notebook 07: peak, width, quantum yield and failure of platelets; the checks MP7 and VR3. */
export async function plateletQuestions({ seed }: { readonly seed: number }): Promise<EvidenceFile<PlateletQuestions>> {
  return recordedEvidence(
    {
      id: "07-validation-platelets",
      inputs: [publishedFile("nanoplatelets-all"), publishedFile("nanoplatelet-spectra")],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
    },
    async () => {
      const judged = await judgeQuestions([...quantities, ...formed], { seed });
      const reports = judged.map((one) =>
        splitReport(one, one.asked.problem.classes === null ? peers : [polarityAlone], seed),
      );
      const random = seededRandom(seed).fork("platelet questions");
      const byRecipe = judged.filter(({ request, scores }) => request.split === "by recipe" && scores !== null);
      const ceilings = Object.fromEntries(
        byRecipe
          .filter(({ asked }) => asked.problem.classes === null)
          .map((one) => [one.request.question, ceilingOf(one)]),
      );
      return {
        result: {
          reports,
          table: splitsTable("Platelets of one laboratory", reports),
          probabilities: probabilitiesTable("Platelets of one laboratory", reports),
          story: plateletStory(
            (await readRealTable("nanoplatelets-all")).table,
            (await readRealTable("nanoplatelet-spectra")).table,
            byRecipe.filter(({ asked }) => asked.problem.classes === null),
          ),
          ceilings,
        },
        measurements: [
          ...splitMeasurements(reports),
          ...Object.entries(ceilings).map(([question, noise]) =>
            told(
              question === "platelet-peak" ? "MP7.ceiling" : `ceiling.${question}`,
              `R² that repeats of one recipe leave to any model: ${question.replace("-", " ")}, by recipe`,
              noise.ceiling,
              { unit: "1", n: noise.n },
            ),
          ),
          realRegression(judged),
          temporalDrop(judged, random.fork("drop")),
          ...failures(judged, random.fork("failures")),
        ],
      };
    },
  );
}

function find(judged: readonly JudgedQuestion[], question: string, split: string): JudgedQuestion {
  return judged.find(({ request }) => request.question === question && request.split === split)!;
}

/** Of the rows that were tested: rivals are told the recipe and which fraction was measured. */
function ceilingOf({ asked, answers }: JudgedQuestion): ReplicateNoise {
  const values = Array.from(answers!.places, (row) => asked.problem.truth[row]);
  const recipes = Array.from(answers!.places, (row) => asked.repeats![row]);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return replicateNoise(values, recipes, { variance });
}

function realRegression(judged: readonly JudgedQuestion[]): Measurement {
  const { scores } = find(judged, "platelet-peak", "by recipe");
  return told(
    "MP7.r2",
    "R² of the emission peak of CsPbBr3 platelets, recipes left out, of the rival that the training rows choose",
    scores!.chosen.score,
    { unit: "1", n: scores!.rows, baseline: scores!.rivals[0].score.value },
  );
}

/** On the very rows of later dates: told by recipes of all dates but their own, and by the first date alone. */
function temporalDrop(judged: readonly JudgedQuestion[], random: Random): Measurement {
  const id = "VR3.temporalDrop";
  const meaning =
    "R² of the emission peak of later platelets when other recipes of all dates are known, " +
    "less that when the first date alone is";
  const [before, later] = ["by recipe", "later date"].map((split) => find(judged, "platelet-peak", split));
  if (later.answers === null) return measurement({ id, meaning, value: null, unit: "1", reason: later.reason! });
  const { answers, asked, split } = later;
  const at = new Map(Array.from(before.answers!.places, (row, place) => [row, place]));
  const truth = Array.from(answers.places, (row) => asked.problem.truth[row]);
  const beforehand = Array.from(answers.places, (row) => before.answers!.chosen[at.get(row)!]);
  const { gain } = pairedComparison(
    Array.from(answers.places, (row) => split.groups[row]),
    explainedOfRows(truth, beforehand),
    explainedOfRows(truth, answers.chosen),
    random,
    { unit: split.unit },
  );
  return told(id, meaning, gain, { unit: "1", n: truth.length, baseline: 0 });
}

/** Whether failures are told from what formed, in antisolvents that are new; polarity alone beside it. */
function failures(judged: readonly JudgedQuestion[], random: Random): readonly Measurement[] {
  const { answers, asked, split } = find(judged, "platelet-formed", "unseen antisolvent");
  const { area, polarity, gain, coverage, rows } = scoreFormed(asked.problem, split, answers!, random);
  const of = (id: string, meaning: string, estimate: EstimateOrReason, baseline: number | null): Measurement =>
    told(`platelet-formed.${id}`, meaning, estimate, { unit: "1", n: rows, baseline });
  return [
    of(
      "area",
      "how likely a synthesis that formed was given a higher probability than one that failed, its antisolvent left " +
        "out; chance is not 0.5, as folds are pooled",
      area,
      polarity.value,
    ),
    of("areaByPolarity", `the same by ${polarityAlone}`, polarity, null),
    of("areaGain", "the first less the second", gain, 0),
    ...formedClasses.map((name) =>
      of(`coverage-${name}`, `share of sets that hold what happened, of syntheses that ${name}`, coverage[name], 0.9),
    ),
  ];
}
