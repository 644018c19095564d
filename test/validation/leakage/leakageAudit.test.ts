import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Split } from "../../../src/core/Split.js";
import {
  type CategoryColumn,
  categoryColumn,
  type Column,
  makeTable,
  numbersOf,
  selectRows,
  type Table,
  textsOf,
} from "../../../src/core/Table.js";
import { dayNumbers } from "../../../src/core/dayNumbers.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { groupedSplit } from "../../../src/splitting/groupedSplit.js";
import { stratifiedSplit } from "../../../src/splitting/stratifiedSplit.js";
import { temporalSplit } from "../../../src/splitting/temporalSplit.js";
import {
  type LeakageOptions,
  leakageAudit,
  type LeakageReport,
  type LeakKind,
  leakKinds,
} from "../../../src/validation/leakage/leakageAudit.js";

const { table } = await generateExperiments({ rows: 5000, seed: 11 });
const random = seededRandom(11);
const phase = table.columns.phase as CategoryColumn;
const split = stratifiedSplit(phase, random);
const none = new Uint32Array(0);
/** With one or two features alone, thousands of rows are near each other by chance. */
const recipe = leakageAudit(table, split).features;

function withColumn(name: string, column: Column, from: Table = table): Table {
  const kind = "codes" in column ? "category" : "number";
  return makeTable(
    { ...from.schema, [name]: { kind, unit: "codes" in column ? "" : "1", meaning: "planted" } },
    { ...from.columns, [name]: column },
  );
}

/** The columns of some rows overwritten by those of others. */
function copyRows(
  from: readonly number[],
  to: readonly number[],
  change: (name: string, value: number) => number = (_, value) => value,
): Table {
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const values = ("codes" in column ? column.codes : column).slice();
    to.forEach((row, i) => (values[row] = "codes" in column ? values[from[i]] : change(name, values[from[i]])));
    return [
      name,
      "codes" in column ? { codes: values as Uint8Array, levels: column.levels } : (values as Float64Array),
    ] as const;
  });
  return makeTable(table.schema, Object.fromEntries(columns));
}

function found(report: LeakageReport): Partial<Record<LeakKind, number>> {
  return Object.fromEntries(
    leakKinds.filter((kind) => report.counts[kind]).map((kind) => [kind, report.counts[kind]!]),
  );
}

function rowsOf(report: LeakageReport, kind: LeakKind): number[] {
  return report.leaks.filter((leak) => leak.kind === kind).flatMap(({ rows }) => [...rows]);
}

const sorted = (rows: readonly number[]): number[] => [...rows].sort((a, b) => a - b);
const [trained, tested] = [[...split.train.slice(0, 7)], [...split.test.slice(0, 7)]];

