import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { groupsToShow } from "../../validation/groupsToShow.js";
import { type TargetBar, targetVerdict, type TargetVerdict, type TargetWord } from "../../validation/targetVerdict.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import type { CrystallisationQuestions } from "./crystallisationQuestions.js";
import type { PlateletQuestions } from "./plateletQuestions.js";
import type { PublishedQuestions } from "./publishedQuestions.js";
import { margin, type SplitReport } from "../../problems/questions/splitReport.js";

/** What the targets rest on: the evidence of the cells before. */
export interface TargetSources {
  readonly platelets: EvidenceFile<PlateletQuestions>;
  readonly published: EvidenceFile<PublishedQuestions>;
  readonly crystallisations: EvidenceFile<CrystallisationQuestions>;
}

/** Every target of the 2025 review on real experiments, and what became of it. */
export interface ReviewTargets {
  readonly targets: readonly JudgedTarget[];
  readonly table: ShownTable;
  /** How many groups would tell rivals apart. */
  readonly groupsNeeded: ShownTable;
}

/** A target with its evidence; real and simulated ones never share a row, and here all are real. */
export interface JudgedTarget extends TargetVerdict {
  readonly asked: string;
  readonly of: string;
  readonly bar: TargetBar;
  readonly measured: EstimateOrReason;
  readonly rows: number;
  readonly groups: string;
  readonly favourable: number | null;
}

const explained: TargetBar = { direction: "atLeast", threshold: 0.85, fewest: 60 };
const covered: TargetBar = { direction: "atLeast", threshold: 0.85 };
const major: TargetBar = { direction: "atLeast", threshold: 0.9 };
const lasting: TargetBar = { direction: "atMost", threshold: 0.05 };

/** Notebook 07: the target table. Thresholds are the review's; nothing is measured here. */
export async function reviewTargets(sources: TargetSources): Promise<EvidenceFile<ReviewTargets>> {
  const files = [sources.platelets, sources.published, sources.crystallisations];
  return recordedEvidence(
    {
      id: "07-validation-targets",
      // Those of the cells before: their evidence is not in the project before the notebook has run.
      inputs: [...new Set(files.flatMap(({ inputs }) => Object.keys(inputs)))].sort(),
      source: moduleSource(import.meta.url),
      labels: "real",
    },
    () => {
      const targets = allTargets(sources);
      const count = (word: TargetWord): number => targets.filter(({ verdict }) => verdict === word).length;
      const words = ["MET", "NOT MET", "UNKNOWN", "UNATTAINABLE"] as const;
      return Promise.resolve({
        result: {
          targets,
          table: targetsTable(targets),
          groupsNeeded: groupsTable(files.flatMap(({ result }) => result.reports)),
        },
        measurements: words.map((word) =>
          measurement({
            id: `targets.${word.toLowerCase().replace(" ", "-")}`,
            meaning: `targets of the 2025 review on real experiments that are ${word}`,
            value: count(word),
            unit: `of ${targets.length} targets`,
          }),
        ),
      });
    },
  );
}

function allTargets({ platelets, published, crystallisations }: TargetSources): readonly JudgedTarget[] {
  const ceilings = platelets.result.ceilings;
  const of = (reports: readonly SplitReport[], question: string, split: string): SplitReport =>
    reports.find((one) => one.question === question && one.split === split)!;
  const r2 = (report: SplitReport, favourable: number | null): JudgedTarget =>
    judged("R² > 0.85", report, explained, { measured: scoreOf(report), favourable });
  const byRecipe = (question: string): JudgedTarget =>
    r2(of(platelets.result.reports, question, "by recipe"), ceilings[question]?.favourable ?? null);
  const peakLater = of(platelets.result.reports, "platelet-peak", "later date");
  const peakSolvent = of(platelets.result.reports, "platelet-peak", "unseen antisolvent");
  const size = of(published.result.reports, "published-size", "unseen paper");
  const phase = of(published.result.reports, "published-phase", "unseen paper");
  const drop = measuredOf(platelets, "VR3.temporalDrop");
  const plates = crystallisations.result.ceilings.find(
    ({ repeats, treatedAlike }) => repeats === "other plate" && treatedAlike,
  );
  const coverage = (report: SplitReport): JudgedTarget =>
    judged("90 % limits hold, bound above 0.85", report, covered, {
      measured: report.scores!.limits.overGroups,
      favourable: null,
    });
  const otherChemistry = (split: string): JudgedTarget => {
    const report = of(crystallisations.result.reports, "crystallisation", split);
    const target = judged(
      "accuracy > 0.85",
      report,
      { ...explained, fewest: 0 },
      {
        measured: scoreOf(report),
        favourable: plates?.ceiling.favourable ?? null,
      },
    );
    return { ...target, of: `the method on another chemistry: ${target.of}` };
  };
  return [
    byRecipe("platelet-peak"),
    byRecipe("platelet-width"),
    byRecipe("platelet-yield"),
    r2(size, null),
    ...published.result.recalls.map(({ phase: name, rows, recall }) =>
      judged("over 90 % of each major phase", { ...phase, what: `${name} of published recipes` }, major, {
        measured: recall,
        favourable: null,
        rows,
      }),
    ),
    ...[...platelets.result.reports, ...published.result.reports].filter(hasLimits).map(coverage),
    { ...r2(peakSolvent, null), asked: "another laboratory or chemistry: R² > 0.85" },
    ...["laboratory HC", "laboratory ECL", "by plate", "later date"].map(otherChemistry),
    { ...r2(peakLater, null), asked: "later: R² > 0.85" },
    judged("later: at most 0.05 of R² lost", peakLater, lasting, { measured: drop, favourable: null }),
  ];
}

