import { describe, expect, it } from "vitest";
import { plotCategoryScores } from "../../src/figures/plotCategoryScores.js";
import { plotClassShares } from "../../src/figures/plotClassShares.js";
import { plotPhaseMap, type PhaseMap } from "../../src/figures/plotPhaseMap.js";
import { plotProfiles, type Profiles } from "../../src/figures/plotProfiles.js";
import { plotRatioHistogram } from "../../src/figures/plotRatioHistogram.js";
import { plotRuleAgainstConstant } from "../../src/figures/plotRuleAgainstConstant.js";
import { plotSizeEmission, type SizeEmission } from "../../src/figures/plotSizeEmission.js";
import { plotSizeSeries } from "../../src/figures/plotSizeSeries.js";
import { plotSweep, type Sweep } from "../../src/figures/plotSweep.js";

const rule = { ratios: [0.75, 2.5], predictions: ["CsPb2Br5", "CsPbBr3", "Cs4PbBr6"] };

describe("plotRatioHistogram", () => {
  it("draws each phase's counts unchanged over exactly its bins, in the order of the phases", () => {
    const { data, alt } = plotRatioHistogram({
      id: "01-x",
      binEdges: [0.1, 1, 10],
      counts: { Cs4PbBr6: [0, 4], CsPbBr3: [7, 1] },
      rulePhaseBoundaries: rule,
    });
    expect(data).toMatchObject([
      { name: "CsPbBr<sub>3</sub>", y: [7, 1] },
      { name: "Cs<sub>4</sub>PbBr<sub>6</sub>", y: [0, 4] },
    ]);
    const { x, width } = data[0] as { x: number[]; width: number[] };
    expect(x.map((centre, i) => centre - width[i] / 2)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(1, 12)]);
    expect(x.map((centre, i) => centre + width[i] / 2)).toEqual([expect.closeTo(1, 12), expect.closeTo(10, 12)]);
    expect(alt).toContain("12 experiments");
    expect(alt).toContain("Cs4PbBr6 4 between 1 and 10 mol/mol");
  });

  it.each([
    ["edges that do not ascend", { binEdges: [1, 1, 2], counts: {} }, /ascend from above 0/],
    ["an edge at zero", { binEdges: [0, 1], counts: {} }, /ascend from above 0/],
    [
      "a count too few",
      { binEdges: [1, 2, 3], counts: { CsPbBr3: [1] } },
      /needs 2 counts, one per bin; CsPbBr3 has 1/,
    ],
    ["an unknown phase", { binEdges: [1, 2], counts: { delta: [1] } }, /must be one of CsPbBr3/],
    [
      "a prediction too few",
      { binEdges: [1, 2], counts: { CsPbBr3: [1] }, rulePhaseBoundaries: { ratios: [1], predictions: ["CsPbBr3"] } },
      /1 boundaries need 2 predictions; got 1/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotRatioHistogram({ id: "01-x", rulePhaseBoundaries: rule, ...change })).toThrow(message);
  });
});

