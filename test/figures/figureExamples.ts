import type { Figure } from "../../src/figures/Figure.js";
import { plotCategoryScores } from "../../src/figures/plotCategoryScores.js";
import { plotClassShares } from "../../src/figures/plotClassShares.js";
import { plotContour } from "../../src/figures/plotContour.js";
import { plotControlChart } from "../../src/figures/plotControlChart.js";
import { plotEstimatePairs } from "../../src/figures/plotEstimatePairs.js";
import { plotImportances } from "../../src/figures/plotImportances.js";
import { plotIncumbents } from "../../src/figures/plotIncumbents.js";
import { plotLearningCurves } from "../../src/figures/plotLearningCurves.js";
import { plotParallelCoordinates } from "../../src/figures/plotParallelCoordinates.js";
import { plotParetoFront } from "../../src/figures/plotParetoFront.js";
import { plotParity } from "../../src/figures/plotParity.js";
import { plotPhaseMap, type PhaseMap } from "../../src/figures/plotPhaseMap.js";
import { plotProfiles } from "../../src/figures/plotProfiles.js";
import { plotRatioHistogram } from "../../src/figures/plotRatioHistogram.js";
import { plotRecalls, type Recalls } from "../../src/figures/plotRecalls.js";
import { plotReliability } from "../../src/figures/plotReliability.js";
import { plotRiskCoverage } from "../../src/figures/plotRiskCoverage.js";
import { plotRuleAgainstConstant } from "../../src/figures/plotRuleAgainstConstant.js";
import { plotSizeEmission } from "../../src/figures/plotSizeEmission.js";
import { plotSizeSeries } from "../../src/figures/plotSizeSeries.js";
import { plotSlices } from "../../src/figures/plotSlices.js";
import { plotSpectra } from "../../src/figures/plotSpectra.js";
import { plotStudyHistory } from "../../src/figures/plotStudyHistory.js";
import { plotSweep } from "../../src/figures/plotSweep.js";
import { figureLayout, seriesStyles } from "../../src/figures/theme.js";
import { estimate } from "../support/estimate.js";
import { madeUpStudy } from "./studyExample.js";

/** Light to dark, for counts and shares in heatmaps; steps of lightness alone tell cells apart. */
const sequentialScale: readonly (readonly [number, string])[] = [
  [0, "#f7fbff"],
  [0.25, "#c6dbef"],
  [0.5, "#6baed6"],
  [0.75, "#2171b5"],
  [1, "#08306b"],
];

const binEdges = Array.from({ length: 25 }, (_, i) => Number((10 ** (-1.2 + i * 0.1)).toPrecision(6)));
const peak = (centre: number, width: number, height: number): number[] =>
  binEdges.slice(1).map((edge) => Math.round(height / (1 + ((Math.log10(edge) - centre) / width) ** 4)));

/** Made-up results of the size and shape that the notebooks hand to each figure function. */
export const ratioHistogram: Figure = plotRatioHistogram({
  id: "01-experiments-cs-pb-ratio",
  binEdges,
  counts: {
    CsPbBr3: peak(-0.45, 0.2, 120),
    Cs4PbBr6: peak(0.45, 0.2, 25),
    CsPb2Br5: peak(-0.7, 0.2, 12),
    coexistence: peak(-0.1, 0.3, 20),
    "no target product": peak(0.1, 0.3, 6),
  },
  rulePhaseBoundaries: { ratios: [0.7071, 2], predictions: ["CsPb2Br5", "CsPbBr3", "Cs4PbBr6"] },
});

export const ruleAgainstConstant: Figure = plotRuleAgainstConstant({
  id: "01-experiments-rule",
  bars: [
    { name: "nearest stoichiometry, log", share: 0.312, low: 0.27, high: 0.356, n: 512 },
    { name: "nearest stoichiometry, linear", share: 0.291, low: 0.25, high: 0.335, n: 512 },
    { name: "one paper, one vote", share: 0.4, low: 0.29, high: 0.52, n: 71 },
  ],
  referenceShare: { share: 0.87, label: "always CsPbBr3" },
});