describe("leakageAudit of a clean split", () => {
  it.each([11, 12, 13])("finds nothing among the recipe columns of generated experiments, seed %i", async (seed) => {
    const made = seed === 11 ? table : (await generateExperiments({ rows: 5000, seed })).table;
    const report = leakageAudit(made, stratifiedSplit(made.columns.phase as CategoryColumn, seededRandom(seed)), {
      label: "phase",
      synthetic: new Uint8Array(5000),
    });
    expect(report).toMatchObject({ leaks: [], clean: true, tolerance: 0.01, encodingBound: 0.99 });
    expect(report.features).toEqual(expect.arrayContaining(["route", "temperatureCelsius", "leadMolar"]));
    expect(Object.values(report.counts).filter((count) => count === null)).toHaveLength(2);
  });

  it("names batches of two parts that differ in case or punctuation alone, where it called them clean", () => {
    const parts = { train: [0, 1], tune: [2], calibrate: [3], test: [4, 5] };
    const batch = (texts: readonly string[]): Table =>
      makeTable(
        { x: { kind: "number", unit: "1", meaning: "" }, batch: { kind: "category", unit: "", meaning: "" } },
        { x: Float64Array.from(texts.keys(), (row) => row), batch: categoryColumn(texts) },
      );
    const made = Object.fromEntries(
      Object.entries(parts).map(([part, rows]) => [part, Uint32Array.from(rows)]),
    ) as unknown as Parameters<typeof leakageAudit>[1];
    const audit = (texts: readonly string[]) =>
      leakageAudit(batch(texts), made, { features: ["x"], groups: ["batch"] });
    const report = audit(["B12", "B13", "B14", "B1-5", "b12", "B15"]);
    expect(report).toMatchObject({ clean: false, counts: { "group overlap": 2 } });
    expect(rowsOf(report, "group overlap")).toEqual([0, 4]);
    expect(report.leaks[0].meaning).toMatch(/nearly like one in another part, 1 in all, such as "B12" and "b12"/);
    // Within one part they are one batch or two: nothing leaks.
    expect(audit(["B12", "b12", "B14", "B15", "B16", "B17"]).clean).toBe(true);
    // What is shared as it is written is counted once.
    const both = audit(["B12", "B13", "b12", "B15", "B12", "B17"]);
    expect(both.leaks.map(({ rows }) => [...rows])).toEqual([[0, 4], [2]]);
  });

  it("finds no overlap of laboratories after groupedSplit, nor of days after temporalSplit", () => {
    expect(
      leakageAudit(table, groupedSplit(phase, textsOf(table, "lab"), random, { shares: { train: 0.6, test: 0.4 } }), {
        groups: ["lab", "batch"],
      }).clean,
    ).toBe(true);
    expect(leakageAudit(table, temporalSplit(dayNumbers(textsOf(table, "date"))), { time: "date" }).clean).toBe(true);
  });
});

