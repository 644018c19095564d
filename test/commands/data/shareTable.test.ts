import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataExportVerb } from "../../../src/commands/data/dataVerbs.js";
import { shareTable } from "../../../src/commands/data/shareTable.js";
import { InputError } from "../../../src/core/InputError.js";
import { readExchanged } from "../../../src/experiments/exchange/readExchanged.js";
import { hasRealData, realData } from "../../support/realData.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const root = await temporaryFolder();
const own = join(root, "My runs (2026).csv");
await writeFile(
  own,
  "route,temperatureCelsius,caesiumMolar,leadMolar,bromideMolar,phase,photoluminescencePeakNanometre,oven\n" +
    "LARP,25,0.01,0.02,0.04,CsPbBr3,512,left\nLARP,30,0.02,0.02,0.06,,,left\nLARP,35,0.03,0.02,0.06,CsPbBr3,515,right\n",
);
let folders = 0;
const newFolder = (): string => join(root, `out${++folders}`);

describe("shareTable", () => {
  it("writes a user's own table under the licence that he states, units and ranges of the schema with it", async () => {
    const out = newFolder();
    const shared = await shareTable(own, { format: "frictionless", out, licence: "CC-BY-4.0" });
    expect(shared.columns).toHaveLength(8);
    expect(shared).toMatchObject({ table: "my-runs-2026", rows: 3, licence: "CC-BY-4.0", notHeld: [] });
    expect((await readdir(out)).sort()).toEqual(["LICENCE.txt", "datapackage.json", "my-runs-2026.csv"]);
    const { table, licence } = await readExchanged(out);
    expect(licence).toBe("CC-BY-4.0");
    expect(table.schema.temperatureCelsius).toMatchObject({ unit: "°C", min: -20, max: 300 });
    expect(table.columns.photoluminescencePeakNanometre).toEqual(Float64Array.of(512, NaN, 515));
  });

  it("says what Olympus and ORD cannot hold, in the answer and in NOT_HELD.md", async () => {
    for (const [format, lost] of [
      ["olympus", /Rows where photoluminescencePeakNanometre is missing: 1 of 3/],
      ["ord", /Columns: route, oven\./],
    ] as const) {
      const out = newFolder();
      const { text, data } = await dataExportVerb.run({
        ...{ file: own, format, out, licence: "CC0-1.0" },
        ...(format === "olympus" ? { target: "photoluminescencePeakNanometre" } : {}),
      });
      expect(text).toMatch(lost);
      const file = await readFile(join(out, "NOT_HELD.md"), "utf8");
      for (const one of (data as { notHeld: readonly string[] }).notHeld) {
        expect(text).toContain(one);
        expect(file).toContain(one);
      }
    }
  });

  it.each([
    [
      "an unknown format",
      { format: "excel" },
      /--format: must be of frictionless, croissant, olympus, ord; got "excel"/,
    ],
    ["no output", { out: undefined }, /--out: must name the folder to make/],
    ["a folder above that is not there", { out: join(root, "no", "where") }, /no such folder/],
    ["no licence", { licence: undefined }, /--licence: must say under which licence others get your table/],
    ["a licence that is none", { licence: "mine, all mine" }, /--licence: must be an SPDX identifier/],
    ["no number that is sought", { format: "olympus" }, /must have a number that is sought, .*--target: temperature/],
    ["a target of texts", { format: "olympus", target: "phase" }, /got "phase", a column of texts/],
    ["a target that is not there", { format: "olympus", target: "yield" }, /got "yield", which it does not have/],
    ["reagents without a map", { reagents: "reagents.csv" }, /--reagents: belongs to --columns/],
  ])("refuses %s, and writes nothing", async (_, wrong, message) => {
    const out = newFolder();
    const options = { format: "frictionless", out, licence: "CC-BY-4.0", ...wrong };
    const refused = await shareTable(own, options).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(InputError);
    expect((refused as Error).message).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  it("refuses a folder that is there, be it empty, and leaves it as it is", async () => {
    const out = newFolder();
    await mkdir(out);
    const shared = shareTable(own, { format: "croissant", out, licence: "CC-BY-4.0" });
    await expect(shared).rejects.toThrow(/--out: must be a new folder/);
    expect(await readdir(out)).toEqual([]);
  });

  it("refuses a name that is neither a table nor a file, and a table that is not imported", async () => {
    const out = newFolder();
    await expect(shareTable("nanoplatlets", { format: "ord", out })).rejects.toThrow(
      /must be one of nanoplatelets, .*, or a file of your own; got neither/,
    );
    await expect(shareTable("nanoplatelets", { format: "ord", out, folder: root })).rejects.toThrow(
      /the table must be imported unchanged; got absent/,
    );
    await expect(shareTable("solubility", { format: "ord", out, folder: root })).rejects.toThrow(
      /must be a table of experiments/,
    );
    await expect(shareTable("nanoplatelets", { format: "ord", out, licence: "MIT" })).rejects.toThrow(
      /--licence: belongs to a table of your own/,
    );
    expect(existsSync(out)).toBe(false);
  });

  it("refuses the table of recipes by its name, whether it is here or not", async () => {
    await expect(shareTable("recipes", { format: "frictionless", out: newFolder(), folder: root })).rejects.toThrow(
      /the licence must let others have the table; got licence: research, non-commercial/,
    );
  });

  it("refuses rows of the table of recipes in a user's own file (planted)", async () => {
    const copied = join(root, "copied.csv");
    await writeFile(
      copied,
      "caesiumMolar,leadMolar,bromideMolar,source\n0.01,0.02,0.04,recipes\n0.02,0.02,0.06,mine\n",
    );
    const shared = shareTable(copied, { format: "frictionless", out: newFolder(), licence: "MIT" });
    await expect(shared).rejects.toThrow("recipes: the licence must let others have the table");
  });

  it.skipIf(!hasRealData)(
    "refuses the file of the table of recipes under another name (skipped without ../shared/real-data)",
    async () => {
      const copied = join(root, "mine.csv");
      await copyFile(join(realData, "cs_pb_br_recipes.csv"), copied);
      const shared = shareTable(copied, { format: "frictionless", out: newFolder(), licence: "MIT" });
      await expect(shared).rejects.toThrow("recipes: the licence must let others have the table");
    },
  );
});

describe("twin data export without --format", () => {
  it("needs a map, and knows no licence", async () => {
    await expect(dataExportVerb.run({ file: own })).rejects.toThrow(/--columns: must name a map, or --format a form/);
    await expect(dataExportVerb.run({ file: own, columns: "map.json", licence: "MIT" })).rejects.toThrow(
      /--licence: belongs to --format/,
    );
  });
});