export const sizeSeries: Figure = plotSizeSeries({
  id: "01-experiments-size",
  xTitle: "Injection temperature (°C)",
  series: [
    {
      name: "hot injection",
      doi: "10.0000/first",
      points: [130, 145, 160, 180, 200].map((x, i) => ({ x, size: 3 + 2.2 * i, sd: 0.4 + 0.2 * i })),
      fit: [
        { x: 130, size: 3.4 },
        { x: 200, size: 12 },
      ],
    },
    {
      name: "ligand-assisted reprecipitation",
      doi: "10.0000/second",
      points: [0, 20, 40, 60].map((x, i) => ({ x, size: 3.5 + i / 2, sd: null })),
    },
    { name: "CsPbBr3 by microwaves", doi: "10.0000/third", points: [{ x: 100, size: 20, sd: 3 }] },
  ],
});

export const categoryScores: Figure = plotCategoryScores({
  id: "99-scorecard-categories",
  categories: [
    { name: "Data quality", weight: 0.25, low: 4.5, high: 8 },
    { name: "Model performance", weight: 0.25, low: 0, high: 9.5 },
    { name: "Validation rigour", weight: 0.2, low: 1, high: 10 },
    { name: "Infrastructure", weight: 0.1, low: 6.5, high: 8.5 },
    { name: "Code quality", weight: 0.1, low: 7, high: 9 },
    { name: "Documentation", weight: 0.1, low: 5, high: 5 },
  ],
  reference: { points: 7, label: "production asks for 7" },
});

const logSpaced = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Number((low * (high / low) ** (i / (count - 1))).toPrecision(5)));

/** Soft borders along made-up lines in logarithms: four regions, and nothing where both ratios are small. */
function madeUpProduct(x: number, y: number): { phase: string; probability: number } {
  const [caesium, ligand] = [Math.log10(x), Math.log10(y)];
  const weights: Record<string, number> = {
    CsPbBr3: 4 - 6 * Math.abs(caesium + 0.3) - 1.5 * (ligand - 1),
    Cs4PbBr6: 1.5 + 5 * caesium + 3 * (ligand - 1),
    CsPb2Br5: 0.5 - 6 * (caesium + 0.55) - 2 * (ligand - 0.6),
    coexistence: 2.2 - 2 * Math.abs(caesium - 0.15 + 0.3 * (ligand - 1)),
    "no target product": -1 - 4 * (caesium + 0.4) + 6 * (ligand - 1.6),
  };
  const [phase, weight] = Object.entries(weights).reduce((best, one) => (one[1] > best[1] ? one : best));
  return {
    phase,
    probability: Math.exp(weight) / Object.values(weights).reduce((sum, each) => sum + Math.exp(each), 0),
  };
}

const mapAxes = {
  x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values: logSpaced(0.1, 10, 41) },
  y: { title: "Oleylamine:Pb (mol/mol)", values: logSpaced(1, 100, 31) },
};
const madeUpMap = mapAxes.y.values.map((y) => mapAxes.x.values.map((x) => madeUpProduct(x, y)));

export const phaseMapInput: PhaseMap = {
  id: "02-generation-phase-map",
  condition: "hot injection, 160 °C, 10 s, Pb 0.02 mol/L, Br:Pb 3, oleic acid:Pb 16",
  ...mapAxes,
  phases: madeUpMap.map((row) => row.map(({ phase }) => phase)),
  probability: madeUpMap.map((row) => row.map(({ probability }) => probability)),
  points: [
    { x: 0.3, y: 16, phase: "CsPbBr3", label: "doi:10.0000/first" },
    { x: 0.5, y: 10, phase: "CsPbBr3", label: "doi:10.0000/second" },
    { x: 0.69, y: 17, phase: "CsPbBr3", label: "doi:10.0000/third" },
    { x: 0.25, y: 6, phase: "CsPbBr3", label: "doi:10.0000/fourth" },
    { x: 4, y: 40, phase: "Cs4PbBr6", label: "doi:10.0000/fifth" },
    { x: 2.3, y: 60, phase: "Cs4PbBr6", label: "doi:10.0000/sixth" },
    { x: 0.15, y: 3, phase: "CsPb2Br5", label: "doi:10.0000/seventh" },
    { x: 1.5, y: 8, phase: "coexistence", label: "doi:10.0000/eighth" },
  ],
};

