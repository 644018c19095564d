import type { Figure } from "../../src/figures/Figure.js";
import { plotCategoryScores } from "../../src/figures/plotCategoryScores.js";
import { plotRatioHistogram } from "../../src/figures/plotRatioHistogram.js";
import { plotRuleAgainstConstant } from "../../src/figures/plotRuleAgainstConstant.js";
import { plotSizeSeries } from "../../src/figures/plotSizeSeries.js";
import { figureLayout, sequentialScale, seriesStyles } from "../../src/figures/theme.js";

const binEdges = Array.from({ length: 25 }, (_, i) => Number((10 ** (-1.2 + i * 0.1)).toPrecision(6)));
const peak = (centre: number, width: number, height: number): number[] => binEdges.slice(1).map((edge) => Math.round(height / (1 + ((Math.log10(edge) - centre) / width) ** 4)));

/** Made-up results of the size and shape that the notebooks hand to each figure function. */
export const ratioHistogram: Figure = plotRatioHistogram({
  id: "01-experiments-cs-pb-ratio",
  binEdges,
  counts: { CsPbBr3: peak(-0.45, 0.2, 120), Cs4PbBr6: peak(0.45, 0.2, 25), CsPb2Br5: peak(-0.7, 0.2, 12), coexistence: peak(-0.1, 0.3, 20), "no target product": peak(0.1, 0.3, 6) },
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
    { name: "hot injection", doi: "10.0000/first", points: [130, 145, 160, 180, 200].map((x, i) => ({ x, size: 3 + 2.2 * i, sd: 0.4 + 0.2 * i })), fit: [{ x: 130, size: 3.4 }, { x: 200, size: 12 }] },
    { name: "ligand-assisted reprecipitation", doi: "10.0000/second", points: [0, 20, 40, 60].map((x, i) => ({ x, size: 3.5 + i / 2, sd: null })) },
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

const alt = "An example that only the tests draw.";

/** What the four figures above do not use, so that every drawable type and kind of label is compared. */
export const scatterWithEverything: Figure = {
  id: "00-test-scatter",
  alt,
  data: [
    { type: "scatter", mode: "lines+markers", name: "measured, Cs<sub>4</sub>PbBr<sub>6</sub>", x: [1, 10, 100, 1000], y: [0.2, 0.5, 0.3, 0.9], error_y: { type: "data", array: [0.1, 0.2, 0.05, 0.1] }, error_x: { type: "percent", value: 20 }, marker: { color: seriesStyles[0].colour } },
    { type: "scatter", mode: "markers+text", name: "AVATAR fi Ta, kerned", x: [3, 30, 300], y: [0.7, 0.8, 0.1], text: ["a", "<b>bold</b>", "x<sup>2</sup>"], textposition: "top center", marker: { color: seriesStyles[1].colour, symbol: "square" } },
    { type: "scatter", mode: "lines", fill: "tozeroy", name: "band", x: [1, 1000], y: [0.05, 0.1], line: { color: seriesStyles[2].colour } },
  ],
  layout: figureLayout({
    title: "A title of two lines, the second<br>with <b>bold</b> and Cs<sub>4</sub>PbBr<sub>6</sub>",
    xaxis: { type: "log", title: "Time (s)" },
    yaxis: { type: "linear", title: "Yield (share)", range: [0, 1.1] },
    annotations: [{ text: "an arrow,<br>two lines", x: 2, y: 0.3, ax: 40, ay: -60, arrowhead: 2, standoff: 6 }],
  }, { legend: ["measured, Cs4PbBr6", "AVATAR fi Ta, kerned", "band"] }),
};

export const groupedBars: Figure = {
  id: "00-test-bars",
  alt,
  data: [0, 1].map((k) => ({ type: "bar", name: ["before", "after"][k], x: ["CsPbBr<sub>3</sub>", "Cs<sub>4</sub>PbBr<sub>6</sub>", "CsPb<sub>2</sub>Br<sub>5</sub>", "no target product at all"], y: [12 + k, 5, 7 + 2 * k, 1], text: ["12", "5", "7", "1"], textposition: "outside", error_y: { type: "data", array: [2, 1, 1, 0.5] }, marker: { color: seriesStyles[k].colour } })),
  layout: figureLayout({ title: "Grouped bars", barmode: "group", xaxis: { type: "category", title: "Product", tickangle: -30 }, yaxis: { type: "linear", title: "Rows (count)" } }, { legend: ["before", "after"] }),
};

const confusion = [[40, 3, 1], [5, 22, 0], [2, 4, 31]];

export const heatmap: Figure = {
  id: "00-test-heatmap",
  alt,
  data: [{ type: "heatmap", x: ["one", "two", "three"], y: ["one", "two", "three"], z: confusion, colorscale: sequentialScale, texttemplate: "%{z}", colorbar: { title: { text: "Rows (count)" } } }],
  layout: figureLayout({ title: "Confusion", xaxis: { type: "category", title: "Predicted" }, yaxis: { type: "category", title: "Made" } }),
};

export const heatmapWithGaps: Figure = {
  ...heatmap,
  id: "00-test-heatmap-gaps",
  data: [{ type: "heatmap", x: [1, 2, 4], y: [0, 1, 2], z: confusion, xgap: 2, ygap: 2, showscale: false }],
  layout: figureLayout({ title: "Uneven cells", xaxis: { type: "linear", title: "Ratio (mol/mol)" }, yaxis: { type: "linear", title: "Time (min)" } }),
};

const spread = Array.from({ length: 40 }, (_, i) => 5 + ((i * 7919) % 41) / 10);

export const boxAndViolin: Figure = {
  id: "00-test-box",
  alt,
  data: [
    { type: "box", name: "laboratory A", y: spread, boxpoints: "outliers", marker: { color: seriesStyles[0].colour } },
    { type: "violin", name: "laboratory B", y: spread.map((value) => value * 1.1), points: false, box: { visible: true }, meanline: { visible: true }, line: { color: seriesStyles[1].colour } },
  ],
  layout: figureLayout({ title: "Box and violin", showlegend: false, xaxis: { type: "category", title: "Laboratory" }, yaxis: { type: "linear", title: "Size (nm)" } }),
};

export const figureExamples: readonly Figure[] = [ratioHistogram, ruleAgainstConstant, sizeSeries, categoryScores, scatterWithEverything, groupedBars, heatmap, heatmapWithGaps, boxAndViolin];
