import { type ColumnOf, shownTable, type ShownTable } from "../../core/ShownTable.js";
import type { Assessment } from "../../scorecard/assessReadiness.js";

/** The tables of notebook 99. */
export interface ScorecardTables {
  /** Gates that rest on sampling. */
  readonly tests: ShownTable;
  /** What each check would bring, the ten that would show most. */
  readonly gains: ShownTable;
  /** What opening one gate after another would bring. */
  readonly gates: ShownTable;
  /** Which evidence would open them: the plan for collecting data. */
  readonly needed: ShownTable;
  /** Our points beside the review's. */
  readonly categories: ShownTable;
  /** What the review found or asked for, and what was measured. */
  readonly findings: ShownTable;
  readonly checks: ShownTable;
}

/** An assessment as its notebook shows it. */
export function scorecardTables({ tests, next, needed, review, checks, rubric }: Assessment): ScorecardTables {
  return {
    tests: shownTable({
      caption:
        "Gates that rest on sampling; Holm at 5 % would close of those that pass: " + (tests.lost.join(", ") || "none"),
      columns: [
        { name: "gate", of: ({ id }) => id },
        { name: "p", of: ({ p }) => p },
        { name: "adjusted p", of: ({ adjusted }) => adjusted },
        { name: "share of draws that pass", of: ({ passing }) => passing },
      ],
      rows: tests.gates,
    }),
    gains: shownTable({
      caption: "The ten checks that would show most",
      columns: gains,
      rows: next.gains.slice(0, 10),
    }),
    gates: shownTable({
      caption: "Gates, each opened after those above it",
      columns: [
        { name: "gate", of: ({ id }) => id },
        { name: "kind", of: ({ gate }) => gate },
        { name: "cap then", of: ({ cap }) => cap },
        { name: "displayed then", unit: "of 100", of: ({ displayed }) => displayed },
        { name: "check passes on simulated labels", of: ({ passes }) => (passes ? "yes" : "no") },
      ],
      rows: next.gates,
    }),
    needed: shownTable({
      caption: "Evidence that would open the closed gates, four times of five",
      columns: [
        { name: "gate", of: ({ gate }) => gate },
        { name: "measurement", of: ({ measure }) => measure },
        { name: "now", of: ({ now }) => now },
        { name: "wanted", of: ({ wanted }) => wanted },
        { name: "cases needed", of: ({ cases }) => cases },
        { name: "of what", of: ({ needs }) => needs },
      ],
      rows: needed,
    }),
    categories: shownTable({
      caption: "Points of 10 by category",
      columns: [
        { name: "category", of: ({ name }) => name },
        { name: "weight", of: ({ weight }) => weight },
        { name: "review", of: ({ theirs }) => theirs },
        { name: "ours, earned", of: ({ low }) => low },
        { name: "ours, possible", of: ({ high }) => high },
      ],
      rows: review.categories,
    }),
    findings: shownTable({
      caption: "What the review found or asked for, and what was measured here",
      columns: [
        { name: "found", of: ({ said }) => said },
        { name: "wanted", of: ({ wanted }) => wanted },
        { name: "measured here", of: ({ ours }) => ours },
        { name: "met", of: ({ met }) => met },
        { name: "check", of: ({ check }) => check },
        { name: "status of the check", of: ({ status }) => status },
      ],
      rows: review.findings,
    }),
    checks: shownTable({
      caption: `The ${checks.length} checks of the rubric, version ${rubric.version}, SHA-256 ${rubric.sha256}`,
      columns: [
        { name: "check", of: ({ id }) => id },
        { name: "what", of: ({ what }) => what },
        { name: "points", of: ({ earned, points }) => `${earned} of ${points}` },
        { name: "status", of: ({ status }) => status },
        { name: "why", of: ({ reason, note }) => reason || note },
      ],
      rows: checks,
    }),
  };
}

const gains: readonly ColumnOf<Assessment["next"]["gains"][number]>[] = [
  { name: "check", of: ({ id }) => id },
  { name: "what", of: ({ what }) => what },
  { name: "displayed", unit: "points", of: ({ displayed }) => displayed },
  { name: "earned", unit: "points", of: ({ low }) => low },
  { name: "what it needs", of: ({ needs }) => needs },
];
