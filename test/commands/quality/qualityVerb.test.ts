import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { qualityVerb } from "../../../src/commands/quality/qualityVerb.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const file = join(await temporaryFolder(), "rows.csv");
const header = "route,temperatureCelsius,timeSecond,caesiumMolar,leadMolar,bromideMolar";
const good = "LARP,25,10,0.01,0.03,0.07";

async function quality(
  content: string,
  options: Partial<Parameters<typeof qualityVerb.run>[0]> = {},
): ReturnType<typeof qualityVerb.run> {
  await writeFile(file, content);
  return qualityVerb.run({ file, ...options });
}

describe("qualityVerb", () => {
  it("gives code the data and the text that the command prints, and says whether the file passed", async () => {
    const { text, data, passed } = await quality("caesiumMolar,leadMolar,bromideMolar\n0.01,0.03,0.06\n0.01,-1,0.06\n");
    expect(passed).toBe(false);
    expect(data).toMatchObject({ rows: 2, violationCount: 1 });
    expect(text).toContain("  row 2, column leadMolar: must be above 0 mol/L; got -1 mol/L");
  });

  it("shows every fault at once (ten took seven runs)", async () => {
    const rows = [
      "LARP,n/a,10,0.01,0.03,0.07",
      "LARP,25,5 min,0.01,0.03,0.07",
      'LARP,25,10,0.01,0.03,"0,07"',
      "LARP,25,10,0.01,<0.01,0.07",
      "HI,25,10,0.01,0.03,0.07",
      "LARP,25,10,0.01,0.03,0.07,7",
      "LARP,453,10,0.01,0.03,0.07",
      "LARP,25,0,0.01,0.03,0.07",
    ];
    const { data, text, passed } = await quality(`${header}\n${good}\n${rows.join("\n")}\n`);
    expect(passed).toBe(false);
    expect(data.faults.map(({ at, got }) => `${at}: ${got}`)).toEqual([
      "line 8: 7",
      'row 3, column timeSecond: "5 min"',
      'row 4, column bromideMolar: "0,07"',
    ]);
    expect(data.repaired.map(({ row, column, came, made }) => [row, column, came, made])).toEqual([
      [2, "temperatureCelsius", "n/a", "missing"],
      [5, "leadMolar", "<0.01", "missing"],
    ]);
    expect(text).toContain(
      "read as something else than they say: 2 cells\n" +
        '  row 2, column temperatureCelsius: "n/a" as missing: it stands for a missing value\n' +
        '  row 5, column leadMolar: "<0.01" as missing: a limit gives no value\n',
    );
    expect(data.violations.map(({ row, column, value }) => [row, column, value])).toEqual([
      [5, "leadMolar", null],
      [6, "route", "HI"],
      [7, "temperatureCelsius", 453],
      [8, "timeSecond", 0],
    ]);
    expect(text).toContain("`train` or `predict` would refuse: 3\n");
  });

  it("judges time 0 and lead 0 as train and predict do, which take their logarithm", async () => {
    const { data } = await quality(`${header}\n${good}\nLARP,25,0,0.01,0.03,0.07\nLARP,25,10,0.01,0,0.07\n`);
    expect(data.violations.map(({ column, rule }) => [column, rule])).toEqual([
      ["timeSecond", "must be above 0 s"],
      ["leadMolar", "must be above 0 mol/L"],
    ]);
  });

  it("tells a recipe that predict refuses", async () => {
    const whole = `${header},oleicAcidMolar,oleylamineMolar,polarSolventFraction,waterFraction,antisolventRatio`;
    const { data } = await quality(
      `${whole},caesiumSource,bromideSource,polarSolvent\n` +
        "LARP,200,10,0.01,0.03,0.06,0.1,0.1,0.1,0,10,caesium oleate,lead bromide,DMF\n",
    );
    expect(data.faults).toMatchObject([
      { at: "row 1", got: expect.stringContaining("hotter than the boiling point") as string },
    ]);
  });

  it("counts no column as drifted that one file has not", async () => {
    const other = `${file}-other.csv`;
    const rows = Array.from({ length: 80 }, (_, i) => `0.${101 + i},0.2,0.3`);
    await writeFile(other, `${header}\n${rows.map((row) => `LARP,25,10,${row}`).join("\n")}\n`);
    const { data, text, passed } = await quality(`caesiumMolar,leadMolar,bromideMolar\n${rows.join("\n")}\n`, {
      against: other,
    });
    expect(data.drift).toMatchObject({ drifted: 0, onlyCurrent: [] });
    expect(passed).toBe(true);
    expect(text).toContain("only in the other: route, temperatureCelsius, timeSecond");
  });

  it("prints how the file is written, where that is not plain", async () => {
    const { text, data } = await quality("caesiumMolar;leadMolar;bromideMolar\n0,01;0,03;0,06\n");
    expect(text).toContain(": 1 rows, 3 columns\nread as: cells separated by semicolons, decimal comma\n");
    expect(data.columns[0].numbers?.median).toBe(0.01);
    expect((await quality('a\n"3,600"\n', { decimalMark: "." })).data.columns[0].numbers?.median).toBe(3600);
  });

  it("says what to do about classes coded as integers", async () => {
    await expect(quality("x,score\n1,1\n2,3\n", { label: "score" })).rejects.toThrow(
      "--label: must name a column of categories; got score, which holds whole numbers; write its classes as words " +
        'in the file ("class 1" for 1, or better what it stands for)',
    );
  });

  it("of many columns and faults prints a screenful, and all where asked to", async () => {
    const names = Array.from({ length: 300 }, (_, i) => `note${i}`);
    const rows = Array.from({ length: 200 }, () => `-1,0.03,0.07,${names.map(() => "x").join(",")}`);
    const wide = `caesiumMolar,leadMolar,bromideMolar,${names.join(",")}\n${rows.join("\n")}\n`;
    const { text } = await quality(wide);
    expect(text.split("\n").length).toBeLessThan(60);
    expect(text).toContain("  and 279 more columns\n");
    expect(text).toContain("  and 195 more\n");
    expect((await quality(wide, { full: true })).text.split("\n").length).toBeGreaterThan(500);
  });

  it("of 10,000 columns takes seconds, as time grows as columns do (13.7 s at 500, minutes here)", async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `someColumn${i}`);
    const row = names.map((_, i) => i / 7).join(",");
    const begun = process.cpuUsage();
    const { data } = await quality(
      `caesiumMolar,leadMolar,bromideMolar,${names.join(",")}\n${`0.01,0.03,0.07,${row}\n`.repeat(3)}`,
    );
    const { user, system } = process.cpuUsage(begun);
    expect(data.columns).toHaveLength(10_003);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});
