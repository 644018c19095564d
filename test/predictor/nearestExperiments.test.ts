import { describe, expect, it } from "vitest";
import { tableFromRows } from "../../src/core/tableFromRows.js";
import type { Table } from "../../src/core/Table.js";
import type { Encoder } from "../../src/features/Encoder.js";
import { nearestExperiments } from "../../src/predictor/nearestExperiments.js";
import { recipeColumns } from "../../src/predictor/recipeColumns.js";

const features = ["temperatureCelsius", "lnTime", "lnLead", "lnCaesiumLead"] as const;
/** One standard deviation is 10 °C, or a factor e. */
const encoder: Encoder = {
  version: 1,
  unseen: "ignore",
  trainingRows: 2,
  columns: [
    ...features.map((feature) => ({
      kind: "number" as const,
      name: feature,
      unit: "1",
      source: { feature },
      mean: 0,
      scale: feature === "temperatureCelsius" ? 10 : 1,
      fill: 0,
    })),
    // Follows from others, and must not count.
    {
      kind: "number",
      name: "lnSupersaturation",
      unit: "1",
      source: { feature: "lnSupersaturation" },
      mean: 0,
      scale: 0.001,
      fill: 0,
    },
  ],
};
type Row = Readonly<Record<string, number | undefined>>;
const recipes = (...rows: readonly Row[]): Table =>
  tableFromRows(
    recipeColumns,
    rows.map((row) => ({
      temperatureCelsius: 150,
      timeSecond: 10,
      leadMolar: 0.02,
      caesiumMolar: 0.01,
      bromideMolar: 0.04,
      ...row,
    })),
  );
const lookUp = (
  own: Table,
  known: Table,
  papers: readonly string[],
  more: object = {},
): ReturnType<typeof nearestExperiments> =>
  nearestExperiments(own, { recipes: known, papers }, { encoder, leastShared: 2, ...more });

describe("nearestExperiments", () => {
  it("measures the root of the mean square difference in standard deviations (closed form)", () => {
    const known = recipes({ temperatureCelsius: 180, timeSecond: 10 * Math.exp(4) });
    const [[{ distance, shared, paper }]] = lookUp(recipes({}), known, ["10.0/a"]);
    expect([paper, shared]).toEqual(["10.0/a", 4]);
    expect(distance).toBeCloseTo(Math.sqrt((3 ** 2 + 4 ** 2) / 4), 12);
  });

  it("leaves what one of the two does not give out of the mean", () => {
    const known = recipes({ temperatureCelsius: 180, timeSecond: undefined });
    const [[{ distance, shared }]] = lookUp(recipes({}), known, ["10.0/a"]);
    expect(shared).toBe(3);
    expect(distance).toBeCloseTo(Math.sqrt(9 / 3), 12);
  });

  it("takes experiments that share too few inputs for no neighbours, however near", () => {
    const known = recipes({ temperatureCelsius: undefined, timeSecond: undefined }, { temperatureCelsius: 300 });
    const near = lookUp(recipes({}), known, ["10.0/few", "10.0/far"], { leastShared: 3 });
    expect(near).toEqual([[expect.objectContaining({ paper: "10.0/far" })]]);
  });

  it("names each paper once, by its nearest experiment, the nearest paper first, and no more than k", () => {
    const at = (temperatureCelsius: number): Row => ({ temperatureCelsius });
    const known = recipes(at(200), at(160), at(155), at(110), at(400));
    const [near] = lookUp(recipes({}), known, ["a", "a", "b", "c", "d"]);
    expect(near.map(({ paper }) => paper)).toEqual(["b", "a", "c"]);
    expect(near[1].distance).toBeCloseTo(0.5, 12);
    expect(
      lookUp(recipes({}, at(390)), known, ["a", "a", "b", "c", "d"], { k: 1 }).map(([{ paper }]) => paper),
    ).toEqual(["b", "d"]);
  });

  it("refuses papers that are not one per experiment, and a k of 0", () => {
    expect(() => lookUp(recipes({}), recipes({}, {}), ["a"])).toThrow("got 1 for 2 recipes");
    expect(() => lookUp(recipes({}), recipes({}), ["a"], { k: 0 })).toThrow("k must be a whole number from 1; got 0");
  });
});