describe("plotRuleAgainstConstant", () => {
  it("draws each share with its own interval and its n, and says all of it in words", () => {
    const { data, alt } = plotRuleAgainstConstant({
      id: "01-x",
      bars: [{ name: "rule", share: 0.5, low: 0.25, high: 0.625, n: 12 }],
      referenceShare: { share: 0.9, label: "always CsPbBr3" },
    });
    expect(data).toMatchObject([{ x: [0.5], y: ["rule<br>n = 12"], error_x: { arrayminus: [0.25], array: [0.125] } }]);
    expect(alt).toContain("rule 50.0 % (95 % interval 25.0 % to 62.5 %, n = 12)");
    expect(alt).toContain("always CsPbBr3, stands at 90.0 %");
  });

  it("refuses an interval that does not hold its share", () => {
    expect(() =>
      plotRuleAgainstConstant({
        id: "01-x",
        bars: [{ name: "rule", share: 0.5, low: 0.6, high: 0.7, n: 1 }],
        referenceShare: { share: 0, label: "" },
      }),
    ).toThrow(/rule must have 0 <= low <= share <= high <= 1; got 0.6, 0.5, 0.7/);
  });

  const row = {
    name: "held-out papers",
    kind: "held out",
    n: 25,
    share: 0.8,
    low: 0.6,
    high: 0.9,
    constant: { share: 0.92, low: 0.75, high: 1 },
  } as const;

  it("draws the constant answer of each row behind it, hollow where the rule was fitted, and says so in words", () => {
    const { data, layout, alt } = plotRuleAgainstConstant({
      id: "02-x",
      bars: [{ ...row, name: "training papers", kind: "training" }, row],
    });
    expect(data).toMatchObject([
      { name: "always CsPbBr<sub>3</sub>", x: [0.75, 1, null, 0.75, 1, null] },
      { x: [0.92, 0.92], marker: { symbol: "line-ns" } },
      { name: "training", marker: { symbol: "circle-open" } },
      {
        name: "held out",
        y: ["held-out papers<br>n = 25"],
        x: [0.8],
        marker: { symbol: "circle" },
        error_x: { array: [expect.closeTo(0.1, 12)], arrayminus: [expect.closeTo(0.2, 12)] },
      },
    ]);
    expect((layout as { shapes: object[] }).shapes).toEqual([]);
    expect(alt).toContain(
      "held-out papers (held out) 80.0 % (95 % interval 60.0 % to 90.0 %, n = 25), " +
        "always CsPbBr3 92.0 % (95 % interval 75.0 % to 100.0 %)",
    );
  });

  it.each([
    [
      "a constant outside its interval",
      [{ ...row, constant: { share: 0.5, low: 0.6, high: 0.7 } }],
      /the constant answer of held-out papers must have .* got 0.6, 0.5, 0.7/,
    ],
    [
      "two rows that look alike",
      [row, { ...row, kind: "training" as const }],
      /name of its own; got "held-out papers" twice/,
    ],
    ["rows with nothing to compare them with", [{ ...row, constant: undefined }], /something to be compared with/],
  ])("refuses %s", (_, bars, message) => {
    expect(() => plotRuleAgainstConstant({ id: "02-x", bars })).toThrow(message);
  });
});

describe("plotSizeSeries", () => {
  it("draws error bars only for series with a published deviation, and a line only where one was fitted", () => {
    const points = [
      { x: 1, size: 5, sd: null },
      { x: 2, size: 8, sd: null },
    ];
    const { data } = plotSizeSeries({
      id: "01-x",
      xTitle: "Br:Pb (mol/mol)",
      series: [
        { name: "a", doi: "10.1/a", points },
        {
          name: "b",
          doi: "10.1/b",
          points: points.map((point) => ({ ...point, sd: 1 })),
          fit: [
            { x: 1, size: 4 },
            { x: 2, size: 9 },
          ],
        },
      ],
    });
    expect(data).toMatchObject([
      { mode: "markers", y: [5, 8] },
      { mode: "lines", y: [4, 9] },
      { mode: "markers", error_y: { array: [1, 1] } },
    ]);
    expect(data[0]).not.toHaveProperty("error_y");
  });

  it("dots the law of one laboratory over that of all, within the axis, with one entry in the legend", () => {
    const points = [
      { x: 1, size: 5, sd: null },
      { x: 2, size: 8, sd: null },
    ];
    const series = ["a", "b"].map((name) => ({
      name,
      doi: "10.1/a",
      points,
      fit: [
        { x: 1, size: 4 },
        { x: 2, size: 9 },
      ],
      own: [
        { x: 1, size: 3 },
        { x: 2, size: 20 },
      ],
    }));
    const { data, layout, alt } = plotSizeSeries({ id: "02-x", xTitle: "T (°C)", ownName: "its own slope", series });
    const dotted = (
      data as { name: string; x: unknown; y: unknown; line?: { dash?: string }; showlegend?: boolean }[]
    ).filter(({ line }) => line?.dash === "2px,4px");
    expect(dotted).toMatchObject([
      { name: "a, its own slope", y: [3, 20], showlegend: false },
      { name: "b, its own slope", showlegend: false },
      { name: "its own slope", x: [null] },
    ]);
    expect(10 ** (layout as { yaxis: { range: number[] } }).yaxis.range[1]).toBeGreaterThan(20);
    expect(alt).toContain("Dotted: its own slope.");
  });

  it("refuses a size of zero, and more series than can be told apart", () => {
    const series = (
      size: number,
      name = "a",
    ): { name: string; doi: string; points: { x: number; size: number; sd: null }[] } => ({
      name,
      doi: "10.1/a",
      points: [{ x: 1, size, sd: null }],
    });
    expect(() => plotSizeSeries({ id: "01-x", xTitle: "T (°C)", series: [series(0)] })).toThrow(
      /sizes of a must be above 0 nm; got 0 at 1/,
    );
    const seven = Array.from({ length: 7 }, (_, i) => series(1, `s${i}`));
    expect(() => plotSizeSeries({ id: "01-x", xTitle: "T (°C)", series: seven })).toThrow(/at most 6 series/);
  });
});