export const phaseMap: Figure = plotPhaseMap(phaseMapInput);

const law = (size: number, factor: number): { size: number; low: number; high: number } => ({
  size,
  low: size / factor,
  high: size * factor,
});

export const sizeLaw: Figure = plotSizeSeries({
  id: "02-generation-size-bromide",
  title: "Edge length of CsPbBr3 crystals, twin and literature",
  xTitle: "Br:Pb ratio (mol/mol)",
  fitName: "line and band: twin, ± standard deviation between laboratories",
  series: [
    {
      name: "160 °C",
      doi: "10.0000/first",
      points: [
        [2, 16.9],
        [2.23, 13],
        [2.44, 11],
        [2.87, 9],
        [3.3, 7.5],
        [3.75, 6.5],
        [4.18, 5.5],
        [4.61, 3.8],
      ].map(([x, size]) => ({ x, size, sd: null })),
      fit: [2, 2.5, 3, 3.5, 4, 4.6].map((x) => ({ x, ...law(44 * x ** -1.55, 1.35) })),
    },
    {
      name: "180 °C",
      doi: "10.0000/second",
      points: [
        [2, 22],
        [2.43, 15.9],
        [3.31, 12],
        [4.18, 7],
      ].map(([x, size]) => ({ x, size, sd: 1 })),
      fit: [2, 2.5, 3, 3.5, 4, 4.6].map((x) => ({ x, ...law(60 * x ** -1.5, 1.35) })),
    },
  ],
});

const photon = (electronvolt: number): number => 1239.842 / electronvolt;
const emission = (size: number, uncertainty: number): { size: number; peak: number; low: number; high: number } => {
  const energy = 2.34 + 6.9 / (size ** 2 + 7.2);
  return { size, peak: photon(energy), low: photon(energy + uncertainty), high: photon(energy - uncertainty) };
};

export const sizeEmission: Figure = plotSizeEmission({
  id: "02-generation-size-emission",
  curve: [
    ...Array.from({ length: 8 }, (_, i) => 2 + i * 0.25),
    3.99,
    ...Array.from({ length: 45 }, (_, i) => 4 + i * 0.25),
  ].map((size) => emission(size, size < 4 ? 0.06 : 0.015)),
  uncertainty: "±15 meV, below 4 nm ±60 meV",
  points: [
    { size: 3.8, peak: 470, label: "hot injection A", doi: "10.0000/first" },
    { size: 8.2, peak: 509.7, label: "hot injection A", doi: "10.0000/first" },
    { size: 8.5, peak: 510.9, label: "hot injection B", doi: "10.0000/second" },
    { size: 11.8, peak: 518, label: "hot injection B", doi: "10.0000/second" },
    { size: 4.1, peak: 477, label: "reprecipitation", doi: "10.0000/third" },
    { size: 5, peak: 486, label: "reprecipitation", doi: "10.0000/third" },
  ],
  bulk: 530,
  weakBelow: 4,
});

export const classShares: Figure = plotClassShares({
  id: "02-generation-class-shares",
  classes: [
    { name: "CsPbBr3", share: 0.287, low: 0.278, high: 0.296, reference: 0.295 },
    { name: "Cs4PbBr6", share: 0.171, low: 0.164, high: 0.178, reference: 0.167 },
    { name: "CsPb2Br5", share: 0.034, low: 0.031, high: 0.038, reference: 0.0355 },
    { name: "coexistence", share: 0.362, low: 0.353, high: 0.371, reference: 0.3605 },
    { name: "no target product", share: 0.146, low: 0.139, high: 0.153, reference: 0.142 },
  ],
  n: 10000,
});

