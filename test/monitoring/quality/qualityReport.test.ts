import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Schema } from "../../../src/core/Schema.js";
import { tableFromRows } from "../../../src/core/tableFromRows.js";
import { formatQuality } from "../../../src/commands/quality/formatQuality.js";
import { qualityReport } from "../../../src/monitoring/quality/qualityReport.js";
import { readForQuality } from "../../../src/commands/quality/readForQuality.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const schema: Schema = {
  temperatureCelsius: { kind: "number", unit: "°C", meaning: "", min: 0, max: 300, required: true },
  phase: { kind: "category", unit: "", meaning: "", levels: ["CsPbBr3", "Cs4PbBr6"] },
  note: { kind: "category", unit: "", meaning: "" },
  experiment: { kind: "category", unit: "", meaning: "" },
};
const rows = [
  { temperatureCelsius: 25, phase: "CsPbBr3", note: "n", experiment: "1" },
  { temperatureCelsius: 25, phase: "CsPbBr3", note: "n", experiment: "2" },
  { temperatureCelsius: 350, phase: "Cs4PbBr6", experiment: "3" },
  { phase: "CsPbBr4", experiment: "4" },
  { temperatureCelsius: 300, experiment: "5" },
];

describe("qualityReport", () => {
  const report = qualityReport(tableFromRows(schema, rows));

  it("finds a value out of range, a missing required one and an unknown level, each by row, unit and rule", () => {
    expect(report.violations).toEqual([
      { row: 3, column: "temperatureCelsius", value: 350, unit: "°C", rule: "must be at most 300 °C" },
      { row: 4, column: "temperatureCelsius", value: null, unit: "°C", rule: "must not be missing" },
      { row: 4, column: "phase", value: "CsPbBr4", unit: "", rule: "must be one of CsPbBr3, Cs4PbBr6" },
    ]);
  });

  it("takes the rate over all values a rule can be held against, with the exact upper bound", () => {
    expect([report.violationCount, report.checkedValues]).toEqual([3, 9]);
    // At 0.6551 three or fewer of nine come up in 5 % of cases.
    expect(report.violationRate).toMatchObject({
      value: 1 / 3,
      interval: { low: 0, high: expect.closeTo(0.6551, 3) as number, level: 0.95 },
    });
  });

  it("sums up columns: quartiles of type 7, missing, distinct, frequent levels", () => {
    expect(report.columns[0]).toMatchObject({
      missing: 1,
      distinct: 3,
      numbers: { min: 25, lowerQuartile: 25, median: 162.5, upperQuartile: 312.5, max: 350 },
    });
    expect(report.columns[1]).toMatchObject({
      missing: 1,
      distinct: 3,
      numbers: null,
      frequent: [
        { level: "CsPbBr3", rows: 2 },
        { level: "Cs4PbBr6", rows: 1 },
        { level: "CsPbBr4", rows: 1 },
      ],
    });
  });

  it("finds rows that are equal but for their names", () => {
    expect(report.duplicates).toEqual([{ rows: [1, 2] }]);
    expect(qualityReport(tableFromRows(schema, rows), { rowNames: [] }).duplicates).toEqual([]);
  });

  it("counts all violations and lists only as many as asked for", () => {
    const short = qualityReport(tableFromRows(schema, rows), { listed: 1 });
    expect([short.violationCount, short.violations.length]).toEqual([3, 1]);
    expect(formatQuality(short, "t")).toContain("and 2 more");
  });

  it("judges what a column must be above, and does not call a cell missing that could not be read", () => {
    const zero = tableFromRows(schema, [{ temperatureCelsius: 0 }, {}, {}]);
    const { violations, checkedValues } = qualityReport(zero, {
      above: { temperatureCelsius: 0 },
      unread: new Map([["temperatureCelsius", new Set([2])]]),
    });
    expect(violations.map(({ row, rule }) => [row, rule])).toEqual([
      [1, "must be above 0 °C"],
      [3, "must not be missing"],
    ]);
    expect(checkedValues).toBe(2);
  });

  it("of an empty table or one without rules has no rate", () => {
    expect(qualityReport(tableFromRows(schema, [])).violationRate).toBeNull();
    expect(formatQuality(qualityReport(tableFromRows({ note: schema.note }, [{ note: "a" }])), "t")).toContain(
      "nothing to check",
    );
  });
});

describe("formatQuality", () => {
  it("prints name, columns, violations with row and unit, and duplicates", () => {
    const text = formatQuality(qualityReport(tableFromRows(schema, rows)), "a.csv");
    expect(text).toContain("a.csv: 5 rows, 4 columns");
    expect(text).toContain("violations: 3 of 9 checked values (33.3 %; 95 % sure of at most 65.5 %)");
    expect(text).toContain("  row 3, column temperatureCelsius: must be at most 300 °C; got 350 °C");
    expect(text).toContain("  row 4, column temperatureCelsius: must not be missing; got nothing");
    expect(text).toContain("  rows 1, 2");
    expect(text.split("\n").every((line) => line === line.trimEnd())).toBe(true);
  });
});