describe("plotSizeSeries with a band", () => {
  const points = [{ x: 1, size: 5, sd: null }];
  const line = [
    { x: 1, size: 4, low: 3, high: 6 },
    { x: 2, size: 9, low: 7, high: 40 },
  ];

  it("draws bands beneath lines and markers, within the axis, and pairs line and marker in the legend", () => {
    const { data, layout, alt } = plotSizeSeries({
      id: "02-x",
      xTitle: "T (°C)",
      fitName: "line and band: twin",
      series: [
        { name: "a", doi: "10.1/a", points, fit: line },
        { name: "b", doi: "10.1/b", points, fit: line },
      ],
    });
    expect(data).toMatchObject([
      { fill: "toself", x: [1, 2, 2, 1], y: [6, 40, 7, 3], showlegend: false },
      { fill: "toself", showlegend: false },
      { mode: "lines", y: [4, 9], line: { dash: "solid" } },
      { mode: "markers", showlegend: false },
      { mode: "lines+markers", name: "a", x: [null] },
      { mode: "lines", line: { dash: "9px,4px" } },
      { mode: "markers" },
      { mode: "lines+markers", name: "b" },
    ]);
    const {
      range: [low, high],
    } = (layout as { yaxis: { range: number[] } }).yaxis;
    expect(10 ** low).toBeLessThan(3);
    expect(10 ** high).toBeGreaterThan(40);
    expect(alt).toMatch(/ line and band: twin\.$/);
  });

  it.each([
    [
      "a band with an end missing",
      [{ x: 1, size: 4, low: 3 }],
      /must have 0 < low <= size <= high nm; got 3, 4, undefined at 1/,
    ],
    ["a band at some points only", [line[0], { x: 2, size: 9 }], /every point of a's line, or none/],
    ["a band beside its line", [{ x: 1, size: 4, low: 5, high: 6 }], /got 5, 4, 6 at 1/],
    ["a band that reaches zero", [{ x: 1, size: 4, low: 0, high: 6 }], /got 0, 4, 6 at 1/],
  ])("refuses %s", (_, fit, message) => {
    expect(() =>
      plotSizeSeries({ id: "02-x", xTitle: "T (°C)", series: [{ name: "a", doi: "10.1/a", points, fit }] }),
    ).toThrow(message);
  });
});

describe("plotPhaseMap", () => {
  const map: PhaseMap = {
    id: "02-x",
    condition: "160 °C",
    x: { title: "Cs:Pb (mol/mol)", values: [0.1, 1, 10] },
    y: { title: "OAm:Pb (mol/mol)", values: [1, 4] },
    phases: [
      ["CsPb2Br5", "CsPbBr3", "Cs4PbBr6"],
      ["CsPbBr3", "CsPbBr3", "Cs4PbBr6"],
    ],
    probability: [
      [0.5, 0.9, 0.8],
      [0.6, 0.7, 1],
    ],
    points: [
      { x: 1, y: 2, phase: "CsPbBr3", label: "doi:10.1/a" },
      { x: 9, y: 1, phase: "CsPbBr3", label: "doi:10.1/b" },
    ],
  };

  it("says beneath its title what the symbols are, where there are any", () => {
    const titleOf = (points: PhaseMap["points"]): string =>
      (plotPhaseMap({ ...map, points }).layout as { title: { text: string } }).title.text;
    expect(titleOf(map.points)).toContain("160 °C; symbols: published");
    expect(titleOf([])).not.toContain("symbol");
  });

  it("draws each class's cells alone, borders half-way between values, recipes in their class's colour", () => {
    const { data, alt } = plotPhaseMap(map);
    const edges = [
      expect.closeTo(10 ** -1.5, 12),
      expect.closeTo(10 ** -0.5, 12),
      expect.closeTo(10 ** 0.5, 12),
      expect.closeTo(10 ** 1.5, 9),
    ] as number[];
    expect(data).toMatchObject([
      {
        type: "heatmap",
        name: "CsPbBr<sub>3</sub>",
        x: edges,
        y: [0.5, 2, 8],
        z: [
          [null, 0.9, null],
          [0.6, 0.7, null],
        ],
        zmin: 0.2,
        zmax: 1,
      },
      {
        type: "heatmap",
        name: "Cs<sub>4</sub>PbBr<sub>6</sub>",
        z: [
          [null, null, 0.8],
          [null, null, 1],
        ],
      },
      {
        type: "heatmap",
        name: "CsPb<sub>2</sub>Br<sub>5</sub>",
        z: [
          [0.5, null, null],
          [null, null, null],
        ],
      },
      {
        mode: "lines",
        x: [edges[0], edges[1], null, edges[1], edges[1], null, edges[2], edges[2], null],
        y: [2, 2, null, 0.5, 2, null, 0.5, 8, null],
      },
      { marker: { showscale: true } },
      {
        mode: "markers",
        name: "CsPbBr<sub>3</sub>",
        x: [1, 9],
        y: [2, 1],
        text: ["doi:10.1/a", "doi:10.1/b"],
        marker: { color: "#009e73", symbol: "square" },
      },
      { mode: "markers", x: [null], marker: { symbol: "diamond" } },
      { mode: "markers", x: [null], marker: { symbol: "triangle-up" } },
    ]);
    expect(alt).toContain("CsPbBr3 50 % of the map, Cs4PbBr6 33 % of the map, CsPb2Br5 17 % of the map");
    expect(alt).toContain("2 CsPbBr3 (1 in its own region)");
  });

  it("names every region that has room, at its place on the logarithmic axes", () => {
    const { layout } = plotPhaseMap({ ...map, points: [] });
    const names = (layout as { annotations: { text: string; x: number; y: number }[] }).annotations;
    expect(names.map(({ text }) => text).sort()).toEqual([
      "Cs<sub>4</sub>PbBr<sub>6</sub>",
      "CsPb<sub>2</sub>Br<sub>5</sub>",
      "CsPbBr<sub>3</sub>",
    ]);
    expect(names.find(({ text }) => text.startsWith("CsPb<sub>2"))).toMatchObject({
      x: expect.closeTo(-1, 1) as number,
      y: expect.closeTo(0, 1) as number,
    });
  });

  it("needs no probabilities and no recipes, and says so", () => {
    const { data, alt, layout } = plotPhaseMap({ ...map, probability: undefined, points: [] });
    expect(data.some((trace) => (trace as { marker?: { showscale?: boolean } }).marker?.showscale)).toBe(false);
    expect(alt).toMatch(/^Most likely product: .* No published recipe lies in this map\.$/);
    expect((layout as { title: { text: string } }).title.text).toBe(
      'Most likely product<br><span style="font-size:15px">160 °C</span>',
    );
  });

  it.each([
    [
      "a single column",
      { x: { title: "Cs:Pb (mol/mol)", values: [1] } },
      /Cs:Pb \(mol\/mol\) needs two values or more that ascend from above 0; got \[1\]/,
    ],
    [
      "values that do not ascend",
      { y: { title: "OAm:Pb (mol/mol)", values: [4, 1] } },
      /ascend from above 0; got \[4, 1\]/,
    ],
    ["a ratio of zero", { x: { title: "Cs:Pb (mol/mol)", values: [0, 1, 2] } }, /ascend from above 0/],
    ["a row too few", { phases: [map.phases[0]] }, /phases needs 2 rows of 3, one for each y and x; got 1 rows/],
    ["a short row", { phases: [map.phases[0], ["CsPbBr3"]] }, /got 2 rows, one of 1/],
    ["probabilities of another shape", { probability: [[1, 1, 1]] }, /probability needs 2 rows of 3/],
    [
      "a probability above one",
      {
        probability: [
          [0.5, 0.9, 1.1],
          [0.6, 0.7, 1],
        ],
      },
      /must lie in \[0, 1\]; got 1.1/,
    ],
    [
      "a probability that is no number",
      {
        probability: [
          [0.5, 0.9, NaN],
          [0.6, 0.7, 1],
        ],
      },
      /must lie in \[0, 1\]; got NaN/,
    ],
    ["an unknown class", { phases: [map.phases[0], ["CsPbBr3", "delta", "Cs4PbBr6"]] }, /must be one of CsPbBr3/],
    [
      "a recipe of an unknown class",
      { points: [{ x: 1, y: 1, phase: "delta", label: "a" }] },
      /must be one of CsPbBr3/,
    ],
    [
      "a recipe outside the map",
      { points: [{ x: 40, y: 1, phase: "CsPbBr3", label: "doi:10.1/a" }] },
      /within the map, 0.032 to 32 by 0.5 to 8; got 40, 1 \(doi:10.1\/a\)/,
    ],
    ["a recipe without a ratio", { points: [{ x: NaN, y: 1, phase: "CsPbBr3", label: "a" }] }, /got NaN, 1/],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotPhaseMap({ ...map, ...change })).toThrow(message);
  });
});

