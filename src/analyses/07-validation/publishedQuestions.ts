import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { argmax } from "../../core/metrics/argmax.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { estimateOf } from "../../core/statistics/Estimate.js";
import { leastEstimate } from "../../core/statistics/leastEstimate.js";
import type { ShownTable } from "../../core/ShownTable.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { sizeRivals } from "../../problems/published/sizeCandidates.js";
import { type JudgedQuestion, judgeQuestions, type QuestionRequest } from "../../problems/questions/judgeQuestions.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import { type SplitReport, splitMeasurements, splitReport, splitsTable } from "./splitReport.js";

/** What can be told of published recipes: phase and size, and the size of CdSe with more papers. */
export interface PublishedQuestions {
  readonly reports: readonly SplitReport[];
  readonly table: ShownTable;
}

/** The CdSe table is as large as all others: the rival that the proof `rivals` chose is fitted alone. */
const seleniumRivals = { only: ["constant", sizeRivals.law, sizeRivals.trees], chosen: sizeRivals.trees } as const;

const requests: readonly QuestionRequest[] = [
  { question: "published-phase", split: "unseen paper" },
  { question: "published-phase", split: "held-out papers" },
  { question: "published-size", split: "unseen paper" },
  { question: "published-size", split: "later year" },
  { question: "cadmium-selenide-size", split: "rows at random", ...seleniumRivals },
  { question: "cadmium-selenide-size", split: "unseen paper", ...seleniumRivals },
  { question: "cadmium-selenide-size", split: "later year", ...seleniumRivals },
];

/** Notebook 07: phase and size of published recipes, papers left out; the check VR4. */
export async function publishedQuestions({
  seed,
}: {
  readonly seed: number;
}): Promise<EvidenceFile<PublishedQuestions>> {
  return recordedEvidence(
    {
      id: "07-validation-published",
      inputs: [publishedFile("recipes"), publishedFile("cadmium-selenide"), "data/literature/held-out-dois.json"],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
    },
    async () => {
      const judged = await judgeQuestions(requests, { seed });
      const reports = judged.map((one) => splitReport(one, rivalsOf(one), seed));
      return {
        result: { reports, table: splitsTable("Published recipes, papers left out", reports) },
        measurements: [...splitMeasurements(reports), ...acrossPapers(judged[0])],
      };
    },
  );
}

function rivalsOf({ request: { question } }: JudgedQuestion): readonly string[] {
  return question === "published-phase" ? ["constant"] : [sizeRivals.trees, sizeRivals.law];
}

/** Asked of MP1, and of each laboratory less 5 points. */
const [wanted, tolerance] = [0.85, 0.05] as const;

/**
 * The phase in the paper that is told worst. A paper of n recipes that are all told rightly still has a lower bound of
 * 0.05^(1/n): that is its ceiling, whatever the model.
 */
function acrossPapers({ asked, split, answers }: JudgedQuestion): readonly Measurement[] {
  const named = argmax(answers!.chosen, asked.problem.classes!.length);
  const papers = new Map<string, { rows: number; right: number }>();
  answers!.places.forEach((row, at) => {
    const paper = papers.get(split.groups[row]) ?? { rows: 0, right: 0 };
    paper.rows++;
    paper.right += Number(named[at] === asked.problem.truth[row]);
    papers.set(split.groups[row], paper);
  });
  const level = 1 - 0.1 / papers.size;
  const each = Array.from(papers.values(), ({ rows, right }) => ({
    rows,
    ...estimateOf(right / rows, clopperPearson(right, rows, { level })),
  }));
  const worst = leastEstimate(each);
  const fewest = Math.min(...each.map(({ rows }) => rows));
  const needed = Math.ceil(Math.log(0.05) / Math.log(wanted - tolerance));
  const enough = each.filter(({ rows }) => rows >= needed).length;
  const shifted = (value: number): number => value - wanted;
  return [
    measurement({
      id: "VR4.labs",
      meaning: "papers of published Cs-Pb-Br recipes, each left out once; a paper stands for its laboratory",
      value: papers.size,
      unit: "papers",
      n: answers!.places.length,
    }),
    measurement({
      id: "VR4.worstLabMargin",
      meaning: "accuracy of the phase in the paper that is told worst, less 0.85; Bonferroni over the papers",
      value: shifted(worst.value),
      unit: "share difference",
      interval: { ...worst.interval, low: shifted(worst.interval.low), high: shifted(worst.interval.high) },
      n: answers!.places.length,
    }),
    measurement({
      id: "VR4.ceiling",
      meaning:
        `the lower bound of a paper of ${fewest} ${fewest === 1 ? "recipe" : "recipes"}, all told rightly, less 0.85: ` +
        `a paper needs ${needed} recipes, and ${enough} of ${papers.size} have as many`,
      value: shifted(0.05 ** (1 / fewest)),
      unit: "share difference",
      n: fewest,
    }),
  ];
}
