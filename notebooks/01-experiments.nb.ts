// %% [markdown]
// # 01 What real Cs-Pb-Br recipes look like
//
// **Question.** Before we simulate anything: what do published syntheses of caesium lead bromides tell us, and how
// far would a simple rule get?
//
// **Method.** Three published tables are mapped onto one schema (mol/L, °C, s, nm); every row that is dropped or
// changed on the way is counted. Then we ask two things. Does the Cs:Pb ratio of the recipe tell which phase forms?
// And does a size law that holds in one laboratory hold in the next? Intervals come from resampling whole papers,
// because recipes of one paper are not independent. All real labels, no simulation.
//
// The tables may not be redistributed, so only counts and fitted numbers are shown. Where the tables are absent,
// the same cells show the recorded evidence.

// %%
import { display, htmlTable, phasesByRatio, plotRatioHistogram, plotRuleAgainstConstant } from "cspbbr3-twin";
import { plotSizeSeries, publishedTables, sizeAcrossPapers, sizesWithinLaboratories, takeaway } from "cspbbr3-twin";

const seed = 1;

// %% [markdown]
// ## The tables
//
// A *repaired* row differs from its source in at least one value: a bromide amount counted again from the list of
// reactants, a quantum yield of 0 that means "not measured", a "size" above 100 nm that belongs to a sheet or a wire.

// %%
const tables = await publishedTables();
await display(
  htmlTable({
    caption: "Published tables on our schema",
    columns: [{ name: "table" }, { name: "content" }, { name: "licence" }, { name: "rows" }, { name: "kept" }, { name: "repaired" }, { name: "labs or papers" }],
    rows: tables.result.map(({ id, content, licence, rows, kept, repairedRows, sources }) => [id, content, licence, rows, kept, repairedRows, sources]),
  }),
);

// %%
await display(takeaway("{DQ6.rows} real experiments carry a Cs-Pb-Br phase label, from {DQ6.labs}; the share of rows outside their plausible range is {DQ1.violationRate}. Batches: {DQ6.batches}.", tables));

// %% [markdown]
// ## Does the Cs:Pb ratio tell the phase?
//
// The stoichiometries suggest a rule: CsPb$_2$Br$_5$ has Cs:Pb = 1/2, CsPbBr$_3$ has 1, Cs$_4$PbBr$_6$ has 4, so
// predict the compound whose ratio is nearest to the recipe's (on a logarithmic scale, borders at $\sqrt{1/2}$ and 2).
// The dashed lines are its borders.

// %%
const phases = await phasesByRatio({ seed });
const { binEdges, counts, boundaries, predictions } = phases.result;
await display(plotRatioHistogram({ id: "01-experiments-caesium-lead-ratio", binEdges, counts, rulePhaseBoundaries: { ratios: boundaries, predictions } }));

// %% [markdown]
// Nearly all CsPbBr$_3$ is made far on the lead-rich side, where the rule says CsPb$_2$Br$_5$: in a hot injection
// caesium comes as oleate and bromide only from PbBr$_2$, so an excess of lead salt is how chemists bring enough bromide.
// Which of the three forms is set by ligands, solvent and kinetics as well as by the ratio. The rule should at least beat
// the constant answer "CsPbBr$_3$".

// %%
const [rule, constant] = phases.measurements;
await display(
  plotRuleAgainstConstant({
    id: "01-experiments-rule-against-constant",
    bars: [{ name: "nearest stoichiometry", share: rule.value!, low: rule.interval!.low, high: rule.interval!.high, n: rule.n! }],
    referenceShare: { share: constant.value!, label: "always CsPbBr3" },
  }),
);

// %%
await display(takeaway("The nearest-stoichiometry rule names the phase of {phases.stoichiometryRule} of published recipes, always answering CsPbBr3 gets {phases.constant}: a model has to beat the constant answer, not the rule.", phases));

// %% [markdown]
// ## Does a size law carry over to the next laboratory?
//
// Within one laboratory the edge length follows one knob closely. Four published series, each with a straight line
// fitted to ln(size): against temperature, and against ln(Br:Pb).

// %%
const series = await sizesWithinLaboratories();
const lines = series.result.series.map(({ name, doi, x, points, fit }) => ({
  name, doi, xName: x.name,
  points: points.map(([value, size]) => ({ x: value, size, sd: null })),
  fit: fit.map(([value, size]) => ({ x: value, size })),
}));
await display(plotSizeSeries({ id: "01-experiments-size-temperature", xTitle: "Temperature (°C)", series: lines.filter(({ xName }) => xName === "temperatureCelsius") }));
await display(plotSizeSeries({ id: "01-experiments-size-bromide", xTitle: "Br:Pb ratio (mol/mol)", series: lines.filter(({ xName }) => xName === "bromideLeadRatio") }));

// %%
await display(takeaway("Within a laboratory ln(size) falls with ln(Br:Pb) by {size.slope.bromide-lead-160} at 160 °C and {size.slope.bromide-lead-180} at 180 °C, and rises with temperature by {size.slope.hot-injection-temperature} in one hot-injection series.", series));

// %% [markdown]
// Across laboratories: fit $\ln D = a + b\,T + c \ln(\mathrm{Br{:}Pb}) + d \ln(\mathrm{OAm{:}Pb} + 0.5) + e \ln t$ on all papers but
// one, predict that one, and repeat for every paper.

// %%
const transfer = await sizeAcrossPapers({ seed });
await display(takeaway("On a paper it has not seen the law explains {size.r2NextPaper} of the variance of ln(size) and removes {size.gainOverMean} of the mean predictor's squared error, over {size.papers}.", transfer));

// %% [markdown]
// ## Limits
//
// - Recipes that failed are not published: these tables cannot say how often a synthesis gives nothing.
// - Nearly all labels are CsPbBr$_3$; the other phases rest on a handful of recipes from three papers, so nothing here
//   supports a claim about them.
// - A paper stands for its laboratory; one laboratory with two papers counts as two.
// - Slope intervals assume independent errors of equal spread within a series, and the series are short.
