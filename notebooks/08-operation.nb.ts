// %% [markdown]
// # 08 Who notices when it goes wrong?
//
// **Question.** A model is put to use. Inputs change, stocks age, a lot of lead bromide is another, a new version is
// worse than the old one. Which of this is noticed, how soon, and how often is there an alarm for nothing? In the
// Python project whose 2025 review this workspace answers (notebook 99) there was no drift detection, no canary, no
// rollback.
//
// **Method.** Faults are planted and what finds them is counted: a detector without a measured rate of false alarms
// is not used here. Rows that share a batch share a deviation, so rows are never counted as if they were
// independent. A *canary* is a new version that gets a share of the requests, a *champion* the one that answers the
// others. First one rollout is followed from its log to the decision. Then what can go wrong is drilled, hundreds of
// times each. All labels are simulated. Terms: [glossary](../docs/glossary.md).

// %%
import { display, htmlTable, takeaway } from "cspbbr3-twin";
import { controlRecipe, dataFaultDrills, degradationDrills, driftDrills } from "cspbbr3-twin";
import { rolloutDrills, rolloutStory } from "cspbbr3-twin";
import { plotControlChart } from "cspbbr3-twin";

const seed = 1;

// %% [markdown]
// ## One rollout, from the log to the rollback
//
// The champion is the phase model that the registered predictions are of. The challenger is the same network as it
// would be had it learned from a table that told caesium per lead a quarter too high: a slip in preparing a table,
// which no check of its format sees. Requests are experiments of the twin. A hash of its id sends each to the
// champion or, one in five, to the canary; what was made is known 200 requests later. After every 200 the evidence
// is looked at. It is a bet against "the canary is no worse" that nobody can win by looking often: it exceeds its
// limit ever with a probability of at most 1 %, over wrong, missing, invalid and late answers together.

// %%
const rollout = await rolloutStory({ seed });
await display(plotControlChart({ id: "08-operation-rollout", ...rollout.result.chart }));

// %%
await display(takeaway(`After {story.requests} the canary had been wrong in {story.canary} of its answers, the champion
  in {story.champion}, and the canary was withdrawn.`, rollout));

// %% [markdown]
// The registry is what remembers. Versions are called by a hash of all their bytes; entries of its history each hold
// the hash of the one before. The drill then goes on: version 2 is promoted by mistake, and taken back.

// %%
await display(htmlTable(rollout.result.table));

// %%
await display(takeaway(`After the rollback the champion answers its probes as before the promotion, to the bit, yes (1)
  or no (0): {PI6.bitwiseEqual}. Of versions and entries {PI7.hashMismatches} do not have their hash.`, rollout));

// %% [markdown]
// ## Two hundred bad versions of each kind, and two hundred that are no worse
//
// One story shows that it can work. Each row below is 200 rollouts under the same rule, batches of 200 requests that
// deviate together.

// %%
const drills = await rolloutDrills({ seed });
await display(htmlTable(drills.result.table));

// %%
await display(takeaway(`Of versions that err 5 points more often {PI4.badModelsAbortedShare} are aborted, in the middle
  after {rollouts.wrong.requests}; of versions that are no worse {PI4.equalModelsKeptShare} are kept.`, drills));

// %% [markdown]
// ## Tables that are not what they seem
//
// Before anything is predicted, incoming rows are held against the reference: columns, units, ranges, gaps, names,
// sensors that stand still, batches that come twice, clocks that go back, lots that change. Each fault is planted
// into clean windows of the twin.

// %%
const faults = await dataFaultDrills({ seed });
await display(htmlTable(faults.result.table));

// %%
await display(takeaway(`{PI2.missedFaultTypes} are missed; of clean windows {data.falseAlarms} raise
  an alarm.`, faults));

// %% [markdown]
// ## Inputs that drift
//
// One of fifty features shifts by 0.2 standard deviations. A window of 1,000 rows is held against 10,000, by level
// (means of batches) and by shape (Kolmogorov-Smirnov), whole batches permuted, all features together at one rate of
// false alarms (Holm).

// %%
const drift = await driftDrills({ seed });
await display(htmlTable(drift.result.table));

// %%
await display(takeaway(`The shift is found in {PI1.detection} of windows, at {PI1.falseAlarmsPer10000}. With batches of
  200 rows the smallest shift found nine times of ten is {drift.detectableInLargeBatches}.`, drift));

// %% [markdown]
// ## Stocks age, a lot changes: a recipe that is run every week
//
// Recipes change from day to day, so drift of a laboratory hides behind them. One recipe that is always the same
// shows it. The twin knows what truly changed: caesium stock loses 0.3 % a day, one day a lot of lead bromide holds
// 6 % less lead, spectrometers drift.

// %%
const control = await controlRecipe({ seed });
await display(plotControlChart({ id: "08-operation-control", ...control.result.chart }));

// %%
await display(htmlTable(control.result.table));

// %%
await display(takeaway(`The new lot is found in {control.lot} of laboratories, ageing in {control.ageing}. CUSUM of
  weekly means alarms {control.cusumWeeks} after the lot, in the middle of laboratories where it does. Where nothing
  changes drift is found in {control.nothing}.`, control));

// %% [markdown]
// ## Errors that become more frequent
//
// Outcomes come late, in batches. Each monitor below is tried at the threshold it is shipped with. The one that
// answers for the scorecard is the best of the table it is shipped in, whose draws were others: a sum of e-values of
// batches (Shiryaev-Roberts). What a monitor that never alarms for nothing pays stands in the last row.

// %%
const degradation = await degradationDrills({ seed });
await display(htmlTable(degradation.result.table));

// %%
await display(takeaway(`A rise from 14 to 19 % is found within 1,000 labels in {PI3.power} of streams, in the middle
  after {degradation.delay}; while all is well an alarm comes every {PI3.averageRunLength}.`, degradation));

// %% [markdown]
// ## What to use
//
// - A canary for every new version, with outcomes: its rule aborts what is 5 points worse after some thousand
//   requests.
// - The check of incoming tables before each prediction, and [a runbook for each alert](../docs/runbooks/README.md).
// - One control recipe a week: it sees what no statistic of inputs can.
// - `twin registry rehearse` once a month: a rollback that nobody tried for 30 days counts as not shown.
//
// ## Limits
//
// - Laboratories, requests and outcomes are simulated: a real log has other faults, and labels that never come.
// - Bad versions here are bad from their first request, and by 5 points: smaller harm takes longer, and what is
//   worse on one kind of recipe alone is found only as far as it shows in the mean.
// - Shares of a canary at its abort lean to harm: it stops where the difference happens to be large.
// - Two tables that truly differ may both be right: drift is a question, and no proof that the model is wrong.
// - Batches of other laboratories may deviate more than the 0.2 on the logit for which thresholds were set: rates
//   for other spreads stand in the package beside the thresholds.
// - Multivariate tests, the comparison of two variants that is looked at after every batch, and kill drills of the
//   registry take minutes: `npm run assure` runs them.
