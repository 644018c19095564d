// %% [markdown]
// # 99 How ready is it?
//
// **Question.** What may a user rely on today, and what has nobody shown yet?
//
// **Method.** A rubric of six weighted categories is judged on the evidence files of all notebooks. A check is **PASS**
// only if the unfavourable end of its interval clears the threshold and the hashes behind it still match; **FAIL** if
// the favourable end does not reach it; everything else is **UNKNOWN**, with the reason. UNKNOWN earns nothing, so
// hiding evidence never raises the score. Some checks are *gates*: while one is not open the score is capped, at a
// lower value for a *hard gate* than for a *soft gate*. Performance shown only on simulated labels earns half its
// points, and simulated labels open no soft gate. This workspace answers a 2025 review of a Python project; it is
// scored again below. Terms: [glossary](../docs/glossary.md).

// %%
import { display, htmlTable, takeaway } from "cspbbr3-twin";
import { documentation, readinessScorecard, relianceToday, scorecardTables, verdictMeaning } from "cspbbr3-twin";
import { plotCategoryScores } from "cspbbr3-twin";

const scorecard = await readinessScorecard([await documentation()]);
const { categories, checks, verdict } = scorecard.result;
const tables = scorecardTables(scorecard.result);

// %% [markdown]
// ## What may be relied on today

// %%
await display(takeaway(relianceToday(checks), scorecard));

// %% [markdown]
// ## Score by category
//
// The bar is what evidence has earned; the thin band is what could still be shown. Numbers in brackets after the earned
// score are the range that sampling error alone would give it, from 5 % to 95 % of the draws of the next section.

// %%
const reference = { points: 7, label: "production asks for 7" };
await display(plotCategoryScores({ id: "99-scorecard-categories", categories, reference }));

// %%
await display(takeaway(`Readiness is {scorecard.displayed}: evidence has earned {scorecard.low}, and closed gates cap
  it. {scorecard.unknown} are UNKNOWN. Verdict: ${verdictMeaning[verdict]}`, scorecard));

// %%
await display(takeaway(`{scorecard.pass} are PASS and {scorecard.fail} FAIL; {scorecard.gatesClosed} are
  not open.`, scorecard));

// %%
await display(takeaway(`The cap is {scorecard.cap}; {scorecard.high} would be earned if every UNKNOWN
  came to pass.`, scorecard));

// %% [markdown]
// ## How much of it is luck?
//
// Each measurement that has an interval is drawn anew from it, measurements of one file together, and every check is
// judged again: that is the range of the earned score. It is not the band from earned to still possible, which is
// ignorance. Many checks are many looks: gates that rest on sampling are tested together by Holm's method, which asks
// more of the smallest p the more gates there are, and a gate without evidence counts with p = 1.

// %%
await display(htmlTable(tables.tests));

// %%
await display(takeaway(`Of the checks that pass, at most {scorecard.expectedFalsePasses} pass by luck,
  on average.`, scorecard));

// %% [markdown]
// ## What to measure next
//
// Points of 100 that each check would bring if it alone came to pass. While a gate is closed, the cap hides most of
// what the others earn, so the gates come first.

// %%
await display(htmlTable(tables.gains));

// %%
await display(htmlTable(tables.gates));

// %% [markdown]
// Which experiments would that take? Cases are counted from how each measurement scatters today, so that the gate
// opens in four of five tries if what stands beside them is so. Where noise forbids it, no number of cases will do.

// %%
await display(htmlTable(tables.needed));

// %% [markdown]
// ## The 2025 review beside it
//
// Its table and its headline do not contradict each other: the headline is the table's mean under the cap of a gate
// that is not passed. Its points are an opinion; ours are what evidence has earned.

// %%
await display(htmlTable(tables.categories));

// %%
await display(takeaway(`The review's category scores give {scorecard.reviewTable} under its weights, its table, and
  {scorecard.reviewCapped} under the cap of a closed hard gate, its headline; our evidence has earned
  {scorecard.low}.`, scorecard));

// %% [markdown]
// *Met* says whether the number reaches what the review wanted, with all of its interval. It is "measured otherwise"
// where our number answers another question, or where real experiments were wanted and ours are simulated. *Status* is
// that of the check of our rubric, whose bar may be another: a check can pass where the review's wish is not met.

// %%
await display(htmlTable(tables.findings));

// %%
await display(takeaway(`Of what the review found or asked for, {scorecard.wishesMet} are measured here
  and reached.`, scorecard));

// %% [markdown]
// ## Every check
//
// The last column says why a check is not PASS, or why a PASS earns half or leaves its gate closed. Its numbers come
// from the evidence files. *Skill* is how far accuracy has come from the constant answer to the ceiling. The hash tells
// this rubric from any other.

// %%
await display(htmlTable(tables.checks));

// %% [markdown]
// ## What to use
//
// - The verdict and the closed gates, before the score: they say what nobody may rely on yet.
// - The check that your own question rests on, its reason and its evidence file; the sum says nothing about it.
// - The list of what to measure next, to decide which experiment is worth its cost.
// - The score only to compare two states of this project under one rubric hash, never with another project's.
//
// ## Limits
//
// - A score counts checks; it does not weigh what a wrong prediction would cost in your laboratory.
// - The range of the score is drawn from intervals, not from predictions row by row, which evidence does not keep.
// - Evidence recorded once by hand (`npm run assure`) earns half.
// - Hard gates may be opened by simulated labels: that the model is calibrated and leaks nothing is shown on the twin
//   alone.
// - VR1 counts versions of kept models, not touches by people; the hash that locks the test was written after the first
//   touches.
// - MP6's share of answered rows, and sizes and widths in MP8, are judged by their value alone, as the rubric fixed it;
//   an interval may reach beyond the bar.
// - The rubric is our reading of the review; its thresholds were fixed before the evidence was gathered.