/** CdSe is another chemistry, and asked for its papers alone. */
function hasLimits({ question, scores }: SplitReport): boolean {
  return question !== "cadmium-selenide-size" && scores !== null && scores.limits.width !== null;
}

function judged(
  asked: string,
  { what, split, scores }: SplitReport,
  bar: TargetBar,
  {
    measured,
    favourable,
    rows = scores?.rows ?? 0,
    groups = scores === null ? "" : `${scores.groups}, each ${scores.unit}`,
  }: {
    readonly measured: EstimateOrReason;
    readonly favourable: number | null;
    readonly rows?: number;
    readonly groups?: string;
  },
): JudgedTarget {
  return {
    asked,
    of: `${what}, ${split}`,
    bar,
    measured,
    rows,
    groups,
    favourable,
    ...targetVerdict(bar, { measured, rows, favourable }),
  };
}

function scoreOf({ scores, reason }: SplitReport): EstimateOrReason {
  return scores === null ? unknown(reason!) : scores.chosen.score;
}

function unknown(reason: string): EstimateOrReason {
  return { value: null, interval: null, reason };
}

function measuredOf({ measurements }: EvidenceFile, id: string): EstimateOrReason {
  const { value, interval, reason } = measurements.find((one) => one.id === id)!;
  if (value !== null && interval !== null) return { value, interval, reason: null };
  return { value, interval: null, reason: reason ?? "no interval" };
}

function targetsTable(targets: readonly JudgedTarget[]): ShownTable {
  return shownTable({
    caption: "What the 2025 review asked for, on real experiments",
    columns: [
      { name: "asked", of: ({ asked }) => asked },
      { name: "of", of: ({ of }) => of },
      { name: "measured", of: ({ measured }) => rounded(measured.value) },
      {
        name: "95 % interval",
        align: "right",
        of: ({ measured: { interval } }) =>
          interval === null ? "" : `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`,
      },
      { name: "rows", of: ({ rows }) => rows },
      { name: "groups", of: ({ groups }) => groups },
      { name: "best that repeats allow", of: ({ favourable }) => rounded(favourable) },
      { name: "verdict", of: ({ verdict }) => verdict },
      { name: "why", of: ({ reason }) => reason },
    ],
    rows: targets,
  });
}

/** Groups as those at hand with which the chosen rival would be told from another, if it were better by the margin. */
function groupsTable(reports: readonly SplitReport[]): ShownTable {
  const rows = reports.flatMap(({ what, split, scores, gains }) =>
    gains.flatMap(({ against, comparison: { spread }, verdict }) =>
      spread === null || spread.standardError === 0 || verdict.verdict !== "cannot be told"
        ? []
        : [{ what, split, against, scores: scores!, verdict, needed: groupsToShow(margin, spread) }],
    ),
  );
  return shownTable({
    caption: `Where rivals cannot be told apart: groups for a difference of ${margin}, four times of five`,
    columns: [
      { name: "question", of: ({ what }) => what },
      { name: "left out", of: ({ split }) => split },
      { name: "against", of: ({ against }) => against },
      { name: "groups now", of: ({ scores }) => `${scores.groups}, each ${scores.unit}` },
      { name: "power now", of: ({ verdict: { power } }) => rounded(power) },
      { name: "equal groups needed", of: ({ needed }) => needed },
    ],
    rows,
  });
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
