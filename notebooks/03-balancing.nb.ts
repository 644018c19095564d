// %% [markdown]
// # 03 Does mending the imbalance help?
//
// **Question.** The rarest phase makes up one experiment in twenty-seven. Which remedy finds it more often, at what price, and
// are the probabilities still worth their name afterwards?
//
// **Method.** Experiments as laboratories run them are split once: 60 % to train, 10 % each for tuning and calibration,
// 20 % to test, whole batches at a time, because rows of one batch share stocks and a day. Then the *training rows alone*
// are weighted, thinned out, copied, interpolated, or joined by new experiments of the twin, and the same classifier,
// logistic regression on the recipe in the chemist's terms, is trained on each. All are judged on the same test rows, which
// nothing has touched. Intervals resample whole batches. All labels are simulated.

// %%
import { display, htmlTable, takeaway } from "cspbbr3-twin";
import { balancingSplit, remedyComparison, smallTrainingSets, syntheticPhysics } from "cspbbr3-twin";
import { plotEstimatePairs, plotRecalls } from "cspbbr3-twin";

const seed = 1;

// %% [markdown]
// ## One split, and an audit of it
//
// Before anything is trained, the split is searched for leaks: equal and nearly equal rows, batches in two parts, features
// that encode the label or a value that only the simulator knows. An audit that finds nothing is worth as much as its
// power to find something, so every kind of leak is planted once and must be found. Counts are rows, or columns where a
// feature leaks. The split claims nothing about time, so overlap in time is asked of the planted copy alone.

// %%
const split = await balancingSplit({ seed });
await display(htmlTable({
  caption: "Experiments per part and product",
  columns: ["part", "experiments", ...split.result.classes].map((name) => ({ name })),
  rows: split.result.parts.map((part) => [part.name, part.rows, ...part.counts]),
}));

// %%
await display(htmlTable({
  caption: "Leaks found in the split, and in copies of it with one leak planted",
  columns: ["kind of leak", "in the split", "where one was planted"].map((name) => ({ name })),
  rows: split.result.audit.map((one) => [one.kind, one.found, one.planted]),
}));

// %%
await display(takeaway(`The audit finds {DQ2.leaks} in the split and {DQ2.plantedLeaksFound} of the planted ones. The rarest
  class has {DQ3.smallestTrainClass} to train on and {DQ3.smallestTestClass} to test on; over the commonest that is a
  ratio of {DQ3.ratioBefore}.`, split));

// %% [markdown]
// ## What it does to recall
//
// *As it is* changes nothing. *Decided evenly* trains on the same rows and only decides otherwise: it names the class
// whose probability is highest relative to its share. *Class weights* count a row of a rare class more. *SMOTE-NC*
// interpolates between neighbours of a class, *ADASYN* most where other classes are near. *Targeted generation* asks the
// twin for more experiments where a class is likely, by the same laboratories but in batches that no test row comes from.

// %%
const comparison = await remedyComparison({ seed });
await display(plotRecalls({ id: "03-balancing-recalls", ...comparison.result.recalls }));

// %%
await display(takeaway(`The rarest class is recognised in {balancing.rarestRecall} as it is and in
  {balancing.rarestRecallWeighted} with class weights; the mean over classes goes from {balancing.meanRecall} to
  {balancing.meanRecallWeighted}. The price is {balancing.accuracyCost} of accuracy, paid by the commonest class.`, comparison));

// %% [markdown]
// Most of that needs no new training: deciding evenly with the untouched model comes within
// about a percentage point of class weights. No method that makes rows up beats the weights by more than that.

// %%
await display(takeaway(`Against class weights, mean recall differs by {balancing.as-it-is-decided-evenly.againstWeights} for
  deciding evenly, {balancing.over-sampling.againstWeights} for copies, {balancing.SMOTE-NC.againstWeights} for SMOTE-NC,
  {balancing.ADASYN.againstWeights} for ADASYN, {balancing.targeted-generation.againstWeights} for targeted generation.`, comparison));