export const recipePhase: Figure = plotRuleAgainstConstant({
  id: "02-generation-recipe-phase",
  yTitle: "Recipes",
  bars: [
    {
      name: "CsPbBr3 and others",
      kind: "training",
      n: 72,
      share: 0.82,
      low: 0.72,
      high: 0.89,
      constant: { share: 0.94, low: 0.87, high: 0.98 },
    },
    {
      name: "CsPbBr3 and others",
      kind: "held out",
      n: 40,
      share: 0.75,
      low: 0.6,
      high: 0.86,
      constant: { share: 0.925, low: 0.8, high: 0.97 },
    },
    {
      name: "Cs4PbBr6, CsPb2Br5",
      kind: "held out",
      n: 7,
      share: 0.29,
      low: 0.08,
      high: 0.64,
      constant: { share: 0, low: 0, high: 0.35 },
    },
    { name: "facts to reproduce", kind: "acceptance", n: 24, share: 0.875, low: 0.69, high: 0.96 },
  ],
  referenceShare: { share: 0.9, label: "asked for" },
});

const profile = (
  name: string,
  unit: string,
  low: number,
  high: number,
  [from, at, to]: readonly [number, number, number],
): Parameters<typeof plotProfiles>[0]["parameters"][number] => {
  const value = (place: number): number => low + place * (high - low);
  return {
    name,
    unit,
    low,
    high,
    value: value(at),
    profileLow: value(from),
    profileHigh: value(to),
    onBound: at === 0 || at === 1,
  };
};

export const profiles: Figure = plotProfiles({
  id: "02-generation-profiles",
  title: "What the recipes say about each physical parameter",
  interval: "95 % profile interval",
  parameters: [
    profile("ΔG of CsPbBr3", "J/mol", -32000, -10000, [0.3, 0.45, 0.7]),
    profile("ΔG of Cs4PbBr6", "J/mol", -20000, -5000, [0.5, 0.8, 1]),
    profile("ΔG of CsPb2Br5", "J/mol", -15000, -2000, [0.1, 0.3, 0.55]),
    profile("ΔS of CsPbBr3", "J/mol/K", 10, 40, [0, 0.4, 1]),
    profile("ln K of CsBr", "1", -11.5, -9, [0.35, 0.42, 0.5]),
    profile("ln K of PbBr2", "1", -15, -12, [0.62, 0.7, 0.81]),
    profile("acid-base constant", "L/mol", 10, 100, [0, 0.33, 1]),
    profile("lead held without ligand", "mol/L", 0.001, 0.01, [0.2, 0.5, 1]),
    profile("lead held per ligand", "1", 0.3, 1, [0, 0, 0.2]),
    profile("lead in polar solvent", "mol/L", 1, 5, [0.2, 0.4, 0.9]),
    profile("amine binding", "L/mol", 5, 100, [0.05, 0.1, 0.3]),
    profile("polar binding", "1", 0, 20, [0, 0.15, 0.4]),
    profile("caesium hydration", "1", 10, 50, [0.7, 1, 1]),
    profile("γ of CsPbBr3", "J/m²", 0.015, 0.035, [0.25, 0.31, 0.4]),
    profile("γ of Cs4PbBr6", "J/m²", 0.015, 0.035, [0.15, 0.25, 0.35]),
    profile("γ of CsPb2Br5", "J/m²", 0.015, 0.035, [0.3, 0.5, 0.75]),
    profile("nucleation prefactor", "1/m³/s", 1e30, 1e35, [0, 0.2, 1]),
    profile("relaxation time", "s", 20, 200, [0.22, 0.22, 0.22]),
    { ...profile("order of Cs4PbBr6", "1", -6, 0, [0, 0.3, 1]), profileLow: null, profileHigh: null },
    { ...profile("order of CsPb2Br5", "1", -6, 0, [0, 0, 1]), profileLow: null, profileHigh: null },
  ],
});

