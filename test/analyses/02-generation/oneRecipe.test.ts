import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { oneRecipe } from "../../../src/analyses/02-generation/oneRecipe.js";
import type * as paths from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => ({
  ...(await original<typeof paths>()),
  outputPath: (...parts: string[]) => join(place.output, ...parts),
}));
place.output = temporaryProject();

it("oneRecipe walks the published hot injection: balances close, the size is by the written law", async () => {
  const { result, measurements } = await oneRecipe();
  const step = (quantity: string): number =>
    result.steps.rows.find(([, name]) => name === quantity)![
      result.steps.columns.findIndex(({ name }) => name === "value")
    ] as number;
  const measured = (id: string): number => measurements.find((one) => one.id === id)!.value!;

  // 0.18 mmol Pb, 0.125 mmol Cs, 3.35 mmol oleic acid, 3.04 mmol
  // oleylamine in 21 mL; lead bromide alone brings bromide.
  expect(step("lead, as bromide")).toBeCloseTo(180 / 21, 3);
  expect(step("caesium, as oleate")).toBeCloseTo(125 / 21, 3);
  expect(step("bromide")).toBeCloseTo(360 / 21, 3);
  expect(step("acid and amine paired") + step("free oleylamine")).toBeCloseTo(step("oleylamine"), 1);
  expect(step("yield of lead") / 100).toBeCloseTo(step("lead in the precipitate") / step("lead, as bromide"), 3);
  // CsPbBr3 needs three bromides per lead and two are there: at most two thirds of the lead can precipitate in it.
  expect(step("yield of lead")).toBeLessThan(67.5);

  const lnSize = 0.862 + 0.0129 * 170 - 0.324 * Math.log(2) - 0.309 * Math.log(3.04 / 0.18 + 0.5) + 0.065 * Math.log(1);
  expect(measured("recipe.size")).toBeCloseTo((Math.exp(4 * lnSize) + 1.8 ** 4) ** 0.25, 8);
  expect(measured("recipe.publishedSize")).toBe(6.8);
  expect(measured("recipe.peak")).toBeCloseTo(1239.841984 / (2.34 + 6.9 / (measured("recipe.size") ** 2 + 7.2)), 8);

  const columns = result.compounds.columns.map(({ name }) => name);
  const column = (name: string): number[] =>
    result.compounds.rows.map((row) => row[columns.indexOf(name)] as number).filter((value) => value !== null);
  for (const shares of [column("precipitate by weight"), column("probability of the label")])
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 1);
});
