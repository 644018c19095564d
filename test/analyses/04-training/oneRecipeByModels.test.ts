import { expect, it } from "vitest";
import {
  oneRecipeByModels,
  oneRecipeMeasurements,
  recipeToShow,
} from "../../../src/analyses/04-training/oneRecipeByModels.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { numbersOf } from "../../../src/core/Table.js";
import { trainingExperiments, trueProbabilities } from "../../../src/problems/phase/phaseExperiments.js";

const data = await trainingExperiments({ seed: 1, rows: 4_000 });

it("recipeToShow takes a calibrate row about which the twin is in doubt, and the first of them", () => {
  const row = recipeToShow(data);
  const largest = (one: number): number => Math.max(...trueProbabilities(data.table, Uint32Array.of(one)));
  expect(data.split.calibrate).toContain(row);
  expect(largest(row)).toBeGreaterThanOrEqual(0.55);
  expect(largest(row)).toBeLessThanOrEqual(0.75);
  for (const before of data.split.calibrate.subarray(0, data.split.calibrate.indexOf(row)))
    expect(largest(before) >= 0.55 && largest(before) <= 0.75).toBe(false);
});

it("recipeToShow says so where no calibrate row is in doubt", () => {
  const none = { table: data.table, split: { ...data.split, calibrate: new Uint32Array() } };
  expect(() => recipeToShow(none)).toThrow("recipeToShow: one of the 0 calibrate rows must be in doubt");
});

it("oneRecipeByModels sets what each model says beside what the twin knows, phase by phase", () => {
  const row = recipeToShow(data);
  const network = { name: "network", probabilities: [0.5, 0.25, 0.125, 0.1, 0.025] };
  const { recipe, answers } = oneRecipeByModels(data, row, [network]);
  expect(recipe.rows.find(([name]) => name === "temperature")![1]).toBeCloseTo(
    numbersOf(data.table, "temperatureCelsius")[row],
    1,
  );
  expect(answers.columns.map(({ name }) => name)).toEqual(["model", ...phaseNames]);
  expect(answers.rows[0]).toEqual(["network", 50, 25, 12.5, 10, 2.5]);
  const twin = answers.rows[1].slice(1) as number[];
  expect(twin.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 0);
  expect(answers.caption).toContain(`the operator wrote ${phaseNames[data.labels[row]]}`);

  const [byNetwork, byTwin] = oneRecipeMeasurements(data, row, network);
  expect(byNetwork.value).toBe(network.probabilities[data.labels[row]]);
  expect(100 * byTwin.value!).toBeCloseTo(twin[data.labels[row]], 1);
});
