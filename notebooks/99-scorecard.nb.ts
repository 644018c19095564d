// %% [markdown]
// # 99 How ready is it?
//
// **Question.** What may a user rely on today, and what has nobody shown yet?
//
// **Method.** A rubric of six weighted categories and 44 checks is judged on the evidence files of all notebooks. A check
// is **PASS** only if the unfavourable end of its interval clears the threshold and the hashes behind it still match;
// **FAIL** if the favourable end does not reach it; everything else is **UNKNOWN**, with the reason. UNKNOWN earns nothing
// and keeps a gate closed, so hiding evidence never raises the score. A hard gate that is not PASS caps the score at 25
// of 100, a soft gate at 70.
//
// The 2025 review that this project answers gave its predecessor 40.5 of 100 in its table and 25 in its headline; both are
// computed again below.

// %%
import { display, documentation, htmlTable, plotCategoryScores, readinessScorecard, takeaway } from "cspbbr3-twin";

const scorecard = await readinessScorecard([await documentation()]);
const { categories, checks, verdict, cap, gatesNotPassed, next, review, rubric, tests, uncertainty } = scorecard.result;

// %% [markdown]
// ## Score by category
//
// The bar is what evidence has earned; the thin band is what could still be shown.

// %%
const reference = { points: 7, label: "production asks for 7" };
await display(plotCategoryScores({ id: "99-scorecard-categories", categories, reference }));

// %%
await display(takeaway(`Readiness is {scorecard.displayed}: evidence has earned {scorecard.low}, and {scorecard.high}
  would be reached if every UNKNOWN came to pass. {scorecard.pass} are PASS, {scorecard.fail} FAIL, {scorecard.unknown}
  UNKNOWN; ${gatesNotPassed.length} gates are not passed and cap the score at ${cap}. Verdict: ${verdict}.`, scorecard));

// %% [markdown]
// ## How much of it is luck?
//
// The interval of the earned score (5 % to 95 % of the draws) is sampling error alone: each measurement that has an
// interval is drawn anew from it, measurements of one file together, and every check is judged again. It is not the band
// from earned to still possible, which is ignorance. Many checks are many looks: gates that rest on sampling are tested
// together by Holm's method, and a gate without evidence counts with p = 1.

// %%
await display(htmlTable({
  caption: `Gates that rest on sampling; Holm at 5 % would close of those that pass: ${tests.lost.join(", ") || "none"}`,
  columns: ["gate", "p", "adjusted p", "share of draws that pass"].map((name) => ({ name })),
  rows: tests.gates.map(({ id, p, adjusted }) => [id, p, adjusted, uncertainty.passing.find((check) => check.id === id)?.share ?? null]),
}));

// %%
await display(takeaway(`Of the checks that pass, at most {scorecard.expectedFalsePasses} pass by luck, on average.`, scorecard));

// %% [markdown]
// ## What to measure next
//
// Points of 100 that each check would bring if it alone came to pass. While a gate is closed, the cap hides most of what
// the others earn, so the gates come first.

// %%
await display(htmlTable({
  caption: "The ten checks that would show most",
  columns: [{ name: "check" }, { name: "what" }, { name: "displayed", unit: "points" }, { name: "earned", unit: "points" }, { name: "what it needs" }],
  rows: next.gains.slice(0, 10).map(({ id, what, displayed, low, needs }) => [id, what, displayed, low, needs]),
}));
await display(htmlTable({
  caption: "Gates, each opened after those above it",
  columns: [{ name: "gate" }, { name: "kind" }, { name: "cap then" }, { name: "displayed then", unit: "of 100" }],
  rows: next.gates.map(({ id, gate, cap: allowed, displayed }) => [id, gate, allowed, displayed]),
}));

// %% [markdown]
// ## The 2025 review beside it
//
// Its table and its headline do not contradict each other: the headline is the table's mean under the cap of a gate that
// is not passed. Its points are an opinion; ours are what evidence has earned.

// %%
await display(htmlTable({
  caption: "Points of 10 by category",
  columns: ["category", "weight", "review", "ours, earned", "ours, possible"].map((name) => ({ name })),
  rows: review.categories.map(({ name, weight, theirs, low, high }) => [name, weight, theirs, low, high]),
}));
await display(htmlTable({
  caption: "What the review found or asked for, and what was measured here",
  columns: ["found", "wanted", "check", "status", "measured here"].map((name) => ({ name })),
  rows: review.findings.map(({ said, wanted, check, status, ours }) => [said, wanted, check, status, ours]),
}));

// %%
await display(takeaway(`The review's category scores give {scorecard.reviewTable} under its weights, its table, and
  {scorecard.reviewCapped} under the cap of a closed hard gate, its headline; our evidence has earned {scorecard.low}.`, scorecard));

// %% [markdown]
// ## Every check
//
// The reason says why a check is not PASS; its numbers come from the evidence files. The hash tells this rubric from any other.

// %%
await display(htmlTable({
  caption: `The 44 checks of the rubric, version ${rubric.version}, SHA-256 ${rubric.sha256}`,
  columns: ["check", "what", "points", "status", "reason"].map((name) => ({ name })),
  rows: checks.map(({ id, what, earned, points, status, reason }) => [id, what, `${earned} of ${points}`, status, reason]),
}));

// %% [markdown]
// ## Limits
//
// - A score counts checks; it does not weigh what a wrong prediction would cost in your laboratory.
// - The range of the score is drawn from intervals, not from predictions row by row, which evidence does not keep.
// - Evidence recorded once by hand (`npm run assure`) counts half.
// - The rubric is our reading of the review; its thresholds were fixed before the evidence was gathered.
