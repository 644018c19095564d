import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataExportVerb, dataMapVerb, dataTemplateVerb } from "../../../src/commands/data/dataVerbs.js";
import { mapTable } from "../../../src/commands/data/mapTable.js";
import { qualityVerb } from "../../../src/commands/quality/qualityVerb.js";
import { trainPhaseModel } from "../../../src/commands/train/trainPhaseModel.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
let files = 0;

async function table(text: string): Promise<string> {
  const path = join(folder, `runs${++files}.csv`);
  await writeFile(path, text);
  return path;
}

const header = "T (°C),t (min),PbBr2 (mmol),Cs2CO3 (mmol),OA (mL),OAm (mL),ODE (mL),XRD";
const rows = ["160,1,0.2,0.05,0.5,0.5,9,CsPbBr3", "170,2,0.2,0.05,0.5,0.5,9,CsPbBr3", "180,1,,0.2,0.5,2,9,Cs4PbBr6"];

describe("mapTable", () => {
  it("writes a map that quality reads the table by, rows told by their place in the file", async () => {
    const file = await table(`${header}\n${rows[2]}\n${rows[0]}\n${rows[1]}\n`);
    const { text, data, passed } = await dataMapVerb.run({ file });
    expect(passed).toBe(true);
    expect(data.out).toBe(`${file}.columns.json`);
    expect(text).toContain("8 headers: 8 sure");
    expect(text).toContain("left out: 1 of 3 rows\n  row 1, column PbBr2 (mmol): nothing → row left out");
    expect(text).toContain("no header gives route");
    const quality = await qualityVerb.run({ file, columns: data.out });
    expect(quality.data).toMatchObject({ rows: 2, violationCount: 0, faultCount: 0, duplicateGroups: 0 });
    expect(quality.passed).toBe(true);
    expect(quality.data.mapping).toMatchObject({ rows: 2, dropped: [{ row: 1, column: "PbBr2 (mmol)" }] });
    expect((await qualityVerb.run({ file, columns: data.out, strict: true })).passed).toBe(false);
    expect((await dataMapVerb.run({ file, strict: true })).passed).toBe(false);
  });

  it("never replaces a map that was edited, unless it is told to", async () => {
    const file = await table(`${header}\n${rows[0]}\n`);
    const { out } = await mapTable(file);
    // The same guess again changes nothing.
    await mapTable(file);
    const edited = (await readFile(out, "utf8")).replace('"unit":"min"', '"unit":"s"');
    await writeFile(out, edited);
    await expect(mapTable(file)).rejects.toThrow(/must not be there yet, .*use it with --columns, .*--force/);
    expect(await readFile(out, "utf8")).toBe(edited);
    await mapTable(file, { force: true });
    expect(await readFile(out, "utf8")).toContain('"unit":"min"');
  });

  it("never replaces the table or the reagents (regression: --out of the table with --force did)", async () => {
    const file = await table(`${header}\n${rows[0]}\n`);
    const before = await readFile(file, "utf8");
    const reagents = join(folder, "reagents.csv");
    await writeFile(reagents, "name,role\nblue dye,other\n");
    for (const [out, more] of [
      [file, {}],
      [join(folder, ".", "nowhere", "..", basename(file)), {}],
      [reagents, { reagents }],
    ] as const) {
      const mapped = mapTable(file, { ...more, out, force: true });
      await expect(mapped).rejects.toThrow("--out: must be another file than the table and the reagents");
    }
    expect(await readFile(file, "utf8")).toBe(before);
    expect(await readFile(reagents, "utf8")).toContain("blue dye");
  });

  it("refuses a table of outcomes only, and writes nothing", async () => {
    const file = await table("Size (nm),PL peak (nm)\n9,512\n");
    await expect(mapTable(file)).rejects.toThrow(
      /must tell how much caesium, lead and bromide goes in; got only "Size \(nm\)" \(sizeNanometre\)/,
    );
    expect(existsSync(`${file}.columns.json`)).toBe(false);
  });

  it("lists rows that cannot be true by row and column, and fails", async () => {
    const file = await table(`${header}\n${rows[0]}\n160,1,-0.2,0.05,0.5,0.5,9,CsPbBr3\n`);
    const { text, data, passed } = await dataMapVerb.run({ file });
    expect(passed).toBe(false);
    expect(data.faults).toMatchObject([{ row: 2, column: "PbBr2 (mmol)", got: "-0.2 mmol of lead bromide" }]);
    expect(text).toContain(
      "rows that cannot be true by this map: 1\n  row 2, column PbBr2 (mmol): an amount must be from 0",
    );
    expect(text).toContain(`read by ${data.out}: 1 of 2 rows`);
    await expect(qualityVerb.run({ file, columns: data.out })).rejects.toThrow(
      /row 2, column PbBr2 \(mmol\): an amount must be from 0 on; got -0.2 mmol of lead bromide; mend the cell/,
    );
    await expect(trainPhaseModel({ seed: 1, data: file, columns: data.out, out: folder })).rejects.toThrow(
      /row 2, column PbBr2 \(mmol\): an amount must be from 0 on/,
    );
  });

  it("refuses a table until it is decided what an amount is that nobody understands", async () => {
    const file = await table(`${header},Wundermittel (mL),colour\n${rows[0]},2,green\n${rows[1]},2,green\n`);
    const { text, data } = await dataMapVerb.run({ file });
    expect(data.map.columns.slice(-2)).toEqual([
      { header: "Wundermittel (mL)", undecided: "not understood" },
      { header: "colour", undecided: "not understood" },
    ]);
    expect(text).toContain('header "Wundermittel (mL)": a column of amounts must have a meaning');
    const refusal = /header "Wundermittel \(mL\)": a column of amounts must have a meaning, .*"ignored": true/;
    await expect(qualityVerb.run({ file, columns: data.out })).rejects.toThrow(refusal);
    await expect(trainPhaseModel({ seed: 1, data: file, columns: data.out, out: folder })).rejects.toThrow(refusal);
    const decided = (await readFile(data.out, "utf8")).replace(
      '"Wundermittel (mL)","undecided":"not understood"',
      '"Wundermittel (mL)","ignored":true,"why":"for the wash"',
    );
    await writeFile(data.out, decided);
    const quality = await qualityVerb.run({ file, columns: data.out });
    expect(quality.data.rows).toBe(2);
    expect(quality.text).toContain('the map leaves open what they mean: "colour"; "ignored": true settles it');
  });

  it("tells what the map is unsure of beside many notes (regression: it was cut with them)", async () => {
    const file = await table(
      `${header.replace("Cs2CO3 (mmol)", "Cs2CO3")}\n${`160,1,0.2,0.05,~0.5,~0.5,~9,CsPbBr3\n`.repeat(9)}`,
    );
    const { out } = await mapTable(file);
    const { text } = await qualityVerb.run({ file, columns: out });
    expect(text).toContain('the map is unsure of "Cs2CO3": look at them, and delete "unsure"');
    expect(text).not.toContain("more notes");
  });

  it("refuses a table of a header and no rows", async () => {
    await expect(mapTable(await table(`${header}\n`))).rejects.toThrow(
      /must have a row for each experiment; got a head/,
    );
  });

  it("says of a table that a map lies beside it, but does not use it unasked", async () => {
    const file = await table(`${header}\n${rows[0]}\n`);
    const { out } = await mapTable(file);
    await expect(trainPhaseModel({ seed: 1, data: file, out: folder })).rejects.toThrow(`--columns ${out}`);
  });
});

