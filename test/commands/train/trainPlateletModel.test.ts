import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { trainVerb } from "../../../src/commands/train/trainVerb.js";
import { smallCells } from "../../problems/platelets/smallTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();

describe("twin train --form platelets", { timeout: 60_000 }, () => {
  it("says which rows it left out, what it kept and what it is worth; --strict fails for the rows", async () => {
    const cells = smallCells(60).map((row, i) => ({
      ...row,
      ...(i === 4 ? { V_CsOA_uL: "-3" } : i === 9 ? { peak_nm: "blue" } : i === 14 ? { c_PbBr2_M: "0" } : {}),
    }));
    const header = Object.keys(cells[0]) as (keyof (typeof cells)[number])[];
    const file = join(folder, "own.csv");
    await writeFile(file, [header, ...cells.map((row) => header.map((column) => row[column]))].join("\n"));
    const ask = { form: "platelets" as const, seed: 1, data: file, out: folder };
    const { text, passed } = await trainVerb.run(ask);
    expect(passed).toBe(true);
    expect(text).toContain(
      [
        "left out: 3 of 60 rows",
        '  row 5, column V_CsOA_uL: must be above 0, at most 1000000; got "-3"',
        '  row 10, column peak_nm: must be a number; got "blue"',
        '  row 15, column c_PbBr2_M: no lead; got "0"',
      ].join("\n"),
    );
    expect(text).toMatch(/\n {2}peak: .*; better than .* nm² of squared error, by .* less one standard error\n/);
    expect(text).toMatch(/\n {2}peak, R2 +0\.\d+ \[.*\] +-0\.\d+ by the mean \(n = \d+ of \d+ recipes\)\n/);
    expect(text).toMatch(/\n {2}formed, log loss in nats +\d.* by the share that formed \(n = 57 of \d+ recipes\)\n/);
    expect((await trainVerb.run({ ...ask, strict: true })).passed).toBe(false);
  });
});