const knob = Array.from({ length: 41 }, (_, i) => Number((0.1 * 100 ** (i / 40)).toPrecision(5)));
const rise = (at: number, steepness: number): number[] => knob.map((x) => 1 / (1 + (at / x) ** steepness));
const times = (first: readonly number[], second: readonly number[]): number[] =>
  first.map((value, i) => value * second[i]);
const complement = (values: readonly number[]): number[] => values.map((value) => 1 - value);
const around = (values: readonly number[], by: number): { low: number[]; high: number[] } => ({
  low: values.map((value) => Math.max(0, value - by * 4 * value * (1 - value))),
  high: values.map((value) => Math.min(1, value + by * 4 * value * (1 - value))),
});
const perovskite = times(rise(0.25, 4), complement(rise(1.6, 5)));

export const sweep: Figure = plotSweep({
  id: "02-generation-sweep-caesium-lead",
  title: "Products along the Cs:Pb ratio",
  x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values: knob, log: true },
  yTitle: "Part of the precipitated lead (share)",
  lines: [
    { name: "CsPbBr3", values: perovskite, band: around(perovskite, 0.08) },
    { name: "Cs4PbBr6", values: rise(1.6, 5), band: around(rise(1.6, 5), 0.08) },
    { name: "CsPb2Br5", values: complement(rise(0.25, 4)), band: around(complement(rise(0.25, 4)), 0.08) },
  ],
  products: [
    { x: 4.28, phase: "Cs4PbBr6", label: "10.0000/first" },
    { x: 0.53, phase: "CsPbBr3", label: "10.0000/second" },
    { x: 0.21, phase: "CsPb2Br5", label: "10.0000/second" },
  ],
  reference: { at: 1, label: "stoichiometric CsPbBr3" },
});

const alt = "An example that only the tests draw.";

/** What the four figures above do not use, so that every drawable type and kind of label is compared. */
export const scatterWithEverything: Figure = {
  id: "00-test-scatter",
  alt,
  data: [
    {
      type: "scatter",
      mode: "lines+markers",
      name: "measured, Cs<sub>4</sub>PbBr<sub>6</sub>",
      x: [1, 10, 100, 1000],
      y: [0.2, 0.5, 0.3, 0.9],
      error_y: { type: "data", array: [0.1, 0.2, 0.05, 0.1] },
      error_x: { type: "percent", value: 20 },
      marker: { color: seriesStyles[0].colour },
    },
    {
      type: "scatter",
      mode: "markers+text",
      name: "AVATAR fi Ta, kerned",
      x: [3, 30, 300],
      y: [0.7, 0.8, 0.1],
      text: ["a", "<b>bold</b>", "x<sup>2</sup>"],
      textposition: "top center",
      marker: { color: seriesStyles[1].colour, symbol: "square" },
    },
    {
      type: "scatter",
      mode: "lines",
      fill: "tozeroy",
      name: "band",
      x: [1, 1000],
      y: [0.05, 0.1],
      line: { color: seriesStyles[2].colour },
    },
  ],
  layout: figureLayout(
    {
      title: "A title of two lines, the second<br>with <b>bold</b> and Cs<sub>4</sub>PbBr<sub>6</sub>",
      xaxis: { type: "log", title: "Time (s)" },
      yaxis: { type: "linear", title: "Yield (share)", range: [0, 1.1] },
      annotations: [{ text: "an arrow,<br>two lines", x: 2, y: 0.3, ax: 40, ay: -60, arrowhead: 2, standoff: 6 }],
    },
    { legend: ["measured, Cs4PbBr6", "AVATAR fi Ta, kerned", "band"] },
  ),
};

