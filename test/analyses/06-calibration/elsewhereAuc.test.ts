import { describe, expect, it } from "vitest";
import { elsewhereAuc } from "../../../src/analyses/06-calibration/elsewhereAuc.js";
import type { UncertainModels } from "../../../src/analyses/06-calibration/uncertainModels.js";
import { tableFromRows } from "../../../src/core/tableFromRows.js";
import { experimentSchema } from "../../../src/generation/experimentSchema.js";

const table = tableFromRows(
  { batch: experimentSchema.batch },
  Array.from({ length: 40 }, (_, row) => ({ batch: `batch ${row % 8}` })),
);
const models = {
  data: { seed: 1, table } as UncertainModels["data"],
  someTestRows: Uint32Array.from({ length: 30 }, (_, row) => row),
};
const inside = Float64Array.from({ length: 30 }, (_, row) => (row * 7) % 30);
const outside = Float64Array.from({ length: 20 }, (_, i) => 15 + i);

describe("elsewhereAuc", () => {
  it("is the share of pairs in which the recipe from elsewhere is the stranger", () => {
    let wins = 0;
    for (const far of outside) for (const near of inside) wins += far > near ? 1 : far === near ? 0.5 : 0;
    const { value, interval } = elsewhereAuc(models, "distance", inside, outside);
    expect(value).toBeCloseTo(wins / 600, 12);
    expect(interval.low < value && value < interval.high).toBe(true);
    expect(interval).toMatchObject({ level: 0.95, method: "jackknife by batch, beta" });
  });

  it("has one interval for one sign, whoever asks", () => {
    expect(elsewhereAuc(models, "deep ensemble", inside, outside)).toEqual(
      elsewhereAuc(models, "deep ensemble", inside, outside),
    );
  });
});
