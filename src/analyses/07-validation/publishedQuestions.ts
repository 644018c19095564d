import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { argmax } from "../../core/metrics/argmax.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { type EstimateOrReason, estimateOf } from "../../core/statistics/Estimate.js";
import { groupInterval } from "../../core/statistics/groupInterval.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { leastEstimate } from "../../core/statistics/leastEstimate.js";
import type { ShownTable } from "../../core/ShownTable.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { sizeRivals } from "../../problems/published/sizeCandidates.js";
import { type JudgedQuestion, judgeQuestions, type QuestionRequest } from "../../problems/questions/judgeQuestions.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import { type SplitReport, splitMeasurements, splitReport, splitsTable } from "../../problems/questions/splitReport.js";

/** What can be told of published recipes: phase and size, and the size of CdSe with more papers. */
export interface PublishedQuestions {
  readonly reports: readonly SplitReport[];
  readonly table: ShownTable;
  /** Share of each phase that is told rightly, its paper left out. */
  readonly recalls: readonly { readonly phase: string; readonly rows: number; readonly recall: EstimateOrReason }[];
}

/** The CdSe table is as large as all others: what the proof `rivals` chose most often is fitted without a choice. */
const seleniumRivals = ["constant", sizeRivals.law, sizeRivals.trees] as const;

const requests: readonly QuestionRequest[] = [
  { question: "published-phase", split: "unseen paper" },
  { question: "published-phase", split: "held-out papers" },
  { question: "published-size", split: "unseen paper" },
  { question: "published-size", split: "later year" },
  { question: "cadmium-selenide-size", split: "rows at random", only: seleniumRivals, chosen: sizeRivals.trees },
  { question: "cadmium-selenide-size", split: "unseen paper", only: seleniumRivals, chosen: sizeRivals.law },
  { question: "cadmium-selenide-size", split: "later year", only: seleniumRivals, chosen: sizeRivals.law },
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
        result: {
          reports,
          table: splitsTable("Published recipes, papers left out", reports),
          recalls: recallsOf(judged[0], seededRandom(seed).fork("recalls")),
        },
        measurements: [...splitMeasurements(reports), ...acrossPapers(judged[0])],
      };
    },
  );
}

function rivalsOf({ request: { question } }: JudgedQuestion): readonly string[] {
  return question === "published-phase" ? ["constant"] : [sizeRivals.trees, sizeRivals.law];
}

/** Recipes of fewer papers cannot speak for a phase. */
const fewestPapers = 5;

function recallsOf({ asked, split, answers }: JudgedQuestion, random: Random): PublishedQuestions["recalls"] {
  const { classes, truth } = asked.problem;
  const named = argmax(answers!.chosen, classes!.length);
  return classes!.map((phase, code) => {
    const places = Array.from(answers!.places.keys()).filter((at) => truth[answers!.places[at]] === code);
    const papers = places.map((at) => split.groups[answers!.places[at]]);
    const many = new Set(papers).size;
    if (many < fewestPapers) {
      const reason = `recipes: ${places.length}, papers: ${many}; a phase needs ${fewestPapers} papers to speak for it`;
      return { phase, rows: places.length, recall: { value: null, interval: null, reason } };
    }
    const right = meanOfRows(places.map((at) => Number(named[at] === code)));
    const { interval, reason } = groupInterval(papers, right, random.fork(phase), { kind: "share", unit: "paper" });
    const value = right(Uint32Array.from(places.keys()));
    const recall: EstimateOrReason =
      interval === null ? { value, interval, reason } : { ...estimateOf(value, interval), reason: null };
    return { phase, rows: places.length, recall };
  });
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
        `the lower bound of the smallest paper, of ${fewest}, if all its recipes were told rightly, less 0.85: ` +
        `a paper needs ${needed} recipes, and ${enough} of ${papers.size} have as many`,
      value: shifted(0.05 ** (1 / fewest)),
      unit: "share difference",
      n: fewest,
    }),
  ];
}
