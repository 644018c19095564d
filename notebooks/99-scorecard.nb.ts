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
// The 2025 review that this project answers gave its predecessor 40.5 of 100 in its table and 25 in its headline.

// %%
import { display, htmlTable, plotCategoryScores, readinessScorecard, takeaway } from "cspbbr3-twin";

const scorecard = await readinessScorecard();
const { categories, checks, verdict, cap, gatesNotPassed } = scorecard.result;

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
// ## Every check
//
// The reason says why a check is not PASS; its numbers come from the evidence files.

// %%
await display(htmlTable({
  caption: "The 44 checks of the rubric",
  columns: ["check", "what", "points", "status", "reason"].map((name) => ({ name })),
  rows: checks.map(({ id, what, earned, points, status, reason }) => [id, what, `${earned} of ${points}`, status, reason]),
}));

// %% [markdown]
// ## Limits
//
// - A score counts checks; it does not weigh what a wrong prediction would cost in your laboratory.
// - Evidence recorded once by hand (`npm run assure`) counts half.
// - The rubric is our reading of the review; its thresholds were fixed before the evidence was gathered.
