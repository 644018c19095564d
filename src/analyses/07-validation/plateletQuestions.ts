import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { rocAuc } from "../../core/metrics/rocAuc.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { type EstimateOrReason, estimateOf } from "../../core/statistics/Estimate.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import type { ShownTable } from "../../core/ShownTable.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { polarityAlone } from "../../problems/platelets/plateletProblems.js";
import { type JudgedQuestion, judgeQuestions, type QuestionRequest } from "../../problems/questions/judgeQuestions.js";
import { pairedComparison } from "../../validation/pairedComparison.js";
import { replicateNoise, type ReplicateNoise } from "../../validation/replicateNoise.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import { type SplitReport, splitMeasurements, splitReport, splitsTable, told } from "./splitReport.js";

/** What can be told of platelets, under ever harder splits. */
export interface PlateletQuestions {
  readonly reports: readonly SplitReport[];
  readonly table: ShownTable;
  /** Of R², by question. */
  readonly ceilings: Readonly<Record<string, ReplicateNoise>>;
}

/** As the peers of the bars, and the one that the proof `rivals` chose most often. */
const quantityRivals = ["constant", "ridge", "Gaussian process", "extremely randomised trees"];
const formedRivals = ["constant", polarityAlone, "logistic", "Gaussian process"];

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
      inputs: [publishedFile("nanoplatelets-all")],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
    },
    async () => {
      const judged = await judgeQuestions([...quantities, ...formed], { seed });
      const reports = judged.map((one) =>
        splitReport(one, one.asked.problem.classes === null ? quantityRivals.slice(1) : [polarityAlone], seed),
      );
      const random = seededRandom(seed).fork("platelet questions");
      const byRecipe = judged.filter(({ request, scores }) => request.split === "by recipe" && scores !== null);
      const ceilings = Object.fromEntries(
        byRecipe
          .filter(({ asked }) => asked.problem.classes === null)
          .map((one) => [one.request.question, ceilingOf(one)]),
      );
      return {
        result: { reports, table: splitsTable("Platelets of one laboratory", reports), ceilings },
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

/** Of the rows that were tested, whose recipes the groups of the split are. */
function ceilingOf({ asked, split, answers }: JudgedQuestion): ReplicateNoise {
  const values = Array.from(answers!.places, (row) => asked.problem.truth[row]);
  const recipes = Array.from(answers!.places, (row) => split.groups[row]);
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
    { unit: split.unit, level: 0.9 },
  );
  return told(id, meaning, gain, { unit: "1", n: truth.length, baseline: 0 });
}

/** Whether failures are told from what formed, in antisolvents that are new; polarity alone beside it. */
function failures(judged: readonly JudgedQuestion[], random: Random): readonly Measurement[] {
  const { answers, asked, split } = find(judged, "platelet-formed", "unseen antisolvent");
  const truth = Array.from(answers!.places, (row) => asked.problem.truth[row]);
  const groups = Array.from(answers!.places, (row) => split.groups[row]);
  const areaOf =
    (probabilities: Float64Array): ((rows: Uint32Array) => number) =>
    (rows) =>
      rocAuc(
        Array.from(rows, (at) => truth[at]),
        Array.from(rows, (at) => probabilities[2 * at + 1]),
      ) ?? 0.5;
  const [chosen, polarity] = [answers!.chosen, answers!.byRival[polarityAlone]].map(areaOf);
  const estimate = (area: (rows: Uint32Array) => number, name: string): EstimateOrReason => {
    const value = area(Uint32Array.from(truth.keys()));
    const { interval, reason } = groupInterval(groups, area, random.fork(name), { kind: "share", unit: split.unit });
    return interval === null ? { value, interval, reason } : { ...estimateOf(value, interval), reason: null };
  };
  const n = truth.length;
  return [
    told(
      "platelet-formed.area",
      "how likely a synthesis that formed was given a higher probability than one that failed, its antisolvent left out",
      estimate(chosen, "chosen"),
      { unit: "1", n, baseline: 0.5 },
    ),
    told("platelet-formed.areaByPolarity", `the same by ${polarityAlone}`, estimate(polarity, "polarity"), {
      unit: "1",
      n,
      baseline: 0.5,
    }),
    told(
      "platelet-formed.areaGain",
      "the first less the second",
      pairedComparison(groups, chosen, polarity, random.fork("gain"), { unit: split.unit }).gain,
      { unit: "1", n, baseline: 0 },
    ),
  ];
}