describe("leakageAudit finds what is planted:", () => {
  const cases: readonly [
    LeakKind,
    string,
    () => { readonly report: LeakageReport; readonly rows: readonly number[] },
  ][] = [
    [
      "duplicate rows",
      "rows of training that come again in the test",
      () => ({
        report: leakageAudit(copyRows(trained, tested), split, { label: "phase" }),
        rows: [...trained, ...tested],
      }),
    ],
    [
      "near duplicate rows",
      "the same, off by a thousandth of a degree",
      () => ({
        report: leakageAudit(
          copyRows(trained, tested, (name, value) => (name === "temperatureCelsius" ? value + 0.001 : value)),
          split,
        ),
        rows: [...trained, ...tested],
      }),
    ],
    [
      "repeated index",
      "an index twice in a part, and one in two parts",
      () => ({
        report: leakageAudit(table, {
          ...split,
          train: Uint32Array.of(...split.train, split.train[3]),
          test: Uint32Array.of(...split.test, split.tune[0]),
        }),
        rows: [split.train[3], split.tune[0]],
      }),
    ],
    [
      "synthetic rows outside training",
      "rows of balancing in tune and test",
      () => ({
        report: leakageAudit(table, split, {
          synthetic: Uint8Array.from({ length: 5000 }, (_, row) =>
            row === split.tune[1] || row === split.test[5] || row === split.train[0] ? 1 : 0,
          ),
        }),
        rows: [split.tune[1], split.test[5]],
      }),
    ],
  ];
  it.each(cases)("%s: %s", (kind, _, plant) => {
    const { report, rows } = plant();
    expect(report.clean).toBe(false);
    expect(found(report)).toEqual({ [kind]: rows.length });
    expect(rowsOf(report, kind)).toEqual(sorted(rows));
    expect(report.leaks[0].meaning).toContain(`${rows.length} rows`);
    expect(report.leaks[0].mend).not.toBe("");
  });

  it("group overlap: laboratories, batches and papers in two parts, each asked for by name", () => {
    const doi = categoryColumn(
      Array.from({ length: 5000 }, (_, row) => (row === split.train[0] || row === split.test[0] ? "10.1/shared" : "")),
    );
    const report = leakageAudit(withColumn("doi", doi), split, { groups: ["lab", "doi"] });
    expect(report.leaks.map(({ columns }) => columns)).toEqual([["lab"], ["doi"]]);
    expect(report.leaks[0].rows).toHaveLength(5000);
    expect([...report.leaks[1].rows]).toEqual(sorted([split.train[0], split.test[0]]));
    expect(report.leaks[1]).toMatchObject({
      meaning:
        '2 rows belong to 1 values of doi that are in two parts or more, such as "10.1/shared": ' +
        "rows of one doi answer for each other",
      mend: "split with groupedSplit by doi",
    });
  });

  it("time overlap: one late row in training, and a random split called temporal", () => {
    const days = dayNumbers(textsOf(table, "date"));
    const temporal = temporalSplit(days);
    const late = temporal.test.at(-1)!;
    const planted = {
      ...temporal,
      train: Uint32Array.of(...temporal.train, late).sort(),
      test: temporal.test.filter((row) => row !== late),
    };
    expect(rowsOf(leakageAudit(table, planted, { time: "date" }), "time overlap")).toEqual([late]);
    expect(rowsOf(leakageAudit(withColumn("day", days), planted, { time: "day" }), "time overlap")).toEqual([late]);
    expect(leakageAudit(table, split, { time: "date" }).counts["time overlap"]).toBeGreaterThan(1000);
  });

  it("a feature that encodes the label: its code, a copy with noise, a category per class", () => {
    const noisy = Float64Array.from(phase.codes, (code) => [3, 0, 4, 1, 2][code] + 0.2 * random());
    const renamed = categoryColumn(Array.from(phase.codes, (code, row) => `${"vwxyz"[code]}${row % 3}`));
    for (const column of [Float64Array.from(phase.codes), noisy, renamed]) {
      const report = leakageAudit(withColumn("planted", column), split, {
        label: "phase",
        features: [...recipe, "planted"],
      });
      expect(found(report)).toEqual({ "feature that encodes the label": 1 });
      expect(report.leaks[0]).toMatchObject({ columns: ["planted"], rows: none });
      expect(report.leaks[0].meaning).toMatch(
        /planted alone guesses phase with a balanced accuracy of (1|0\.99\d*) on 2000 rows outside training/,
      );
    }
    expect(found(leakageAudit(table, split, { label: "phase", features: [...recipe, "phase"] }))).toEqual({
      "feature that encodes the label": 1,
    });
  });

  it("a latent feature by its field, by its name, and in disguise: copied, in other units, renamed", () => {
    const lnS = numbersOf(table, "trueLnSupersaturationCsPbBr3");
    const truePhase = table.columns.truePhase as CategoryColumn;
    const disguises: readonly [string, Column][] = [
      ["driving", lnS.slice()],
      ["drivingScaled", lnS.map((value) => 300 - 2 * value)],
      ["volumeMillilitre", Float64Array.from(lnS)],
      ["verdict", { codes: truePhase.codes, levels: truePhase.levels.map((level) => `is ${level}`) }],
    ];
    for (const [name, column] of disguises) {
      const report = leakageAudit(withColumn(name, column), split, {
        features: [...recipe.filter((other) => other !== name), name],
      });
      expect(found(report)).toEqual({ "latent feature": 1 });
      expect(report.leaks[0].meaning).toMatch(
        new RegExp(`^${name} is true(LnSupersaturationCsPbBr3|Phase) in disguise`),
      );
    }
    expect(
      leakageAudit(table, split, { features: [...recipe, "growthPolymorph", "trueLeadYield"] }).leaks.map(
        ({ kind, columns }) => [kind, ...columns],
      ),
    ).toEqual([
      ["latent feature", "growthPolymorph"],
      ["latent feature", "trueLeadYield"],
    ]);
    expect(
      leakageAudit(withColumn("trueOfUnknownOrigin", Float64Array.from(lnS, random)), split, {
        features: ["trueOfUnknownOrigin"],
      }).counts["latent feature"],
    ).toBe(1);
  });
});

