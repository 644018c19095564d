import { describe, expect, it } from "vitest";
import { calibrate } from "../../src/calibration/calibrate.js";
import { phaseNames } from "../../src/chemistry/phases.js";
import { InputError } from "../../src/core/InputError.js";
import { selectMatrixRows } from "../../src/core/Matrix.js";
import {
  categoryColumn,
  type Column,
  makeTable,
  numbersOf,
  selectRows,
  type Table,
  textsOf,
} from "../../src/core/Table.js";
import { encode } from "../../src/features/encode.js";
import { answerColumns } from "../../src/predictor/answerColumns.js";
import {
  answerRecipes,
  predictionLabel,
  type RecipeAnswer,
  type RecipeAnswers,
} from "../../src/predictor/answerRecipes.js";
import { recipeColumns } from "../../src/predictor/recipeColumns.js";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import { faultError } from "../../src/predictor/checkRecipes.js";
import { meanAnswers, type NetworkAnswers } from "../../src/predictor/meanAnswers.js";
import { phaseModelOf } from "../../src/predictor/phaseModelOf.js";
import { fitPhaseLimits } from "../../src/problems/phase/fitPhaseLimits.js";
import { generatedPhaseData } from "../../src/problems/phase/phaseData.js";
import { phaseRandom } from "../../src/problems/phase/phaseExperiments.js";
import { phaseJob, phaseNetwork, phaseTraining } from "../../src/problems/phase/phaseNetwork.js";
import { simdTraining } from "../../src/training/engines/simd/simdTraining.js";
import { trainNetwork } from "../../src/training/trainNetwork.js";
import { conformalSets } from "../../src/uncertainty/conformal/conformalSets.js";
import { holdsClass } from "../../src/uncertainty/conformal/labelSets.js";

const data = await generatedPhaseData({ seed: 3, rows: 6_000 });
const targetNames = data.quantities.map(({ column }) => column);
const { network } = await trainNetwork(
  { ...phaseJob({ features: data.taught, labels: data.labels }, data.split).data, targets: data.targets, targetNames },
  { ...phaseNetwork, hidden: [16] },
  phaseRandom(3, "phase model"),
  { ...phaseTraining, epochs: 8, engine: "simd" },
);
const answersOf = (rows: Uint32Array): NetworkAnswers => meanAnswers([network], selectMatrixRows(data.features, rows));
const { uncalibrated, ...limits } = fitPhaseLimits(data, answersOf(data.split.calibrate));
const stored = { members: [network], encoder: data.encoder, limits, targetScales: data.targetScales };
const model = phaseModelOf(stored);
const recipes = selectRows(data.table, data.split.tune);

/** Recipes with other values in some columns. */
function changed(table: Table, columns: Table["columns"]): Table {
  return { ...table, columns: { ...table.columns, ...columns } };
}
const texts = (values: readonly string[]): Column => categoryColumn(values);
const nothing = (table: Table): Float64Array => new Float64Array(table.numRows).fill(NaN);

