// %% [markdown]
// # 01 What do published recipes say?
//
// **Question.** Before anything is simulated: what do published syntheses of caesium lead bromides tell, and how far
// does a simple rule get?
//
// **Method.** Two published tables are mapped onto one schema (mol/L, °C, s, nm); every row that is dropped or changed
// on the way is counted. Then two questions. Does the Cs:Pb ratio of a recipe tell which phase forms? Does a size law
// that holds in one laboratory hold in the next? Recipes of one paper are not independent, so intervals come from
// leaving out whole papers, one after another. All labels are real; nothing is simulated. The recipe table may not be
// redistributed and neither table is in the repository, so only counts and fitted numbers are shown; where the tables
// are absent, the same cells show the recorded evidence.
//
// Terms: [glossary](../docs/glossary.md).

// %%
import { display, htmlTable, takeaway } from "cspbbr3-twin";
import { phasesByRatio, publishedTables, sizeAcrossPapers, sizesWithinLaboratories } from "cspbbr3-twin";
import { plotRatioHistogram, plotRuleAgainstConstant, plotSizeSeries } from "cspbbr3-twin";

const seed = 1;

// %% [markdown]
// ## Does the Cs:Pb ratio tell the phase?
//
// The stoichiometries suggest a rule: CsPb₂Br₅ has Cs:Pb = 1/2, CsPbBr₃ has 1, Cs₄PbBr₆ has 4, so predict the
// compound whose ratio is nearest to the recipe's on a logarithmic scale. Its borders, the dashed lines, are the
// geometric means $\sqrt{1/2 \cdot 1}$ and $\sqrt{1 \cdot 4}$; bars end at them.

// %%
const phases = await phasesByRatio({ seed });
await display(plotRatioHistogram({
  id: "01-experiments-caesium-lead-ratio",
  ...phases.result.histogram,
}));

// %% [markdown]
// Most published CsPbBr₃ was made on the lead-rich side, where the rule says CsPb₂Br₅. A likely reason, not tested
// here: in most hot injections PbBr₂ is the only source of bromide, so chemists add more of it. The least that a rule
// should do is to beat the constant answer "CsPbBr₃".

// %%
await display(plotRuleAgainstConstant({
  id: "01-experiments-rule-against-constant",
  ...phases.result.rules,
}));

// %%
await display(takeaway(`The nearest-stoichiometry rule names the phase of {phases.stoichiometryRule} of published
  recipes rightly; always answering CsPbBr₃ does so for {phases.constant}, over {phases.papers}.
  A model has to beat the constant answer, not the rule.`, phases));

// %% [markdown]
// ## How much is there, and how clean is it?
//
// A *repaired* row differs from its source in at least one value: an amount counted again from the list of reactants
// or from volumes, a quantum yield of 0 that means "not measured", a "size" above 100 nm that belongs to a sheet or a
// wire. Ranges are checked after the repairs, so values that a repair took out do not count against them.

// %%
const tables = await publishedTables();
await display(htmlTable(tables.result.table));

// %%
await display(takeaway(`Of {DQ6.rows} of real Cs-Pb-Br experiments the phase is told, or that they failed, from
  {DQ6.labs}; only {tables.otherPhases} name another phase than CsPbBr₃, and {tables.failures} failed.`, tables));

// %%
await display(takeaway(`Repairs touched {tables.repaired} of the rows; as they are then, {DQ1.violationRate} hold a
  value out of its range. They come from {DQ6.batches} at least: no two papers share stocks and days.`, tables));

// %% [markdown]
// ## Does a size law carry over to the next laboratory?
//
// Within one laboratory the edge length follows one knob closely. Four published series, each with a straight line
// fitted to ln(size): against temperature, and against ln(Br:Pb).

// %%
const within = await sizesWithinLaboratories();
const temperature = { id: "01-experiments-size-temperature", xTitle: "Temperature (°C)" };
await display(plotSizeSeries({ ...temperature, series: within.result.temperature }));

// %%
const bromide = { id: "01-experiments-size-bromide", xTitle: "Br:Pb ratio (mol/mol)" };
await display(plotSizeSeries({ ...bromide, series: within.result.bromide }));

// %%
await display(takeaway(`Within one laboratory the slope of ln(size) against ln(Br:Pb) is
  {size.slope.bromide-lead-160} at 160 °C and {size.slope.bromide-lead-180} at 180 °C; against temperature it is
  {size.slope.hot-injection-temperature} in a hot-injection series.`, within));

// %% [markdown]
// Across laboratories, the law
//
// $$\ln D = a + b\,T + c \ln(\mathrm{Br{:}Pb}) + d \ln(\mathrm{OAm{:}Pb} + 0.5) + e \ln t$$
//
// is fitted to the hot injections of all papers but one and predicts that one, for every paper in turn. $D$ is the
// edge length, $T$ the temperature, OAm oleylamine, $t$ the reaction time.

// %%
const transfer = await sizeAcrossPapers({ seed });
await display(takeaway(`On a paper it has not seen the law explains {size.r2NextPaper} of the variance of ln(size)
  and removes {size.gainOverMean} of the squared error that the mean of the other papers makes, over {size.papers}.
  So few papers cannot settle how much of a size law carries over.`, transfer));

// %% [markdown]
// ## What to use
//
// - Compare every model of the phase with the constant answer "CsPbBr₃" on the same recipes, not with a rule of thumb.
// - Do not tell the product from Cs:Pb alone: ask for ligands, solvent and times as well.
// - A slope of size against one knob is a laboratory's own: fit it to a few runs of yours before you rely on it.
// - Publish what failed, and which experiments shared stocks and days: neither can be recovered afterwards.
//
// ## Limits
//
// - Papers do not tell what failed; one laboratory's 18 failures are all there are here: these tables cannot say how
//   often a synthesis gives nothing.
// - Nearly all labels are CsPbBr₃; the other phases rest on a handful of recipes from few papers, so nothing here
//   supports a claim about them.
// - A paper stands for its laboratory; a laboratory with two papers counts as two.
// - The hot-injection series against temperature is the part of the published points that its fact lists.
// - Intervals across papers leave out papers as they were predicted; the law is not fitted again without each.
//   In simulations of such papers they hold; of so few and unequal ones they are wide, most of all for R².
// - Slope intervals assume independent errors of equal spread within a series, and the series are short.
// - The form of the size law was chosen by people who had seen many of these papers, so its transfer is flattered.
// - Two-laboratory crystallisations of hybrid lead iodides can be loaded too, but are another chemistry and not in
//   these numbers.