export const groupedBars: Figure = {
  id: "00-test-bars",
  alt,
  data: [0, 1].map((k) => ({
    type: "bar",
    name: ["before", "after"][k],
    x: [
      "CsPbBr<sub>3</sub>",
      "Cs<sub>4</sub>PbBr<sub>6</sub>",
      "CsPb<sub>2</sub>Br<sub>5</sub>",
      "no target product at all",
    ],
    y: [12 + k, 5, 7 + 2 * k, 1],
    text: ["12", "5", "7", "1"],
    textposition: "outside",
    error_y: { type: "data", array: [2, 1, 1, 0.5] },
    marker: { color: seriesStyles[k].colour },
  })),
  layout: figureLayout(
    {
      title: "Grouped bars",
      barmode: "group",
      xaxis: { type: "category", title: "Product", tickangle: -30 },
      yaxis: { type: "linear", title: "Rows (count)" },
    },
    { legend: ["before", "after"] },
  ),
};

const madeUpRecalls = (shift: number): Recalls["models"][number]["recalls"] =>
  [
    ["CsPbBr3", 0.44, 1147],
    ["Cs4PbBr6", 0.71, 664],
    ["CsPb2Br5", 0.49, 149],
    ["coexistence", 0.69, 1447],
    ["no target product", 0.97, 596],
  ].map(([phase, share, n], k) => {
    const recall = Math.min(1, Math.max(0, (share as number) + (k === 3 ? -shift : shift)));
    return {
      phase: phase as string,
      ...estimate(
        recall,
        Math.max(0, recall - 2 / Math.sqrt(n as number)),
        Math.min(1, recall + 2 / Math.sqrt(n as number)),
      ),
      n: n as number,
    };
  });

export const recalls: Figure = plotRecalls({
  id: "03-balancing-recalls",
  models: ["as it is", "as it is, decided evenly", "class weights", "SMOTE-NC", "targeted generation"].map(
    (name, i) => ({ name, recalls: madeUpRecalls(0.08 * i) }),
  ),
});

export const estimatePairs: Figure = plotEstimatePairs({
  id: "03-balancing-pairs",
  title: "What balancing does to probabilities",
  xTitle: "Log loss on test rows (nats)",
  yTitle: "Training set",
  series: ["as trained", "prior corrected"],
  reference: { at: 0.73, label: "as it is" },
  rows: ["as it is", "class weights", "Borderline-SMOTE", "targeted generation"].map((name, i) => ({
    name,
    estimates: [estimate(0.73 + 0.04 * i, 0.7 + 0.04 * i, 0.77 + 0.04 * i), estimate(0.73 + 0.005 * i, 0.71, 0.77)],
  })),
});

export const learningCurves: Figure = plotLearningCurves({
  id: "04-training-curves",
  title: "What more experiments are worth",
  yTitle: "Log loss (nats)",
  reference: { at: 0.13, label: "noise of the label alone" },
  curves: ["logistic regression", "8 units", "2 x 32 units", "2 x 96 units"].map((name, k) => ({
    name,
    points: [7500, 15000, 30000, 60000, 120000, 240000].map((rows, i) => ({
      rows,
      ...estimate(0.8 - 0.12 * k - 0.02 * k * i, 0.79 - 0.12 * k - 0.02 * k * i, 0.815 - 0.12 * k - 0.02 * k * i),
    })),
  })),
});

export const controlChart: Figure = plotControlChart({
  id: "08-operation-chart",
  title: "A new lot of lead bromide, in the yield of a control recipe",
  xTitle: "Time (weeks)",
  yTitle: "Lead in the product (share)",
  series: [
    {
      name: "mean of the week",
      points: Array.from({ length: 40 }, (_, at) => {
        const value = 0.36 + (at < 25 ? 0 : 0.02) + 0.008 * Math.sin(at);
        return { at, value, low: value - 0.02, high: value + 0.025 };
      }),
    },
  ],
  intervals: "95 % intervals over the runs of a week",
  reference: { at: 0.36, label: "mean of the first year" },
  events: [
    { at: 25, label: "new lot" },
    { at: 29, label: "CUSUM alarms" },
  ],
});

