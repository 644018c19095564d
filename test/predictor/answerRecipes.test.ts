import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { InputError } from "../../src/core/InputError.js";
import { selectMatrixRows } from "../../src/core/Matrix.js";
import { selectRows, textsOf } from "../../src/core/Table.js";
import { answerRecipes, predictionLabel } from "../../src/predictor/answerRecipes.js";
import { meanProbabilities } from "../../src/predictor/meanProbabilities.js";
import { phaseAnswers } from "../../src/predictor/phaseLimits.js";
import { phaseModelOf } from "../../src/predictor/phaseModelOf.js";
import { fitPhaseLimits } from "../../src/problems/phase/fitPhaseLimits.js";
import { generatedPhaseData } from "../../src/problems/phase/phaseData.js";
import { phaseRandom } from "../../src/problems/phase/phaseExperiments.js";
import { phaseJob, phaseNetwork, phaseTraining } from "../../src/problems/phase/phaseNetwork.js";
import { trainNetwork } from "../../src/training/trainNetwork.js";

const data = await generatedPhaseData({ seed: 3, rows: 1_000 });
const { network } = await trainNetwork(
  phaseJob(data, data.split).data,
  { ...phaseNetwork, hidden: [8] },
  phaseRandom(3, "phase model"),
  { ...phaseTraining, epochs: 1, engine: "simd" },
);
const probabilities = (rows: Uint32Array): Float64Array =>
  meanProbabilities([network], selectMatrixRows(data.features, rows));
const { uncalibrated, ...limits } = fitPhaseLimits(data, probabilities(data.split.calibrate));
const stored = { members: [network], encoder: data.encoder, limits };
const recipes = selectRows(data.table, data.split.tune);

describe("answerRecipes", () => {
  it("gives each recipe what its limits say of the network's probabilities, its row, and the label", () => {
    expect(uncalibrated).toBeNull();
    const { rows, promise, distance } = answerRecipes(phaseModelOf(stored), recipes);
    const own = phaseAnswers(limits, selectMatrixRows(data.features, data.split.tune), probabilities(data.split.tune));
    expect(rows).toEqual(own.map((answer, i) => ({ row: i + 1, ...answer, label: predictionLabel })));
    expect(promise).toMatchObject({ share: 0.9, of: "new batches" });
    expect(Object.keys(distance)).not.toContain("fitted");
  });

  it("answers the same from a model that went through JSON", () => {
    const read = JSON.parse(JSON.stringify({ encoder: stored.encoder, limits })) as Pick<
      typeof stored,
      "encoder" | "limits"
    >;
    expect(answerRecipes(phaseModelOf({ members: [network], ...read }), recipes)).toEqual(
      answerRecipes(phaseModelOf(stored), recipes),
    );
  });

  it("names the recipe that is out of range, counted from 1 or as the caller says", () => {
    const temperatureCelsius = Float64Array.of(170, 900);
    const two = selectRows(recipes, Uint32Array.of(0, 1));
    const hot = { ...two, columns: { ...two.columns, temperatureCelsius } };
    const model = phaseModelOf(stored);
    expect(() => answerRecipes(model, hot)).toThrow("recipe 2, column temperatureCelsius: must be from -20 to 300 °C");
    expect(() => answerRecipes(model, hot, { rowName: (row) => `vial ${"AB"[row]}` })).toThrow(
      "vial B, column temperatureCelsius",
    );
  });

  it("refuses a category that no training row had", () => {
    const known = new Set(textsOf(data.table, "route"));
    expect(known).not.toContain("microwave");
    const one = selectRows(recipes, Uint32Array.of(0));
    const route = { codes: Uint8Array.of(0), levels: ["microwave"] };
    expect(() => answerRecipes(phaseModelOf(stored), { ...one, columns: { ...one.columns, route } })).toThrow(
      "recipe 1, column route: must be one of ",
    );
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
  ])("refuses a model edited by hand when it is loaded: %s", (_, change, words) => {
    expect(() => phaseModelOf({ ...stored, ...change }, "m1")).toThrow(/^m1: parts of a model must fit each other/);
    expect(() => phaseModelOf({ ...stored, ...change }, "m1")).toThrow(words);
    expect(() => phaseModelOf({ ...stored, ...change }, "m1")).toThrow(InputError);
  });
});
