import { describe, expect, it } from "vitest";
import { selectRows, type Table } from "../../../src/core/Table.js";
import { InputError } from "../../../src/core/InputError.js";
import { loadAllNanoplatelets } from "../../../src/experiments/loadAllNanoplatelets.js";
import { modelText } from "../../../src/problems/fewRows/modelFile.js";
import { plateletRows } from "../../../src/problems/platelets/plateletRows.js";
import { trainPlatelets } from "../../../src/problems/platelets/trainPlatelets.js";
import { rawPlatelets, smallCells, smallTable } from "./smallTable.js";

const tableOf = (change: (row: number) => Readonly<Record<string, string>>, rows: number): Table =>
  loadAllNanoplatelets(rawPlatelets(smallCells(rows).map((cells, row) => ({ ...cells, ...change(row) })))).table;

describe("trainPlatelets", { timeout: 60_000 }, () => {
  it("tells what it is worth on rows that it had not seen, and is the same model whoever asks", async () => {
    const table = smallTable(60);
    const { model, scores } = await trainPlatelets(table, { seed: 3 });
    const rows = plateletRows(table);
    expect(scores.peak).toMatchObject({ measure: "R2", rows: rows.peak.filter((one) => one > 0).length });
    expect(scores.peak.chosen.value).toBeGreaterThan(0.8);
    expect(scores.peak.chosen.interval!.low).toBeGreaterThan(scores.peak.constant!);
    // The mean of other rows explains none of these.
    expect(scores.peak.constant).toBeLessThanOrEqual(0);
    expect(scores.formed).toMatchObject({ measure: "log loss", rows: 60, recipes: new Set(rows.recipes).size });
    expect(scores.formed.chosen.value).toBeLessThan(scores.formed.constant!);
    // The log loss is that of the probabilities that the model keeps of what happened.
    const kept = model.targets.formed.outOfFold;
    expect(scores.formed.chosen.value).toBeCloseTo(kept.reduce((sum, one) => sum - Math.log(one), 0) / kept.length, 9);
    const again = await trainPlatelets(table, { seed: 3 });
    expect(modelText(again.model)).toBe(modelText(model));
  });

  it("refuses in words a target of fewer than 10 rows, or of one recipe", async () => {
    const unmeasured = tableOf((row): Readonly<Record<string, string>> => (row < 8 ? {} : { fwhm_nm: "" }), 40);
    await expect(trainPlatelets(unmeasured, { seed: 1, where: "own.csv" })).rejects.toThrow(
      /own\.csv, column fwhm_nm: must be told of 10 rows or more, of 2 recipes at least; got 6 of 6 recipes; add/,
    );
    const one = selectRows(smallTable(1), new Uint32Array(12));
    await expect(trainPlatelets(one, { seed: 1 })).rejects.toThrow(/column peak_nm: .*got 12 of 1 recipe;/);
    await expect(trainPlatelets(one, { seed: 1 })).rejects.toThrow(InputError);
    const untold = tableOf(() => ({ perovskite: "" }), 40);
    await expect(trainPlatelets(untold, { seed: 1 })).rejects.toThrow(/column perovskite: .*got 0 of 0 recipes/);
  });

  it("trains on 10 rows of 2 recipes, and on outcomes that are all alike", async () => {
    const two = selectRows(
      smallTable(2),
      Uint32Array.from({ length: 10 }, (_, i) => i % 2),
    );
    expect((await trainPlatelets(two, { seed: 1 })).scores.peak).toMatchObject({ rows: 10, recipes: 2 });
    const alike = tableOf(() => ({ antisolvent: "EtOH", perovskite: "1", peak_nm: "460", fwhm_nm: "15" }), 14);
    const { scores } = await trainPlatelets(alike, { seed: 1 });
    // A log loss of 0 would be claimed with certainty.
    for (const { chosen, constant } of Object.values(scores))
      expect([chosen, constant]).toEqual([{ value: null, interval: null, reason: "all outcomes are alike" }, null]);
  });
});
