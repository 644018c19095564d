import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { argmax } from "../../core/metrics/argmax.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { type EstimateOrReason, estimateOf } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { leastEstimate } from "../../core/statistics/leastEstimate.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { testedPhases } from "../../problems/published/publishedPhaseProblem.js";
import { correctionWeights, type SizeBar, sizeBars, sizeMargin } from "../../problems/published/sizeBars.js";
import { sizeRivals } from "../../problems/published/sizeCandidates.js";
import {
  type JudgedQuestion,
  judgeQuestions,
  questionRandom,
  type QuestionRequest,
} from "../../problems/questions/judgeQuestions.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import {
  probabilitiesTable,
  type SplitReport,
  splitMeasurements,
  splitReport,
  splitsTable,
} from "../../problems/questions/splitReport.js";

/** What can be told of published recipes: phase and size, and the size of CdSe with more papers. */
export interface PublishedQuestions {
  readonly reports: readonly SplitReport[];
  readonly table: ShownTable;
  /** Of phases. */
  readonly probabilities: ShownTable;
  /** Share of each phase that is told rightly, its paper left out. */
  readonly recalls: readonly { readonly phase: string; readonly rows: number; readonly recall: EstimateOrReason }[];
  /** The chosen model of sizes beside trees and the law: what so few papers can tell. */
  readonly bars: ShownTable;
}

/** The CdSe table is a large one: only the law and trees come, and trees not where each paper is left out. */
const seleniumRivals = ["constant", sizeRivals.law, sizeRivals.trees] as const;

const requests: readonly QuestionRequest[] = [
  { question: "published-phase", split: "unseen paper" },
  { question: "published-phase", split: "held-out papers" },
  { question: "published-size", split: "unseen paper" },
  { question: "published-size", split: "later year" },
  { question: "cadmium-selenide-size", split: "rows at random", only: seleniumRivals },
  { question: "cadmium-selenide-size", split: "unseen paper", only: seleniumRivals.slice(0, 2) },
  { question: "cadmium-selenide-size", split: "later year", only: seleniumRivals },
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
      const reports = judged.map((one) => splitReport(one, peersOf(one), seed));
      const [phases, , sizes] = judged;
      const bars = sizeBars(sizes.asked, sizes.split, sizes.answers!, seededRandom(seed).fork("size bars"));
      return {
        result: {
          reports,
          table: splitsTable("Published recipes, papers left out", reports),
          probabilities: probabilitiesTable("Published recipes, papers left out", reports),
          recalls: recallsOf(phases, seededRandom(seed).fork("recalls")),
          bars: barsTable(bars),
        },
        measurements: [...splitMeasurements(reports), ...acrossPapers(phases), await correctionTaken(sizes, seed)],
      };
    },
  );
}

/** Those of them that came. */
function peersOf({ request: { question }, answers }: JudgedQuestion): readonly string[] {
  const peers = question === "published-phase" ? ["constant"] : [sizeRivals.trees, sizeRivals.law];
  return peers.filter((name) => answers !== null && Object.hasOwn(answers.byRival, name));
}

function barsTable(bars: readonly SizeBar[]): ShownTable {
  const gains = (profile: SizeBar["profile"]): number => profile.filter(({ chosen, other }) => chosen < other).length;
  const shown = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(3)));
  return shownTable({
    caption: "Sizes of papers that were left out: the chosen model less another, in R² of ln(size)",
    columns: [
      { name: "less that of", of: ({ against }) => against },
      { name: "gain", of: ({ comparison }) => shown(comparison.gain.value) },
      {
        name: "95 % interval",
        align: "right",
        of: ({ comparison: { gain } }) =>
          gain.interval === null ? "" : `${gain.interval.low.toFixed(2)} to ${gain.interval.high.toFixed(2)}`,
      },
      { name: `power for ${sizeMargin}`, of: ({ verdict }) => shown(verdict.power) },
      { name: "detectable gain", of: ({ verdict }) => shown(verdict.detectable) },
      { name: "verdict", of: ({ verdict }) => verdict.verdict },
      { name: "papers that it tells better", of: ({ profile }) => `${gains(profile)} of ${profile.length}` },
    ],
    rows: bars,
  });
}

/** How far the law is corrected where papers of training speak for it. */
async function correctionTaken({ asked, split }: JudgedQuestion, seed: number): Promise<Measurement> {
  const random = questionRandom(seed, "published-size").fork("answers");
  const taken = (await correctionWeights(asked, split, random)).map(({ weight }) => weight.taken);
  return measurement({
    id: "published-size.correctionTaken",
    meaning:
      "share of what trees find beyond the law that the shrunk law takes, a mean over the papers left out; by paper " +
      taken.map((weight) => weight.toFixed(2)).join(", "),
    value: taken.reduce((a, b) => a + b, 0) / taken.length,
    unit: "1",
    n: taken.length,
    baseline: 0,
  });
}

/** Recipes of fewer papers cannot speak for a phase. */
const fewestPapers = 5;

function recallsOf({ asked, split, answers }: JudgedQuestion, random: Random): PublishedQuestions["recalls"] {
  const { classes, truth } = asked.problem;
  const named = argmax(answers!.chosen, classes!.length);
  return testedPhases(asked, split).map(({ phase, rows, papers: many }, code) => {
    if (many < fewestPapers) {
      const reason = `recipes: ${rows}, papers: ${many}; a phase needs ${fewestPapers} papers to speak for it`;
      return { phase, rows, recall: { value: null, interval: null, reason } };
    }
    const places = Array.from(answers!.places.keys()).filter((at) => truth[answers!.places[at]] === code);
    const papers = places.map((at) => split.groups[answers!.places[at]]);
    const right = meanOfRows(places.map((at) => Number(named[at] === code)));
    return {
      phase,
      rows,
      recall: estimateOverGroups(papers, right, random.fork(phase), { kind: "share", unit: "paper" }),
    };
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
