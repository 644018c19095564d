// %% [markdown]
// # 05 Is it worth searching for settings?
//
// **Question.** A network has settings that it does not learn: how wide it is, how fast it learns, how strongly it is
// held back. Notebook 04 took them by hand. What does a search for better ones give, how much of what it promises is
// true, and does what it finds hold where rows are many, or real?
//
// **Method.** A *study* carries out *trials*: each is a proposal of settings and the loss that comes of it. Random
// search proposes anything. A *tree-structured Parzen estimator* proposes where good trials lie dense and others do
// not. *Successive halving* stops a trial after 1 and 3 of 9 epochs unless it is among the best third of those before
// it. Both ways get the same number of epochs. The best of many trials is so partly by luck: the loss that chose it is
// too low. So every gain is told twice, on the rows that chose and on rows that chose nothing; the difference is the
// *optimism* of the search.
//
// On the twin all rows come from the train part of notebook 04's experiments: some are learned from, some choose, fresh
// ones judge, and no batch stands in two of them. Tune rows see the two settings that are compared at the end, the
// locked test none. Proposals are a function of the seed and of earlier outcomes alone: any number of threads gives the
// same study. Terms: [glossary](../docs/glossary.md).

// %%
import { display, htmlTable, takeaway } from "cspbbr3-twin";
import { phaseTuning, plateletTuning, trainingExperiments } from "cspbbr3-twin";
import { plotEstimatePairs, plotImportances, plotIncumbents, plotStudyHistory } from "cspbbr3-twin";

const seed = 2;
const data = await trainingExperiments({ seed });
const tuning = await phaseTuning(data);

// %% [markdown]
// ## One trial, followed to its end
//
// The trial that became the best of the first search. At each rung it is compared with the trials before it that came
// so far, but for the five newest: these may still run where there are more threads.

// %%
await display(htmlTable(tuning.result.followed));

// %% [markdown]
// ## The whole search it stands in

// %%
const { study } = tuning.result;
await display(
  plotStudyHistory({ id: "05-tuning-history", title: "The first search", study, valueTitle: "Log loss (nats)" }),
);

// %% [markdown]
// ## Is it better than chance?
//
// Three searches by either way, each from other rows. Random search trains every trial in full, so it has fewer of
// them.

// %%
await display(plotIncumbents({ id: "05-tuning-incumbents", ...tuning.result.incumbents }));

// %%
await display(htmlTable(tuning.result.searches));

// %%
await display(takeaway(`For the same epochs, halving saves {network.overRandom} of log loss on fresh rows over random
  search. Three searches do not tell the two ways apart.`, tuning));

// %% [markdown]
// On functions whose best value is known, a hundred searches tell the Parzen estimator from chance beyond doubt, and
// not from Optuna's (`npm run assure -- tuning`); twenty tell what halving loses and saves (`npm run assure --
// halving`).
//
// ## What mattered
//
// How far the settings of the best tenth lie from those of all complete trials of the first search (PED-ANOVA), by
// either way: those of halving are the ones that it let live. Intervals draw trials anew.

// %%
await display(plotImportances({ id: "05-tuning-importances", ...tuning.result.importances }));

// %% [markdown]
// With so few trials hardly one setting can be told from the others: the search found a good region, not a reason.
//
// ## Promised and kept, on the twin and on real platelets
//
// Platelets have a few hundred rows and no fresh ones. So the whole search is made again in each of five folds, without
// the recipes of that fold, and judged on them (*nested cross-validation*); the promise is that of one search over all
// folds. It searches among Gaussian processes, trees, averages of both and networks. The first of four such searches:

// %%
const platelets = await plateletTuning({ seed });
await display(htmlTable(platelets.result.table));

// %% [markdown]
// What is found hangs on what a search happens to try first:

// %%
await display(htmlTable(platelets.result.searches));

// %%
await display(
  plotEstimatePairs({
    id: "05-tuning-gains",
    title: "What searches promised and kept",
    xTitle: "Gain over the setting that stands (% of its loss)",
    yTitle: "Model",
    series: ["promised", "kept"],
    reference: { at: 0, label: "no gain" },
    rows: [...tuning.result.gains, platelets.result.gains],
  }),
);

// %%
await display(takeaway(`From 3,000 rows the network's search promised {network.promised} and kept {network.kept}: its
  optimism is {network.gap}. The forest's promised {forest.promised} and kept {forest.kept}.`, tuning));

// %%
await display(takeaway(`On real platelets a search promised {platelets.promised} of absolute error and kept
  {platelets.kept}; its optimism is {platelets.gap}. From search to search what is kept is {platelets.keptBySearch}:
  that it pays is not shown.`, platelets));

// %% [markdown]
// ## Should the network of the notebooks change?
//
// The best setting of the three searches and the one that stands are trained on all training rows, as in notebook 04,
// and compared on tune rows of whole recipes, batch by batch. The found one becomes the default only if its whole
// interval lies above 0.

// %%
await display(htmlTable(tuning.result.decision));

// %%
await display(takeaway(`Trained on all rows, the found setting saves {default.gain} of log loss on tune
  rows.`, tuning));

// %% [markdown]
// What is best at 3,000 rows need not be what is best at eighty times as many.

// %% [markdown]
// ## What was read

// %%
await display(takeaway(`Searches, judges and comparisons were handed {VR5.testReads} of the locked test; rows that judge
  a choice among those of its search: {platelets.judgedReads}.`, tuning, platelets));

// %% [markdown]
// ## What to do
//
// - With some thousand rows, as here of the twin: search, and tell the loss on rows that chose nothing.
// - What was found at one size is no answer for eighty times as many rows: compare there before it is used.
// - On a real table of a few hundred rows, as that of platelets: keep what stands; nest whatever is searched.
// - `twin tune` does all this for your own objective, over threads, processes and machines:
//   [tuning](../docs/tuning.md).
//
// ## Limits
//
// - Three searches of two dozen trials, and one for the forest: too few to tell the ways apart. Intervals draw
//   batches, given these searches; how searches differ is not in them.
// - The network that stands chose its best epoch on the rows that choose, too: what a search promises beside it is
//   rather too little. At the end tune rows chose the epoch of both networks.
// - Searches at 3,000 rows and nine epochs; the setting that stands was trained for its own fifteen.
// - The space is narrow and lists what custom varies; a better setting may lie outside.
// - Platelets: one quantity, one split. Intervals over recipes take the four searches as given, those over searches
//   take the recipes. Within a fold a search learns from fewer rows than the one over all folds: a part of the gap is
//   theirs. Features and kernel were decided on rows of the first date, which
//   are among the rows here.
// - What turns recipes into features was fitted on all of the train part, which fresh rows belong to: no label was
//   read, nor any test row.