// %% [markdown]
// ## What it does to probabilities
//
// A model trained on balanced rows believes that all classes are equally common. Its probabilities are corrected by
//
// $$p'_k \propto p_k \, \pi_k / \pi^{\mathrm{trained}}_k ,$$
//
// with $\pi$ the shares of the classes in the original training rows and $\pi^{\mathrm{trained}}$ those it was trained under.

// %%
await display(plotEstimatePairs({ id: "03-balancing-log-loss", ...comparison.result.logLoss }));

// %%
const columns = ["training set", "rows", "mean recall", "accuracy", "ECE as trained", "ECE corrected"];
await display(htmlTable({
  caption: "All remedies on the same test rows; ECE is the debiased expected calibration error",
  columns: columns.map((name) => ({ name })),
  rows: comparison.result.table,
}));

// %%
await display(takeaway(`Class weights make the log loss {balancing.logLossCost} worse; with the prior corrected
  {balancing.correctedLogLossCost} remain. But decided by the corrected probabilities, mean recall is back at
  {balancing.correctedMeanRecall}: weights moved the decision, they added no knowledge.`, comparison));

// %% [markdown]
// ## Where data are short
//
// The reviewed project had 2,000 experiments. Ten disjoint training sets of that size (its 60 %), same test rows:

// %%
const small = await smallTrainingSets({ seed, whole: comparison.result });
await display(plotEstimatePairs({ id: "03-balancing-sizes", ...small.result.sizes }));

// %%
await display(takeaway(`With few rows, new experiments are worth most: targeted generation differs from class weights by
  {small.targeted-generation} in mean recall, SMOTE-NC by {small.SMOTE-NC}, throwing rows away by {small.under-sampling}.
  With ten times the rows the gain is gone: {balancing.targeted-generation.againstWeights}.`, small, comparison));

// %% [markdown]
// A likely reason: where rows are short, any new recipe of a rare class tells something. Where they are not, it matters
// that targeted recipes come from where the twin was told to look, not from where laboratories work: within each class
// they are distributed otherwise than in the test rows, and no correction of the prior mends that.

// %%
await display(takeaway(`Even with the prior corrected, targeted generation leaves the log loss
  {balancing.targetedCorrectedLogLossCost} above that of the rows as they are.`, comparison));

// %% [markdown]
//
// ## Are interpolated rows recipes?
//
// Every interpolated row is read back as a recipe and checked: ranges, volumes, boiling, charge balance, solubility, and
// whether its bromide is what its compounds bring. *Contradictory* are rows whose interpolated supersaturation is off by
// more than 1 in $\ln S$ from that of their own recipe.

// %%
const physics = await syntheticPhysics({ seed });
const kinds = ["method", "rows made up", "impossible", "contradictory", "commonest fault"];
await display(htmlTable({
  caption: "Interpolated rows as recipes",
  columns: kinds.map((name) => ({ name })),
  rows: physics.result.methods.map((m) => [m.name, m.rows, m.faulty, m.contradictory, m.commonest]),
}));

// %%
await display(takeaway(`{physics.SMOTE-NC.faulty} of the rows of SMOTE-NC and {physics.ADASYN.faulty} of those of ADASYN could
  not be made: bromide from nowhere, mostly. Contradictory are {physics.SMOTE-NC.contradictory}: neighbours are near
  enough for the supersaturation between them to be that of the recipe between them.`, physics));

// %% [markdown]
// **What to use.** Class weights, or an even decision on the untouched model, if rare phases must be found; the untouched or
// corrected probabilities if decisions weigh costs themselves. New experiments where data are short. Interpolation
// earns nothing here that weights do not.
//
// ## Limits
//
// - One classifier, linear in its features. A network can bend its borders and may gain less, or otherwise (notebook 04).
// - One split and one seed of the twin. The intervals cover batches of these twelve laboratories, not other laboratories.
// - The intervals of the small sets take the test rows as given.
// - The supersaturations among the features use the twin's own equations; a model of real data would not have them as exactly.
// - Labels are noisy by nature: knowing all but the noise, 95 % could be named rightly, from the recipe alone 84 % (notebook 02).
// - The split keeps batches whole, not laboratories: how a model fares in a laboratory it has not seen is another question.
// - Eight differences from class weights are shown at once, each with an interval of its own: one in twenty such intervals
//   misses by chance.