export const reliability: Figure = plotReliability({
  id: "06-calibration-reliability",
  title: "Does what is said come true?",
  line: "band: where a calibrated model would lie",
  curves: ["as trained", "temperature"].map((name, k) => ({
    name,
    points: Array.from({ length: 12 }, (_, i) => ({
      confidence: 0.42 + i * 0.052,
      share: estimate(
        0.36 + 0.05 * k + i * 0.0525,
        0.34 + 0.05 * k + i * 0.0525,
        Math.min(1, 0.38 + 0.05 * k + i * 0.0525),
      ),
      consistency: estimate(0.42 + i * 0.052, 0.41 + i * 0.052, Math.min(1, 0.43 + i * 0.052)).interval,
    })),
  })),
});

export const riskCoveragePlot: Figure = plotRiskCoverage({
  id: "06-calibration-risk",
  title: "Answering only where sure",
  reference: { at: 0.05, label: "one answer in twenty wrong" },
  curves: ["one network", "deep ensemble", "Monte Carlo dropout", "last-layer Laplace"].map((name, k) => ({
    name,
    points: Array.from({ length: 20 }, (_, i) => ({
      coverage: (i + 1) / 20,
      risk: (0.15 + 0.01 * k) * ((i + 1) / 20) ** 2,
    })),
  })),
});

const confusion = [
  [40, 3, 1],
  [5, 22, 0],
  [2, 4, 31],
];

export const heatmap: Figure = {
  id: "00-test-heatmap",
  alt,
  data: [
    {
      type: "heatmap",
      x: ["one", "two", "three"],
      y: ["one", "two", "three"],
      z: confusion,
      colorscale: sequentialScale,
      texttemplate: "%{z}",
      colorbar: { title: { text: "Rows (count)" } },
    },
  ],
  layout: figureLayout({
    title: "Confusion",
    xaxis: { type: "category", title: "Predicted" },
    yaxis: { type: "category", title: "Made" },
  }),
};

export const heatmapWithGaps: Figure = {
  ...heatmap,
  id: "00-test-heatmap-gaps",
  data: [{ type: "heatmap", x: [1, 2, 4], y: [0, 1, 2], z: confusion, xgap: 2, ygap: 2, showscale: false }],
  layout: figureLayout({
    title: "Uneven cells",
    xaxis: { type: "linear", title: "Ratio (mol/mol)" },
    yaxis: { type: "linear", title: "Time (min)" },
  }),
};

const spread = Array.from({ length: 40 }, (_, i) => 5 + ((i * 7919) % 41) / 10);

export const boxAndViolin: Figure = {
  id: "00-test-box",
  alt,
  data: [
    { type: "box", name: "laboratory A", y: spread, boxpoints: "outliers", marker: { color: seriesStyles[0].colour } },
    {
      type: "violin",
      name: "laboratory B",
      y: spread.map((value) => value * 1.1),
      points: false,
      box: { visible: true },
      meanline: { visible: true },
      line: { color: seriesStyles[1].colour },
    },
  ],
  layout: figureLayout({
    title: "Box and violin",
    showlegend: false,
    xaxis: { type: "category", title: "Laboratory" },
    yaxis: { type: "linear", title: "Size (nm)" },
  }),
};

const line = (centre: number, width: number, height: number): number[] =>
  Array.from({ length: 101 }, (_, i) => height * Math.exp(-4 * Math.LN2 * ((400 + 2 * i - centre) / width) ** 2));
const wavelengths = Array.from({ length: 101 }, (_, i) => 400 + 2 * i);

/** Made-up sizes of two groups of papers. */
export const parity: Figure = plotParity({
  id: "07-validation-parity",
  title: "Edge length: predicted beside measured",
  quantity: "edge length",
  unit: "nm",
  isLogarithmic: true,
  parts: [
    {
      name: "open papers",
      points: Array.from({ length: 12 }, (_, i) => [4 + i, 4 + i * (1 + ((i % 3) - 1) / 9)] as const),
    },
    {
      name: "held-out papers",
      points: [
        [5, 9],
        [12, 10],
        [20, 26],
      ],
    },
  ],
});

