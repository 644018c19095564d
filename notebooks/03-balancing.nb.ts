// %% [markdown]
// # 03 Does mending the imbalance help?
//
// **Question.** Laboratories make some phases far less often than others. Which remedy finds the rare ones more often,
// at what price, and do the probabilities still mean what they say?
//
// **Method.** Simulated experiments are split once: 60 % to train, 10 % each to tune and to calibrate, 20 % to test,
// whole batches at a time, because rows of one batch share stocks and a day. Then the *training rows alone* are
// weighted, thinned out, copied, interpolated, or joined by new simulated experiments, and the same classifier is
// trained on each: logistic regression, which draws straight borders between phases. All are judged on the same test
// rows, set aside before anything was fitted, by *recall*, the share of a phase's experiments that are given its name,
// and *log loss*, the mean of $-\ln p$ with $p$ the probability that was given to the phase made (in nats; less is
// better). Intervals draw whole batches, or leave them out in turn where they are few. Terms:
// [glossary](../docs/glossary.md).

// %%
import { display, htmlTable, takeaway } from "cspbbr3-twin";
import { balancingSplit, oneSyntheticRow, remedyComparison, smallTrainingSets, syntheticPhysics } from "cspbbr3-twin";
import { plotEstimatePairs, plotRecalls } from "cspbbr3-twin";

const seed = 1;

// %% [markdown]
// ## One split

// %%
const split = await balancingSplit({ seed });
await display(htmlTable(split.result.partsTable));

// %% [markdown]
// ## One row that nobody made
//
// The remedy that is proposed most often invents rows of the rare class. *SMOTE-NC* takes an experiment, one of its
// nearest neighbours of the same class, and a point between them; categories come from the majority of the neighbours.
// Here is the first such row of CsPb₂Br₅ that a chemist could make, read back from the model's features into amounts:

// %%
const invented = await oneSyntheticRow({ seed });
await display(htmlTable(invented.result.possible));

// %% [markdown]
// And here is the first that cannot be made. One parent took its caesium from the bromide, the other from the oleate.
// The bromide of the row lies between theirs, but a source of caesium cannot lie between two: the row names caesium
// bromide, and holds less bromide than that salt and the lead bromide bring.

// %%
await display(htmlTable(invented.result.impossible ?? invented.result.possible));

// %%
await display(takeaway(`The bromide of that row differs from what its compounds bring by {syntheticRow.bromideExcess}:
  no flask can hold it. The first row lies at {syntheticRow.place} of the way between its parents, and says little that
  they do not.`, invented));

// %% [markdown]
// Whether such rows help is a question for averages, from here on; how many are impossible is counted further below.
//
// ## What it does to recall
//
// *As it is* changes nothing. *Decided evenly* trains on the same rows and only decides otherwise: it names the class
// whose probability is highest relative to its share. *Class weights* count a row of a rare class more. *SMOTE-NC*
// interpolates between neighbours of a class, *ADASYN* most where other classes are near. *Targeted generation* asks
// the twin for more experiments where a class is likely, by the same laboratories but in batches that no test row comes
// from.

// %%
const comparison = await remedyComparison({ seed });
await display(plotRecalls({ id: "03-balancing-recalls", ...comparison.result.recalls }));

// %%
await display(takeaway(`Class weights raise the recall of the rarest class from {balancing.rarestRecall} to
  {balancing.rarestRecallWeighted}, and cost {balancing.accuracyCost} of accuracy.`, comparison));

// %% [markdown]
// The figure shows who pays: with weights, fewer coexistences are recognised. Over- and under-sampling are in the table
// below. Differences of mean recall (the mean over classes) are taken on the same test rows:

// %%
await display(takeaway(`Deciding evenly differs from class weights by {balancing.as-it-is-decided-evenly.againstWeights}
  in mean recall, SMOTE-NC by {balancing.SMOTE-NC.againstWeights}. Of the remedies only ADASYN and throwing rows away
  (under-sampling) are clearly worse.`, comparison));