describe("answerRecipes", () => {
  it("gives whole recipes what the stored limits say of the network's answers, their rows, and the label", () => {
    expect(uncalibrated).toBeNull();
    const { rows, refused, promise, distance } = answerRecipes(model, recipes);
    const { probabilities } = answersOf(data.split.tune);
    const mended = calibrate(limits.calibrator!, probabilities);
    const sets = conformalSets(limits.sets, probabilities);
    expect(refused).toEqual([]);
    rows.forEach((answer, i) => {
      expect(answer).toMatchObject({ row: i + 1, label: predictionLabel, missing: { columns: [] } });
      expect(Object.values(answer.probabilities)).toEqual(Array.from(mended.subarray(5 * i, 5 * i + 5)));
      expect(answer.set).toEqual(phaseNames.filter((_, k) => holdsClass(sets[i], k)));
      expect(answer.inDomain).toBe(answer.outside.length === 0);
    });
    expect(promise).toMatchObject({ share: 0.9, of: "new batches" });
    expect(Object.keys(distance)).not.toContain("fitted");
  });

  it("answers the same from a model that went through JSON, and whatever else stands in the table", () => {
    const read = JSON.parse(JSON.stringify({ ...stored, members: [] })) as typeof stored;
    const all = answerRecipes(model, recipes);
    expect(answerRecipes(phaseModelOf({ ...read, members: [network] }), recipes)).toEqual(all);
    const some = Uint32Array.of(3, 40, 5);
    expect(answerRecipes(model, selectRows(recipes, some)).rows).toEqual(
      Array.from(some, (row, i) => ({ ...all.rows[row], row: i + 1 })),
    );
  });

  it("refuses recipes out of range, without lead or impossible, and answers the others (one refused the file)", () => {
    const five = selectRows(recipes, Uint32Array.of(0, 1, 2, 3, 4));
    const set = (name: string, place: number, value: number): Float64Array =>
      Float64Array.from(numbersOf(five, name), (one, i) => (i === place ? value : one));
    const { rows, refused } = answerRecipes(
      model,
      changed(five, {
        temperatureCelsius: set("temperatureCelsius", 1, 900),
        leadMolar: set("leadMolar", 2, NaN),
        bromideMolar: set("bromideMolar", 3, 0.99),
      }),
    );
    expect(rows.map(({ row }) => row)).toEqual([1, 5]);
    expect(rows[0]).toEqual(answerRecipes(model, five).rows[0]);
    expect(refused.map(({ row, column }) => [row, column])).toEqual([
      [1, "temperatureCelsius"],
      [2, "leadMolar"],
      [3, null],
    ]);
    expect(faultError(refused[0], (row) => `vial ${row + 1}`).message).toBe(
      "vial 2, column temperatureCelsius: must be from -20 to 300 °C; got 900 °C; mend the value, or drop the recipe",
    );
    expect(refused[2].got).toMatch(/^bromide that no compound brings/);
  });

  it("calls a route that no training row had outside, and answers as if it were not told", () => {
    const one = selectRows(recipes, Uint32Array.of(0));
    const [strange] = answerRecipes(model, changed(one, { route: texts(["microwave"]) })).rows;
    const [untold] = answerRecipes(model, changed(one, { route: texts([""]) })).rows;
    expect(strange.outside[0]).toBe('route "microwave": none that training rows had');
    expect(strange.probabilities).toEqual(untold.probabilities);
    expect(strange.missing.columns).toEqual(["route"]);
  });

  it("knows salts of the list by their ions; one that is not there is named, and the recipe is outside", () => {
    const bromides = new Set(["caesium bromide"]);
    const place = textsOf(recipes, "caesiumSource").findIndex((source) => !bromides.has(source));
    const one = selectRows(recipes, Uint32Array.of(place));
    const answer = (source: string): RecipeAnswer =>
      answerRecipes(model, changed(one, { caesiumSource: texts([source]) })).rows[0];
    expect(answer("caesium carbonate").probabilities).toEqual(answerRecipes(model, one).rows[0].probabilities);
    expect(answer("unobtainium").outside[0]).toBe('"unobtainium": no reagent of the list');
    expect(answer("caesium iodide").outside[0]).toBe('"caesium iodide": brings what the model does not count');
  });

  it("counts every acid as one, and bromide of every source that is named (they counted as none)", () => {
    const written = {
      route: "hot injection",
      temperatureCelsius: 160,
      timeSecond: 10,
      mixingSecond: 0.5,
      volumeMillilitre: 10,
      caesiumMolar: 0.01,
      leadMolar: 0.02,
      bromideMolar: 0.04,
      oleicAcidMolar: 0.4,
      oleylamineMolar: 0.4,
      polarSolventFraction: 0,
      waterFraction: 0.0001,
      antisolventRatio: 0,
      caesiumSource: "caesium oleate",
      bromideSource: "lead bromide",
    };
    const answer = (change: object): RecipeAnswers =>
      answerRecipes(model, tableFromRows(recipeColumns, [{ ...written, ...change }]));
    const [plain] = answer({}).rows;
    expect(answer({ oleicAcidMolar: 0, otherAcidMolar: 0.4 }).rows[0].probabilities).toEqual(plain.probabilities);
    const more = { bromideMolar: 0.06 };
    expect(answer(more).refused[0].mend).toMatch(/name all that brings bromide/);
    const [named] = answer({ ...more, bromideSource: "lead bromide + ammonium bromide" }).rows;
    expect(named.missing.columns).toEqual([]);
    expect(named.probabilities).not.toEqual(plain.probabilities);
    expect(answer({ ...more, bromideSource: "PbBr2 + oleylammonium bromide" }).rows[0].probabilities).toEqual(
      named.probabilities,
    );
  });

  it("has ranges that reach to no water and the first second (either made a recipe an outsider)", () => {
    const one = selectRows(
      recipes,
      Uint32Array.of(answerRecipes(model, recipes).rows.find(({ inDomain }) => inDomain)!.row - 1),
    );
    const dry = changed(one, { waterFraction: Float64Array.of(0), timeSecond: Float64Array.of(0.2) });
    expect(answerRecipes(model, dry).rows[0].outside.join()).not.toMatch(/training range/);
  });

  it("answers a table of caesium, lead and bromide alone, says what is missing, and with wider sets", () => {
    const bare = makeTable(
      Object.fromEntries(["caesiumMolar", "leadMolar", "bromideMolar"].map((name) => [name, recipes.schema[name]])),
      Object.fromEntries(["caesiumMolar", "leadMolar", "bromideMolar"].map((name) => [name, recipes.columns[name]])),
    );
    const { rows, refused } = answerRecipes(model, bare);
    expect(refused).toEqual([]);
    expect(rows).toHaveLength(recipes.numRows);
    const { columns, setSize, setSizeOfWhole } = rows[0].missing;
    expect(columns).toContain("temperatureCelsius");
    expect(columns).toHaveLength(13);
    expect(setSize!).toBeGreaterThan(setSizeOfWhole!);
  });

  it("says of a number that even the simulator cannot tell, and of one with too few rows, why there is none", () => {
    const [first, second, ...others] = limits.quantities;
    const wide = { relativeWidth: 0.93, r2: 0.1, rows: 900 };
    const [threshold] = second.intervals.thresholds;
    const few = { ...second.intervals, thresholds: [{ ...threshold, value: null, reason: "too few batches" }] };
    const quantities = [{ ...first, ceiling: wide }, { ...second, intervals: few }, ...others];
    const [{ quantities: own }] = answerRecipes(
      phaseModelOf({ ...stored, limits: { ...limits, quantities } }),
      recipes,
    ).rows;
    expect(own[first.column]).toMatchObject({ value: null, low: null, high: null });
    expect(own[first.column].reason).toBe(
      "no useful interval: even the simulator, asked about a laboratory that nobody knows, has intervals 0.93 times " +
        "as wide as one for all recipes",
    );
    expect(own[second.column]).toMatchObject({ value: null, reason: "no interval: too few batches" });
    const { value, low, high } = own[others[0].column];
    expect(low! < value! && value! < high!).toBe(true);
  });
});