describe("leakageAudit does not cry wolf:", () => {
  it("a strong honest feature, four standard deviations between two classes, encodes nothing", () => {
    const two = categoryColumn(Array.from({ length: 5000 }, (_, row) => (row % 2 === 0 ? "a" : "b")));
    const normal = (): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b, -6);
    const strong = Float64Array.from(two.codes, (code) => 4 * code + normal());
    const all = withColumn("strong", strong, withColumn("two", two));
    const options: LeakageOptions = { label: "two", features: [...recipe, "strong"] };
    expect(leakageAudit(all, split, options).clean).toBe(true);
    expect(found(leakageAudit(all, split, { ...options, encodingBound: 0.9 }))).toEqual({
      "feature that encodes the label": 1,
    });
  });

  it("ten held-out rows cannot tell luck from a code, 35 without an error can", () => {
    const labels = categoryColumn(Array.from({ length: 135 }, (_, row) => (row % 2 === 0 ? "a" : "b")));
    const rows = Uint32Array.from({ length: 135 }, (_, row) => row);
    const small = withColumn(
      "code",
      Float64Array.from(labels.codes),
      withColumn("label", labels, selectRows(table, rows)),
    );
    const of = (heldOut: number): Split => ({
      train: rows.slice(0, 100),
      tune: none,
      calibrate: none,
      test: rows.slice(100, 100 + heldOut),
    });
    const options: LeakageOptions = { label: "label", features: [...recipe, "code"] };
    expect(
      [10, 34, 35].map((heldOut) => leakageAudit(small, of(heldOut), options).counts["feature that encodes the label"]),
    ).toEqual([null, null, 1]);
    expect(
      leakageAudit(small, { ...of(35), train: none }, options).counts["feature that encodes the label"],
    ).toBeNull();
  });

  it("equal rows within one part, and rows in no part, are no leak", () => {
    const [first, second] = split.train;
    expect(leakageAudit(copyRows([first], [second]), split).clean).toBe(true);
    expect(leakageAudit(copyRows([first], [split.test[0]]), { ...split, test: split.test.slice(1) }).clean).toBe(true);
  });
});

describe("leakageAudit refuses", () => {
  it.each<[string, () => LeakageReport, string]>([
    [
      "an empty table",
      () => leakageAudit(selectRows(table, none), split),
      "the table must have rows; got an empty one",
    ],
    [
      "a column that is not there",
      () => leakageAudit(table, split, { features: ["colour"] }),
      'no column "colour"; the table has sourceRow',
    ],
    ["no features", () => leakageAudit(table, split, { features: [] }), "there must be features to look at"],
    [
      "a label of numbers",
      () => leakageAudit(table, split, { label: "sizeNanometre" }),
      "the label must be a category column; sizeNanometre holds numbers",
    ],
    [
      "groups of numbers",
      () => leakageAudit(table, split, { groups: ["leadMolar"] }),
      "groups must be category columns; leadMolar holds numbers",
    ],
    [
      "a split of another table",
      () => leakageAudit(selectRows(table, Uint32Array.of(0, 1)), split),
      "rows must be below 2; train has",
    ],
    [
      "rows without a time",
      () => leakageAudit(table, split, { time: "sizeNanometre" }),
      "every row of the split must have a time; row",
    ],
    [
      "a text that is no date",
      () => leakageAudit(table, split, { time: "lab" }),
      'must hold a day written YYYY-MM-DD; got "lab',
    ],
    [
      "origins of other length",
      () => leakageAudit(table, split, { synthetic: [0] }),
      "synthetic must have one value per row, 5000; got 1",
    ],
    [
      "a bound out of range",
      () => leakageAudit(table, split, { encodingBound: 0.5 }),
      "encodingBound must be in (0.5, 1]; got 0.5",
    ],
  ])("%s", (_, audit, message) => {
    expect(audit).toThrow(message);
  });
});