describe("plotSizeEmission", () => {
  const input: SizeEmission = {
    id: "02-x",
    curve: [
      { size: 3, peak: 450, low: 440, high: 465 },
      { size: 10, peak: 515, low: 512, high: 518 },
    ],
    points: [{ size: 8, peak: 510, label: "published", doi: "10.1/a" }],
    bulk: 530,
  };

  it("draws the band, the curve, the crystals and the bulk limit, and a field where the law is less certain", () => {
    const { data, layout, alt } = plotSizeEmission({ ...input, weakBelow: 4, uncertainty: "±15 meV" });
    expect(data).toMatchObject([
      { fill: "toself", x: [3, 10, 10, 3], y: [465, 518, 512, 440] },
      { mode: "lines", x: [3, 10], y: [450, 515] },
      { mode: "markers", name: "published", x: [8], y: [510], text: ["doi:10.1/a"] },
    ]);
    expect(layout).toMatchObject({
      shapes: [
        { type: "rect", x0: 0, x1: 4 },
        { type: "line", y0: 530, y1: 530 },
      ],
      title: { text: expect.stringContaining("line and band: twin, ±15 meV") as string },
    });
    expect(alt).toContain(
      "published (doi:10.1/a), 1 point from 8 to 8 nm, peaks from 510 to 510 nm. " +
        "Dashed line at the bulk limit, 530 nm. Grey field below 4 nm",
    );
    expect((plotSizeEmission(input).layout as { shapes: object[] }).shapes).toHaveLength(1);
  });

  it("says nothing of a DOI where the label is the source, and whole nanometres of the bulk limit", () => {
    const { data, layout, alt } = plotSizeEmission({
      ...input,
      bulk: 529.85,
      points: [{ size: 8, peak: 510, label: "published, fact 26", doi: "" }],
    });
    expect(data[2]).toMatchObject({ text: [""] });
    expect(layout).toMatchObject({ annotations: [{ text: "bulk crystals: 530 nm" }], shapes: [{ y0: 529.85 }] });
    expect(alt).toContain("published, fact 26, 1 point from 8 to 8 nm");
    expect(alt).not.toContain("doi");
  });

  it.each([
    ["a curve of one point", { curve: [input.curve[0]] }, /two sizes or more that ascend from above 0 nm; got \[3\]/],
    ["sizes that do not ascend", { curve: [...input.curve].reverse() }, /got \[10, 3\]/],
    [
      "a band beside its curve",
      { curve: [input.curve[0], { size: 10, peak: 515, low: 516, high: 518 }] },
      /0 < low <= peak <= high nm; got 516, 515, 518 at 10 nm/,
    ],
    [
      "a crystal without a size",
      { points: [{ size: NaN, peak: 510, label: "a", doi: "10.1/a" }] },
      /above 0 nm; got NaN, 510 \(a\)/,
    ],
    ["a bulk limit of zero", { bulk: 0 }, /bulk and weakBelow must be above 0 nm; got 0, undefined/],
    [
      "more labels than can be told apart",
      { points: Array.from({ length: 7 }, (_, i) => ({ ...input.points[0], label: `paper ${i}` })) },
      /at most 6 labels .* give several papers one label/,
    ],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotSizeEmission({ ...input, ...change })).toThrow(message);
  });
});