describe("limitsWithout", { timeout: 120_000 }, () => {
  // 4,000 fresh recipes of other laboratories would have other days; these are whole batches of the same split.
  it("keeps the promise for recipes that tell as little, where limits of whole recipes lose it", async () => {
    const many = await generatedPhaseData({ seed: 5, rows: 40_000 });
    const { network: small } = await trainNetwork(
      phaseJob({ features: many.taught, labels: many.labels }, many.split).data,
      { ...phaseNetwork, hidden: [32] },
      phaseRandom(5, "phase model"),
      { ...phaseTraining, epochs: 10, engine: "simd" },
    );
    const engine = await simdTraining();
    const of = (rows: Uint32Array): NetworkAnswers => ({
      ...meanAnswers([small], selectMatrixRows(many.features, rows), engine),
    });
    const { uncalibrated: _, ...own } = fitPhaseLimits({ ...many, quantities: [] }, of(many.split.calibrate));
    const parts = { members: [small], encoder: many.encoder, limits: own, targetScales: [] };
    const loaded = phaseModelOf(parts, "model", { engine });
    const test = selectRows(many.table, many.split.test);
    const hidden = ["temperatureCelsius", "timeSecond", "oleicAcidMolar", "oleylamineMolar", "waterFraction"];
    const cold = changed(test, Object.fromEntries(hidden.map((name) => [name, nothing(test)])));
    const truth = Array.from(many.split.test, (row) => many.labels[row]);
    const held = (sets: Uint32Array): number =>
      sets.reduce((sum, set, i) => sum + Number(holdsClass(set, truth[i])), 0) / sets.length;
    const answers = answerColumns(loaded, cold);
    expect(answers.refused).toEqual([]);
    const { probabilities } = loaded.answer(encode({ ...many.encoder, unseen: "ignore" }, cold), cold);
    const withWhole = held(conformalSets(own.sets, probabilities));
    const withOwn = held(answers.sets);
    // Some 40 batches of calibrate rows: the promise is kept on average over draws of them, within some 0.03.
    expect(Math.abs(withOwn - 0.9)).toBeLessThan(0.05);
    expect(withOwn).toBeGreaterThan(withWhole + 0.03);
  });
});