// %% [markdown]
// ## What it does to probabilities
//
// A model trained on balanced rows believes that all classes are equally common. Its probabilities are corrected by
//
// $$p'_k \propto p_k \, \pi_k / \pi^{\mathrm{trained}}_k ,$$
//
// with $\pi$ the shares of the classes in the original training rows and $\pi^{\mathrm{trained}}$ those it was trained
// under.

// %%
await display(plotEstimatePairs({ id: "03-balancing-log-loss", ...comparison.result.logLoss }));

// %%
await display(htmlTable(comparison.result.table));

// %%
await display(takeaway(`With the prior corrected, class weights change the log loss by {balancing.correctedLogLossCost},
  and mean recall is {balancing.correctedMeanRecall}, against {balancing.meanRecall} as it is: they move the decision,
  not what is known.`, comparison));

// %% [markdown]
// ## Where data are short
//
// Disjoint training sets as small as that of the Python project whose 2025 review this workspace answers (notebook 99),
// on the same test rows:

// %%
const small = await smallTrainingSets({ seed, whole: comparison.result });
await display(plotEstimatePairs({ id: "03-balancing-sizes", ...small.result.sizes }));

// %%
await display(takeaway(`From {small.rows}, targeted generation (new simulated experiments) differs from class weights by
  {small.targeted-generation} in mean recall; from all training rows by
  {balancing.targeted-generation.againstWeights}.`, small, comparison));

// %% [markdown]
// A likely reason, not tested: where rows are short, any new recipe of a rare class tells something. Where they are
// not, it matters that targeted recipes come from where the twin was told to look, not from where laboratories work.

// %%
await display(takeaway(`From all training rows, even with the prior corrected, targeted generation leaves the log loss
  {balancing.targetedCorrectedLogLossCost} above that of the rows as they are.`, comparison));

// %% [markdown]
// ## Are interpolated rows recipes?
//
// Every interpolated row is read back as a recipe and checked: ranges, volumes, boiling, charge balance, solubility,
// and whether its bromide is what its compounds bring. *Contradictory* are rows whose interpolated supersaturation is
// off by more than 1 in $\ln S$ from that of their own recipe. *SMOTE* interpolates categories as if they were numbers.

// %%
const physics = await syntheticPhysics({ seed });
await display(htmlTable(physics.result.table));

// %%
await display(takeaway(`{physics.SMOTE-NC.faulty} of the rows of SMOTE-NC and {physics.ADASYN.faulty} of those of ADASYN
  could not be made; {physics.SMOTE-NC.contradictory} of SMOTE-NC's contradict themselves.`, physics));

// %% [markdown]
// ## Is the split clean?
//
// The split is searched for leaks: equal and nearly equal rows, batches in two parts, features that encode the label or
// a value that only the simulator knows. An audit that finds nothing is worth as much as its power to find something,
// so every kind of leak is planted once and must be found. Counts are rows, or columns where a feature leaks. The split
// claims nothing about time, so overlap in time is asked of the planted copy alone.

// %%
await display(htmlTable(split.result.leaksTable));

// %%
await display(takeaway(`The audit finds {DQ2.leaks} in the split and {DQ2.plantedLeaksFound} of the planted ones. The
  rarest class has {DQ3.smallestTestClass} to test on.`, split));

// %% [markdown]
// ## What to use
//
// - To find rare phases: class weights, or an even decision on the untouched model.
// - To weigh costs yourself: the untouched probabilities, or the corrected ones.
// - Where data are short: new experiments, each with its own recipe.
// - Interpolation earned nothing here that weights do not.
//
// ## Limits
//
// - All labels are simulated. The supersaturations among the features use the twin's own equations; a model of real
//   data would not have them as exactly.
// - One classifier, linear in its features. A network can bend its borders and may gain less, or otherwise (notebook
//   04).
// - One split and one seed of the twin. The intervals cover batches of these laboratories, not other laboratories: how
//   a model fares in one it has not seen is another question.
// - The intervals of the small sets take the test rows as given; those of impossible rows take interpolated rows as
//   independent.
// - No model can be right always: what the noise of the label leaves is in notebook 02.
// - Every difference from class weights has an interval of its own: one in twenty such intervals misses by chance.