describe("plotClassShares", () => {
  const shares = [
    { name: "CsPbBr3", share: 0.75, low: 0.5, high: 0.875, reference: 0.5 },
    { name: "Cs4PbBr6", share: 0.25, low: 0.125, high: 0.5, reference: 0.5 },
  ];

  it("draws each share in its colour with its interval, the reference beside it, and a line at equal shares", () => {
    const { data, layout, alt } = plotClassShares({
      id: "02-x",
      classes: shares,
      n: 12000,
      referenceName: "reviewed project",
    });
    expect(data).toMatchObject([
      { x: [0.75, 0.25], marker: { color: ["#009e73", "#0072b2"] } },
      { error_x: { array: [0.125, 0.25], arrayminus: [0.25, 0.125] } },
      { name: "reviewed project", x: [0.5, 0.5], marker: { color: "#ffffff" } },
      { name: "twin, 95 % interval", x: [null] },
      { name: "reviewed project", x: [null] },
    ]);
    expect(layout).toMatchObject({
      title: { text: "Products of 12,000 generated experiments" },
      shapes: [{ x0: 0.5, x1: 0.5 }],
    });
    expect((layout as { annotations: { text: string }[] }).annotations.map(({ text }) => text)).toEqual([
      "equal shares: 50.0 %",
      "75.0 %, n = 9,000",
      "50.0 %",
      "25.0 %, n = 3,000",
      "50.0 %",
    ]);
    expect(alt).toContain("CsPbBr3 75.0 % (95 % interval 50.0 % to 87.5 %; reviewed project 50.0 %)");
  });

  it.each([
    ["no class", [], 1, /at least one class/],
    ["an unknown class", [{ ...shares[0], name: "delta" }], 1, /must be one of CsPbBr3/],
    [
      "percent instead of shares",
      [{ ...shares[0], share: 75, high: 80 }],
      1,
      /CsPbBr3 must have .* got 0.5, 75, 80, 0.5/,
    ],
    ["a reference that is no number", [{ ...shares[0], reference: NaN }], 1, /got 0.5, 0.75, 0.875, NaN/],
    ["half an experiment", shares, 0.5, /n must be a count above 0; got 0.5/],
    ["no experiment", shares, 0, /n must be a count above 0; got 0/],
  ])("refuses %s", (_, classes, n, message) => {
    expect(() => plotClassShares({ id: "02-x", classes, n })).toThrow(message);
  });
});