describe("qualityReport on request", () => {
  const table = tableFromRows(schema, rows);

  it("has balance, rows per parameter and drift only where they are asked for", () => {
    expect(Object.keys(qualityReport(table))).not.toEqual(expect.arrayContaining(["balance"]));
    const report = qualityReport(table, { label: "phase", parameters: 2, against: table });
    expect(report.balance).toMatchObject({ label: "phase", unlabelled: 1, ratio: { value: 0.5 } });
    expect(report.samples).toMatchObject({ value: 1.5, enough: false });
    expect(report.drift).toMatchObject({ drifted: 0, onlyCurrent: [], onlyReference: [] });
    // Names of rows are no data.
    expect(report.drift!.features.map(({ feature }) => feature)).not.toContain("experiment");
  });

  it("prints them: classes with too few rows, rows per parameter, what has drifted", () => {
    const hot = tableFromRows(
      schema,
      Array.from({ length: 100 }, (_, i) => ({ temperatureCelsius: 200 + i / 10, phase: "CsPbBr3" })),
    );
    const cold = tableFromRows(
      schema,
      Array.from({ length: 100 }, (_, i) => ({ temperatureCelsius: 100 + i / 10, phase: "CsPbBr3" })),
    );
    const text = formatQuality(qualityReport(hot, { label: "phase", parameters: 100, against: cold }), "hot.csv");
    expect(text).toContain(
      "balance of phase: smallest class over largest 0 (95 % interval 0 to 0.03758)\n" +
        "  CsPbBr3   100 rows, 20 in a test of 20 %, recall 0.85 known within 0.15: fewer than the 60 needed\n" +
        "  Cs4PbBr6  0 rows, 0 in a test of 20 %: fewer than the 60 needed\n",
    );
    expect(text).toContain("rows per parameter: 0.6 (60 training rows, 100 parameters): fewer than 10\n");
    expect(text).toMatch(
      new RegExp(
        /drift: 1 in \d comparisons \(Holm, 5 % for all together; rows taken as independent\)[^]*\n/.source +
          / {2}temperatureCelsius: values differ by up to 1: mean 105 to 205 °C, \+100 /.source +
          /\(95 % interval 99\.2 to 101; adjusted p below 0\.0001\)\n/.source,
      ),
    );
    expect(formatQuality(qualityReport(hot, { against: hot }), "hot.csv")).toContain("drift: none in ");
  });

  it("refuses a label that is no column or holds numbers", () => {
    expect(() => qualityReport(table, { label: "colour" })).toThrow(
      'no column "colour" to take for the label; the table has temperatureCelsius, phase, note, experiment',
    );
    expect(() => qualityReport(table, { label: "temperatureCelsius" })).toThrow(
      "the label must be a category column; temperatureCelsius holds numbers",
    );
  });
});

describe("readForQuality", () => {
  it("holds a CSV with recipe columns against the recipe schema, and keeps further columns", async () => {
    const path = join(folder, "recipes.csv");
    await writeFile(path, "caesiumMolar,leadMolar,bromideMolar,temperatureCelsius,colour\n0.01,0.03,0.06,900,green\n");
    const report = qualityReport((await readForQuality(path)).table);
    expect(report.violations).toMatchObject([{ row: 1, column: "temperatureCelsius", value: 900 }]);
    expect(report.columns.at(-1)).toMatchObject({ name: "colour", kind: "category" });
  });

  it("tells a recipe column in another unit, and one that is absent, and reads on", async () => {
    const path = join(folder, "kelvin.csv");
    await writeFile(path, "caesiumMolar,leadMolar,timeSecond,temperatureKelvin\n0.01,0.03,1,298\n");
    const { faults, faultCount, table } = await readForQuality(path);
    expect(faultCount).toBe(2);
    expect(faults).toMatchObject([
      { at: "column temperatureKelvin", must: "must be temperatureCelsius, in °C", got: "K" },
      { at: "", must: "the columns bromideMolar must be there" },
    ]);
    expect(Object.keys(table.columns)).toEqual(["timeSecond", "caesiumMolar", "leadMolar", "temperatureKelvin"]);
  });

  it("uses the schema inside a Parquet file, and only sums up a table without one", async () => {
    const path = join(folder, "own.parquet");
    await writeTable(tableFromRows({ ...schema, note: { ...schema.note, meaning: "a note" } }, rows), path);
    expect(qualityReport((await readForQuality(path)).table).violationCount).toBe(3);
    await writeFile(join(folder, "any.csv"), "x,y\n1,a\n2,b\n");
    expect(qualityReport((await readForQuality(join(folder, "any.csv"))).table)).toMatchObject({
      violationRate: null,
      columns: [
        { name: "x", kind: "number" },
        { name: "y", kind: "category" },
      ],
    });
  });
});
