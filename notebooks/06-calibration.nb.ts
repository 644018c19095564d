// %% [markdown]
// # 06 Does the model know what it does not know?
//
// **Question.** When the model says 80 %, is it right four times in five? Does it know where it errs, and when a recipe
// lies outside of what it has seen? The reviewed project's uncertainty correlated with its errors by 0.076.
//
// **Method.** The experiments and the split of notebook 04. Four ways to be unsure are compared on a quarter of the test
// rows: a *deep ensemble* of five networks; *Monte Carlo dropout*, one network with random units switched off in twenty
// passes; *last-layer Laplace*, one network whose last layer is a normal distribution; and a *variational* network whose
// weights all are, from fewer rows because it trains in TensorFlow.js. Calibrators are fitted on one half of the calibrate
// rows, sets and the domain check on the other half. Intervals draw whole batches. All labels are simulated.

// %%
import { display, htmlTable, takeaway } from "cspbbr3-twin";
import { calibrators, domainCheck, phaseSets, trainingExperiments, uncertainModels, uncertaintyMethods } from "cspbbr3-twin";
import { plotEstimatePairs, plotReliability, plotRiskCoverage } from "cspbbr3-twin";

const seed = 1;
const models = await uncertainModels(await trainingExperiments({ seed }));

// %% [markdown]
// ## Four ways to be unsure
//
// Errors are drawn at random even for one who knows all but the noise of the label, so no uncertainty can correlate with
// them perfectly; the hollow mark is the largest correlation that there can be,
// $\mathrm{sd}(e)/\sqrt{\bar e (1 - \bar e)}$, with $e$ the true probability of being wrong.

// %%
const methods = await uncertaintyMethods(models);
await display(plotEstimatePairs({ id: "06-calibration-correlation", ...methods.result.correlations }));

// %%
const columns = ["method", "trained on (rows)", "passes", "accuracy", "log loss (nats)", "ECE", "AURC", "recipes from elsewhere (AUROC)"];
await display(htmlTable({
  caption: `${methods.result.testRows} test rows, probabilities after temperature scaling`,
  columns: columns.map((name) => ({ name })),
  rows: methods.result.methods.map((m) => [m.name, m.trainingRows, m.passes, m.accuracy.value, m.logLoss.value, m.calibrationError.value, m.riskCoverageArea.value, m.outOfDomain?.value ?? null]),
}));

// %%
await display(takeaway(`The ensemble's uncertainty correlates with its errors by {uncertainty.deep-ensemble.correlation}, where
  {uncertainty.deep-ensemble.attainable} could be reached. One network alone does as well: on recipes like those of training
  the doubt is noise, which every network sees. Where they differ is abroad: by its disagreement the ensemble tells recipes from
  elsewhere with an AUROC of {uncertainty.deep-ensemble.outOfDomain}, dropout with {uncertainty.Monte-Carlo-dropout.outOfDomain}.`, methods));

// %%
await display(plotRiskCoverage({ id: "06-calibration-risk", ...methods.result.risks }));

// %% [markdown]
// ## Does what it says come true?
//
// ECE is the mean distance between confidence and accuracy over 15 bins of equal mass. It is never 0, not even for a
// perfect model, so the part that chance alone would give is taken off (debiased); the plug-in value is shown beside it.

// %%
const calibrated = await calibrators(models);
await display(plotReliability({ id: "06-calibration-reliability", ...calibrated.result.reliability }));

// %%
await display(htmlTable({
  caption: `The ensemble on ${calibrated.result.testRows} test rows; calibrators fitted on ${calibrated.result.fitRows} rows`,
  columns: ["calibrator", "log loss (nats)", "ECE, debiased", "ECE, plug-in"].map((name) => ({ name })),
  rows: calibrated.result.calibrators.map((one) => [one.name, one.logLoss.value, one.calibrationError.value, one.plugIn]),
}));