describe("plotProfiles", () => {
  const one: Profiles["parameters"][number] = {
    name: "ΔG of CsPbBr3",
    unit: "J/mol",
    low: -30000,
    high: -10000,
    value: -22150,
    profileLow: -25000,
    profileHigh: -20000,
    onBound: false,
  };

  it("places interval and value in the allowed range, and tells open ends and values on a bound apart", () => {
    const { data, alt } = plotProfiles({
      id: "02-x",
      parameters: [
        { ...one, value: -25000 },
        { ...one, name: "c", unit: "1", low: 0, high: 4e-4, value: 0, profileLow: 0, profileHigh: 1e-4, onBound: true },
      ],
    });
    const label = "ΔG of CsPbBr<sub>3</sub>";
    expect(data).toMatchObject([
      { name: "allowed range", x: [0, 1, null, 0, 1, null], y: [label, label, null, "c", "c", null] },
      { name: "profile interval", x: [0.25, 0.5, null] },
      { name: "open-ended interval", x: [0, 0.25, null], y: ["c", "c", null] },
      { x: [0.25, 0.5], marker: { symbol: "line-ns" }, showlegend: false },
      { x: [0, 0.25], marker: { symbol: "line-ns" }, showlegend: false },
      { name: "fitted value", x: [0.25], text: ["−25,000 J/mol"] },
      { name: "on a bound", x: [0], y: ["c"], text: ["0"], marker: { symbol: "diamond" } },
    ]);
    expect(alt).toContain(
      "c 0 (profile interval 0 to 1×10^−4, allowed 0 to 4×10^−4; on a bound). " +
        "1 of 2 intervals meet an end of the range.",
    );
  });

  it("dots the range of a parameter whose interval the grid did not resolve and says so, rather than draw one", () => {
    const unknown = { ...one, name: "c", profileLow: null, profileHigh: null };
    const { data, alt } = plotProfiles({ id: "02-x", parameters: [one, unknown] });
    expect(data).toMatchObject([
      { name: "allowed range", y: ["ΔG of CsPbBr<sub>3</sub>", "ΔG of CsPbBr<sub>3</sub>", null] },
      {
        name: "allowed; interval finer than the grid",
        x: [0, 1, null],
        y: ["c", "c", null],
        line: { dash: "2px,5px" },
      },
      { name: "profile interval", x: [0.25, 0.5, null] },
      { x: [0.25, 0.5], showlegend: false },
      { name: "fitted value", x: [expect.closeTo(0.3925, 9), expect.closeTo(0.3925, 9)] },
    ]);
    expect(alt).toContain(
      "c −22,200 J/mol (profile interval finer than its grid, allowed −30,000 to −10,000). " +
        "0 of 1 intervals meet an end of the range.",
    );
    expect(plotProfiles({ id: "02-x", parameters: [unknown] }).data).toMatchObject([
      { name: "allowed; interval finer than the grid" },
      { name: "fitted value" },
    ]);
  });

  it("shows where an interval narrower than its marker lies", () => {
    const { data } = plotProfiles({
      id: "02-x",
      parameters: [{ ...one, value: -25000, profileLow: -25000, profileHigh: -25000 }],
    });
    expect(data[2]).toMatchObject({ x: [0.25, 0.25], marker: { symbol: "line-ns" } });
  });

  it("writes three digits with a real minus, thousands grouped, extremes as powers of ten", () => {
    const written = (value: number, unit = "1"): string => {
      const { layout } = plotProfiles({
        id: "02-x",
        parameters: [{ ...one, unit, value, low: -1e40, high: 1e40, profileLow: value, profileHigh: value }],
      });
      return (layout as { annotations: { text: string }[] }).annotations[1].text;
    };
    expect(written(-22150, "J/mol")).toBe("−22,200 J/mol");
    expect([0.0212, 0, 1234, 999999, 1e34, 1.5e-5, 0.00123].map((value) => written(value))).toEqual([
      "0.0212",
      "0",
      "1,230",
      "1×10<sup>6</sup>",
      "1×10<sup>34</sup>",
      "1.5×10<sup>−5</sup>",
      "0.00123",
    ]);
  });

  it("grows with the number of parameters", () => {
    const height = (count: number): number =>
      (
        plotProfiles({ id: "02-x", parameters: Array.from({ length: count }, (_, i) => ({ ...one, name: `p${i}` })) })
          .layout as { height: number }
      ).height;
    expect(height(3)).toBe(450);
    expect(height(18)).toBeGreaterThan(600);
  });

  it("takes an end that misses its range by rounding as the range's own", () => {
    const { data } = plotProfiles({
      id: "02-x",
      parameters: [
        { ...one, low: 0.001, high: 0.01, value: 0.005, profileLow: 0.001, profileHigh: 0.010000000000000002 },
      ],
    });
    expect(data[1]).toMatchObject({ name: "open-ended interval", x: [0, 1, null] });
  });

  it.each([
    ["no parameter", [], /at least one parameter/],
    [
      "an empty range",
      [{ ...one, low: 1, high: 1, value: 1, profileLow: 1, profileHigh: 1 }],
      /low < high; got 1, 1, 1, 1, 1/,
    ],
    [
      "a value outside its interval",
      [{ ...one, value: -12000 }],
      /ΔG of CsPbBr3 must have low <= profileLow <= value <= profileHigh/,
    ],
    ["an interval outside the range", [{ ...one, profileLow: -40000 }], /got -30000, -40000/],
    ["a value that is no number", [{ ...one, value: NaN }], /got -30000, -25000, NaN/],
    [
      "an interval with one end alone",
      [{ ...one, profileHigh: null }],
      /ΔG of CsPbBr3 must have both ends of its interval, or null for both .* got -25000, null/,
    ],
    [
      "a value outside the range without an interval",
      [{ ...one, value: -40000, profileLow: null, profileHigh: null }],
      /ΔG of CsPbBr3 must have low .* got -30000, null, -40000, null, -10000/,
    ],
    ["two parameters of one name", [one, one], /a name of its own; got "ΔG of CsPbBr3" twice/],
  ])("refuses %s", (_, parameters, message) => {
    expect(() => plotProfiles({ id: "02-x", parameters })).toThrow(message);
  });
});