describe("dataExportVerb", () => {
  it("shows what becomes of each row in our columns, and writes a table that needs no map", async () => {
    const file = await table(`${header}\n${rows[2]}\n${rows[0]}\n${rows[1]}\n`);
    const { out: columns } = await mapTable(file);
    const seen = await dataExportVerb.run({ file, columns });
    expect(seen.data).toMatchObject({ rows: 2, out: null, mapping: { dropped: [{ row: 1 }] } });
    // 0.2 mmol in 0.5 + 0.5 + 9 mL; the place in the file heads the column.
    expect(seen.text).toMatch(/column +unit +2 +3\n/);
    expect(seen.text).toMatch(/leadMolar +mol\/L +0\.02 +0\.02\n/);
    const out = join(folder, "converted.csv");
    const { data } = await dataExportVerb.run({ file, columns, out });
    expect(data.columns.slice(0, 3)).toEqual(["sourceRow", "temperatureCelsius", "timeSecond"]);
    const quality = await qualityVerb.run({ file: out });
    expect(quality.data).toMatchObject({ rows: 2, mapping: null, faultCount: 0, violationCount: 0 });
    expect((await dataExportVerb.run({ file, columns, strict: true })).passed).toBe(false);
    await expect(dataExportVerb.run({ file, columns, out: file })).rejects.toThrow(
      /must be another file than the table/,
    );
  });

  it("never replaces the reagents that it reads (regression: they became the converted table)", async () => {
    const file = await table(`${header}\n${rows[0]}\n`);
    const { out: columns } = await mapTable(file);
    const reagents = join(folder, "dyes.csv");
    await writeFile(reagents, "name,role\nred dye,other\n");
    await expect(dataExportVerb.run({ file, columns, reagents, out: reagents })).rejects.toThrow(
      /must be another file than the table, its map and the reagents/,
    );
    expect(await readFile(reagents, "utf8")).toContain("red dye");
  });
});

describe("qualityVerb", () => {
  it("says of a table in other words that a map can be guessed, and of one that lies there", async () => {
    const file = await table(`${header}\n${rows[0]}\n`);
    expect((await qualityVerb.run({ file })).data.notes).toContain(
      `its headers are not ours: \`twin data map ${file}\` guesses what they mean`,
    );
    const { out } = await mapTable(file);
    expect((await qualityVerb.run({ file })).data.notes).toContain(
      `its headers are not ours, and a map lies beside it: read it with --columns ${out}`,
    );
    const other = await table("name,price\na,1\nb,2\n");
    expect((await qualityVerb.run({ file: other })).data.notes).toEqual([]);
  });
});

describe("dataTemplateVerb", () => {
  it("writes a table whose worked row passes quality, and replaces none that is filled in", async () => {
    const out = join(folder, "experiments.csv");
    const { data } = await dataTemplateVerb.run({ out });
    expect(data.columns).toContain("leadMolar");
    const { passed, data: report } = await qualityVerb.run({ file: out });
    expect(report).toMatchObject({ rows: 1, faultCount: 0, violationCount: 0 });
    expect(passed).toBe(true);
    await expect(dataTemplateVerb.run({ out })).rejects.toThrow(/must not be there yet/);
  });
});