// %%
await display(takeaway(`After temperature scaling the calibration error is {MP5.expectedCalibrationError}, and mean confidence
  is {MP5.absoluteGap} from accuracy. {MP6.answeredShare} of the cases are answered with 80 % or more, and of those
  {MP6.selectiveRisk} are wrong. The ensemble needed little mending; isotonic regression and histograms, with more freedom, cost
  log loss: {calibration.logLoss.histogram} against {calibration.logLoss.temperature}.`, calibrated));

// %% [markdown]
// ## Sets that hold the phase nine times in ten
//
// A conformal set holds every phase that cannot be ruled out. Its promise, nine in ten, needs no trust in the model, only
// that new batches come from where the held ones came from. One threshold for all phases keeps the promise on average;
// one for each phase keeps it for each.

// %%
const sets = await phaseSets(models);
await display(plotEstimatePairs({ id: "06-calibration-sets", ...sets.result.classes }));

// %%
const kinds = ["sets", "coverage", "worst phase", "its coverage", "phases per set", "one phase", "no phase"];
await display(htmlTable({
  caption: `Sets promised to hold nine in ten, on ${sets.result.testRows} test rows`,
  columns: kinds.map((name) => ({ name })),
  rows: sets.result.kinds.map((k) => [k.name, k.coverage.value, k.worstClass.phase, k.worstClass.value, k.meanSize, k.singletons, k.empties]),
}));

// %%
await display(takeaway(`With one threshold for each phase sets hold the truth in {MP8.coverage}, in the worst phase in
  {MP8.worstClassCoverage}; with one for all the worst has {sets.pooledWorst}. They name {MP8.meanSetSize} on average, and one
  who knew the true probabilities {sets.oracleSize}. Intervals of quantities keep their promise too, but that of the worst is
  {MP8.relativeWidth} times as wide as without a model.`, sets));

// %%
await display(htmlTable({
  caption: "90 % intervals of quantities; width over that without a model",
  columns: ["quantity", "measured (rows)", "coverage", "relative width"].map((name) => ({ name })),
  rows: sets.result.intervals.map(({ name, n, coverage, relativeWidth }) => [name, n, coverage.value, relativeWidth]),
}));

// %% [markdown]
// ## Is this a recipe that the model can know about?
//
// Two signs of a strange recipe, its distance from the training rows and the ensemble's disagreement, are ranked among
// held rows, so that one in twenty recipes from home is called strange. Recipes from elsewhere are spread evenly over
// all that the equipment allows. The policy answers only at home and where sure, at a threshold that was chosen, with a bound
// that survives the choosing, so that at most one answer in twenty is wrong.

// %%
const domain = await domainCheck(models);
await display(htmlTable({
  caption: `Chance that a recipe from elsewhere (${domain.result.elsewhereRows}) looks stranger than a test row (${domain.result.testRows})`,
  columns: ["sign", "AUROC", "low", "high"].map((name) => ({ name })),
  rows: domain.result.scores.map(({ name, auroc, low, high }) => [name, auroc, low, high]),
}));

// %%
await display(takeaway(`Both signs together tell recipes from elsewhere with {VR8.auroc}, and call {domain.caught} of them
  strange, at {domain.falseAlarm} false alarms, a little more than stated, as rows come in batches. Answering only where sure and at home, the model answers {policy.answered} of the
  test rows, and {policy.risk} of the answers are wrong.`, domain));

// %% [markdown]
// **What to use.** The ensemble, temperature scaling, one conformal threshold per phase, and the domain check before all. One network
// alone where only recipes like those of training come; never where others may.
//
// ## Limits
//
// - Promises of sets and of the domain check are for batches like those held: the same twelve laboratories. A new laboratory breaks them.
// - Rows of one batch share a day: bounds that count rows as independent (the policy's) are narrower than they should be.
// - The variational network and the row beside it learned from a tenth of the rows: compare those two with each other.
// - Laplace's curvature is summed over a tenth of the training rows, so it doubts more than all rows would have it.
// - Recipes from elsewhere lie far from all campaigns. Strangeness close to home is harder to see.
// - The locked test was looked at while this notebook was written: `data/evidence/touches.jsonl` counts the versions of each model that is kept, and the hash that locks it was written down after the first looks.
// - The calibrated model is judged on simulated labels; what it is worth on real ones is a question for notebook 07.