/** One as it should be, one that was recorded to 500 nm alone, and one without light. */
export const spectra: Figure = plotSpectra({
  id: "07-validation-spectra",
  spectra: [
    {
      name: "butanol",
      wavelengths,
      counts: line(463.4, 18, 90_000).map(Math.round),
      peak: { wavelength: 463.4, height: 90_000 },
      half: { low: 454.4, high: 472.4, level: 45_000 },
    },
    {
      name: "toluene, cut off",
      wavelengths,
      counts: line(492.7, 26, 62_000).map((count, i) => (wavelengths[i] > 500 ? null : Math.round(count))),
      peak: { wavelength: 492.7, height: 62_000 },
      half: null,
      reason: "the line does not fall to half of its height on the side of long wavelengths",
    },
    {
      name: "DMF",
      wavelengths,
      counts: wavelengths.map(() => 300),
      peak: null,
      half: null,
      reason: "no line stands out of the noise",
    },
  ],
});

const tuned = { study: madeUpStudy(60), valueTitle: "Log loss on tune rows (nats)" };

export const studyHistory: Figure = plotStudyHistory({
  ...tuned,
  id: "05-tuning-history",
  title: "What each trial reached",
});

export const slices: Figure = plotSlices({
  ...tuned,
  id: "05-tuning-slices",
  title: "Values by parameter",
  isLogarithmic: true,
});

export const parallelCoordinates: Figure = plotParallelCoordinates({
  ...tuned,
  id: "05-tuning-parallel",
  title: "Trials through their parameters",
});

export const contour: Figure = plotContour({
  ...tuned,
  id: "05-tuning-contour",
  title: "Rate and depth",
  surface: {
    names: ["learning rate", "layers"],
    x: logSpaced(1e-5, 0.1, 9),
    y: [0.5, 1.5, 2.5, 3.5],
    values: [null, 0.4, 0.3].map((least) =>
      Array.from({ length: 8 }, (_, i) => (least === null || i === 7 ? null : least + ((i - 3.5) / 4) ** 2)),
    ),
    method: "mean of trials, the nearer the more; white: none is near",
  },
});

export const importances: Figure = plotImportances({
  id: "05-tuning-importances",
  title: "What mattered",
  importances: [
    { name: "learning rate", share: 0.62, interval: estimate(0.62, 0.4, 0.8).interval },
    { name: "units of the third and last hidden layer", share: 0.3, interval: estimate(0.3, 0.1, 0.5).interval },
    { name: "layers", share: 0.08, interval: null },
  ],
});

export const paretoFront: Figure = plotParetoFront({
  id: "05-tuning-front",
  title: "Loss and time",
  study: tuned.study,
  front: [{ number: 14 }, { number: 2 }, { number: 52 }, { number: 0 }],
  valueTitles: ["Log loss (nats)", "Time (s)"],
});

export const incumbents: Figure = plotIncumbents({
  id: "05-tuning-samplers",
  title: "Tuning by TPE and at random",
  xTitle: "Trials (count)",
  yTitle: "Log loss of the best so far (nats)",
  curves: ["TPE", "Gaussian process"].map((name, k) => ({
    name,
    points: [10, 20, 40, 60].map((at) => ({ at, ...estimate((2 - k / 2) / at, (1.6 - k / 2) / at, 2.4 / at) })),
  })),
  reference: { name: "random search", points: [10, 60].map((at) => ({ at, ...estimate(3 / at, 2.5 / at, 4 / at) })) },
  intervals: "95 % intervals over 40 seeds",
});

export const figureExamples: readonly Figure[] = [
  ratioHistogram,
  ruleAgainstConstant,
  sizeSeries,
  categoryScores,
  phaseMap,
  sizeLaw,
  sizeEmission,
  classShares,
  recipePhase,
  profiles,
  sweep,
  recalls,
  estimatePairs,
  controlChart,
  spectra,
  parity,
  studyHistory,
  slices,
  parallelCoordinates,
  contour,
  importances,
  paretoFront,
  incumbents,
  scatterWithEverything,
  groupedBars,
  heatmap,
  heatmapWithGaps,
  boxAndViolin,
];