describe("phaseModelOf", () => {
  it("refuses a network of other classes, an encoder that is none, and limits that are none, naming the model", () => {
    const other = { ...network, classes: phaseNames.toReversed() };
    expect(() => phaseModelOf({ ...stored, members: [other] }, "m1")).toThrow("m1: must be a model of the phases");
    expect(() => phaseModelOf({ ...stored, encoder: {} }, "m1")).toThrow("m1: must be an encoder");
    expect(() => phaseModelOf({ ...stored, limits: null }, "m1")).toThrow(
      "m1: must be a model of the phase that carries its limits",
    );
  });

  const rename = (at: number, change: object): object => ({
    ...data.encoder,
    columns: data.encoder.columns.map((column, i) => (i === at ? { ...column, ...change } : column)),
  });
  const category = data.encoder.columns.findIndex(({ kind }) => kind === "category");
  const edited = (change: Partial<Record<keyof typeof limits, object>>): object => ({ ...limits, ...change });
  const { sets, domain, calibrator } = limits;
  const distance = "reason" in domain.distance ? null : domain.distance;

  // Each ended in a RangeError with a stack, or in wrong numbers, when the model met its first recipe.
  it.each<[string, { encoder?: object; limits?: object }, string]>([
    [
      "__proto__ for a category",
      { encoder: rename(category, { column: "__proto__" }) },
      'reads "__proto__", no category',
    ],
    ["a column of outcomes", { encoder: rename(0, { source: { column: "sizeNanometre" } }) }, "no number of a recipe"],
    ["a feature of nothing", { encoder: rename(0, { source: { feature: "toString" } }) }, "no feature of a recipe"],
    ["a scale of nearly 0", { encoder: rename(0, { scale: 1e-300 }) }, "a mean, scale or fill beyond"],
    ["another name", { encoder: rename(0, { name: "x" }) }, "an encoder of other features than the network's"],
    ["a missing column", { encoder: { ...data.encoder, columns: data.encoder.columns.slice(1) } }, "of other features"],
    [
      "ranges of other features",
      { limits: edited({ domain: { ...domain, ranges: domain.ranges.toReversed() } }) },
      "ranges of other features than the network's",
    ],
    [
      "a distance over other features",
      {
        limits: edited({
          domain: {
            ...domain,
            distance: { ...distance, fitted: { ...distance!.fitted, names: ["temperatureCelsius"] } },
          },
        }),
      },
      "a distance over other features",
    ],
    [
      "an axis cut short",
      {
        limits: edited({
          domain: { ...domain, distance: { ...distance, fitted: { ...distance!.fitted, axes: [[1, 0]] } } },
        }),
      },
      "axes and centres do not fit",
    ],
    [
      "a calibrator of other classes",
      { limits: edited({ calibrator: { ...calibrator, classes: 3 } }) },
      "of 3 classes",
    ],
    [
      "a calibrator of too few numbers",
      { limits: edited({ calibrator: { method: "vector", classes: 5, withoutRows: [], slopes: [1], offsets: [] } }) },
      "too few or too many parameters",
    ],
    [
      "a calibrator that gives NaN",
      { limits: edited({ calibrator: { method: "temperature", classes: 5, withoutRows: [], temperature: 5e-324 } }) },
      "numbers that are no probabilities",
    ],
    [
      "a threshold too few",
      { limits: edited({ sets: { ...sets, thresholds: sets.thresholds.slice(1) } }) },
      "each phase",
    ],
    ["a share that is none", { limits: edited({ sets: { ...sets, alpha: 9 } }) }, "may miss a share of 9"],
    [
      "numbers of other targets",
      { limits: edited({ quantities: limits.quantities.slice(1) }) },
      "limits of the numbers",
    ],
    [
      "a calibrate row too few",
      { limits: edited({ calibrateRows: { ...limits.calibrateRows, phases: limits.calibrateRows.phases.slice(1) } }) },
      "calibrate rows of unequal length",
    ],
    [
      "a calibrate row of no phase",
      {
        limits: edited({
          calibrateRows: { ...limits.calibrateRows, phases: limits.calibrateRows.phases.map(() => 5) },
        }),
      },
      "calibrate rows of other phases",
    ],
  ])("refuses a model edited by hand when it is loaded: %s", (_, change, words) => {
    expect(() => phaseModelOf({ ...stored, ...change }, "m1")).toThrow(/^m1: parts of a model must fit each other/);
    expect(() => phaseModelOf({ ...stored, ...change }, "m1")).toThrow(words);
    expect(() => phaseModelOf({ ...stored, ...change }, "m1")).toThrow(InputError);
  });
});