describe("plotSweep", () => {
  const input: Sweep = {
    id: "02-x",
    title: "Products",
    x: { title: "Cs:Pb (mol/mol)", values: [0.1, 1, 10], log: true },
    yTitle: "Lead (share)",
    lines: [
      { name: "Cs4PbBr6", values: [0, 0.25, 1] },
      { name: "CsPbBr3", values: [1, 0.75, 0], band: { low: [0.875, 0.5, 0], high: [1, 0.875, 0.125] } },
    ],
  };

  it("draws bands beneath lines, in the order of the phases, each with a dash of its own", () => {
    const { data, layout, alt } = plotSweep({ ...input, reference: { at: 10, label: "excess" } });
    expect(data).toMatchObject([
      { fill: "toself", y: [1, 0.875, 0.125, 0, 0.5, 0.875] },
      { name: "CsPbBr<sub>3</sub>", x: [0.1, 1, 10], y: [1, 0.75, 0], line: { dash: "solid" } },
      { name: "Cs<sub>4</sub>PbBr<sub>6</sub>", line: { dash: "9px,4px" } },
    ]);
    expect(layout).toMatchObject({
      xaxis: { type: "log", range: [-1, 1] },
      annotations: [{ text: "excess", x: 1, xanchor: "right" }],
    });
    expect(alt).toContain(
      "CsPbBr3 from 1.00 to 0.00, highest 1.00 at 0.1; Cs4PbBr6 from 0.00 to 1.00, highest 1.00 at 10. " +
        "Dashed line at 10: excess.",
    );
    expect(plotSweep({ ...input, x: { ...input.x, log: false } }).layout).toMatchObject({
      xaxis: { type: "linear", range: [0.1, 10] },
    });
  });

  it("sets published products at 1 in the marker of their phase, within the axis, and names them in words", () => {
    const products = [
      { x: 0.2, phase: "CsPbBr3", label: "10.1/a" },
      { x: 10, phase: "Cs4PbBr6", label: "10.1/b" },
    ];
    const { data, layout, alt } = plotSweep({ ...input, products });
    expect(data.slice(-4)).toMatchObject([
      {
        mode: "markers",
        x: [0.2],
        y: [1],
        text: ["10.1/a"],
        showlegend: false,
        marker: { symbol: "square", color: "#009e73" },
      },
      {
        mode: "markers",
        x: [10],
        y: [1],
        text: ["10.1/b"],
        showlegend: false,
        marker: { symbol: "diamond", color: "#0072b2" },
      },
      { mode: "lines+markers", name: "CsPbBr<sub>3</sub>", x: [null], marker: { symbol: "square" } },
      {
        mode: "lines+markers",
        name: "Cs<sub>4</sub>PbBr<sub>6</sub>",
        x: [null],
        line: { dash: "9px,4px" },
        marker: { symbol: "diamond" },
      },
    ]);
    expect(
      plotSweep({ ...input, products: [{ x: 1, phase: "coexistence", label: "10.1/a" }] }).data.slice(-3),
    ).toMatchObject([{ mode: "lines" }, { mode: "lines" }, { mode: "markers", name: "coexistence", x: [null] }]);
    expect((layout as { yaxis: { range: number[] } }).yaxis.range[1]).toBeGreaterThan(1.04);
    expect(layout).toMatchObject({
      title: { text: expect.stringContaining("symbols at 1: published products") as string },
    });
    expect(alt).toContain("Published products: CsPbBr3 at 0.2 (doi:10.1/a), Cs4PbBr6 at 10 (doi:10.1/b).");
    expect(plotSweep(input).alt).not.toContain("Published");
  });

  it.each([
    [
      "a product outside the sweep",
      { products: [{ x: 20, phase: "CsPbBr3", label: "10.1/a" }] },
      /published products must lie between 0.1 and 10; got 20 \(10.1\/a\)/,
    ],
    ["a product without a place", { products: [{ x: NaN, phase: "CsPbBr3", label: "10.1/a" }] }, /got NaN \(10.1\/a\)/],
    [
      "a product of an unknown phase",
      { products: [{ x: 1, phase: "delta", label: "10.1/a" }] },
      /must be one of CsPbBr3/,
    ],
    [
      "a single value",
      { x: { title: "T (°C)", values: [1] } },
      /T \(°C\) needs two values or more that ascend; got \[1\]/,
    ],
    ["zero on a logarithmic axis", { x: { ...input.x, values: [0, 1, 10] } }, /ascend from above 0; got \[0, 1, 10\]/],
    ["a value too few", { lines: [{ name: "CsPbBr3", values: [1, 0] }] }, /CsPbBr3 needs 3 values.* got 2, 2, 2/],
    ["a band too short", { lines: [{ ...input.lines[0], band: { low: [0], high: [1] } }] }, /got 3, 1, 1/],
    [
      "a share above one",
      { lines: [{ name: "CsPbBr3", values: [1, 1.5, 0] }] },
      /must have 0 <= low <= value <= high <= 1; got 1.5, 1.5, 1.5 at place 1/,
    ],
    [
      "a band beside its line",
      { lines: [{ ...input.lines[0], band: { low: [0, 0.5, 0], high: [1, 1, 1] } }] },
      /got 0.5, 0.25, 1 at place 1/,
    ],
    ["an unknown phase", { lines: [{ name: "delta", values: [1, 1, 1] }] }, /must be one of CsPbBr3/],
    ["a mark outside the sweep", { reference: { at: 20, label: "x" } }, /between 0.1 and 10; got 20/],
  ])("refuses %s", (_, change, message) => {
    expect(() => plotSweep({ ...input, ...change })).toThrow(message);
  });
});

describe("plotCategoryScores", () => {
  it("begins the UNKNOWN band where the earned bar ends, and ends it at what is possible", () => {
    const { data, alt } = plotCategoryScores({
      id: "99-x",
      categories: [{ name: "Data", weight: 0.25, low: 4, high: 9 }],
    });
    expect(data).toMatchObject([{ x: [4] }, { base: [4], x: [5] }]);
    expect(alt).toContain("Data 4.0 earned, up to 9.0 possible");
  });

  it("refuses points beyond ten, or possible below earned", () => {
    for (const [low, high] of [
      [5, 11],
      [5, 4],
      [-1, 4],
    ])
      expect(() => plotCategoryScores({ id: "99-x", categories: [{ name: "Data", weight: 1, low, high }] })).toThrow(
        /0 <= low <= high <= 10/,
      );
  });
});
