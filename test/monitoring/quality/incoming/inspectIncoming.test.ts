import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMuller } from "../../../../src/core/random/boxMuller.js";
import { type Random, seededRandom } from "../../../../src/core/random/Random.js";
import type { Field, Schema } from "../../../../src/core/Schema.js";
import {
  categoryColumn,
  type Column,
  makeTable,
  selectColumns,
  selectRows,
  type Table,
} from "../../../../src/core/Table.js";
import { fitReference, type ReferenceProfile } from "../../../../src/monitoring/quality/incoming/fitReference.js";
import type { QualityFinding } from "../../../../src/monitoring/quality/incoming/IncomingReport.js";
import { inspectIncoming } from "../../../../src/monitoring/quality/incoming/inspectIncoming.js";

const number = (unit: string, more: Partial<Field> = {}): Field => ({ kind: "number", unit, meaning: "", ...more });
const schema: Schema = {
  temperatureCelsius: number("°C", { min: -20, max: 300 }),
  timeSecond: number("s", { min: 0, max: 864_000 }),
  leadMolar: number("mol/L", { min: 0, max: 2, required: true }),
  peakNanometre: number("nm", { min: 395, max: 545 }),
  sizeNanometre: number("nm"),
  waterFraction: number("1", { min: 0, max: 1 }),
  stockAssay: number("1"),
  solvent: { kind: "category", unit: "", meaning: "" },
  batch: { kind: "category", unit: "", meaning: "" },
  lot: { kind: "category", unit: "", meaning: "" },
  date: { kind: "category", unit: "", meaning: "" },
};
const rowColumns = { groups: "batch", time: "date", lot: "lot" };

/** Rows of batches of ten, one batch a day, with a temperature of each batch and lots of a hundred rows. */
function rowsOf(count: number, random: Random, { first = 0 }: { readonly first?: number } = {}): Table {
  const rows = Array.from({ length: count }, (_, i) => {
    const batch = Math.floor((first + i) / 10);
    const own = random.fork(first + i);
    const [a, b] = boxMuller(1 - own(), own());
    const size = own() < 0.2 ? NaN : 8 * Math.exp(0.3 * a);
    return {
      temperatureCelsius: 160 + 15 * boxMuller(1 - random.fork("batch").fork(batch)(), 0.3)[0] + b,
      timeSecond: 5 * 60 ** own(),
      leadMolar: 0.001 * 100 ** own(),
      peakNanometre: 510 + 8 * a,
      sizeNanometre: size,
      waterFraction: 0.001 * 50 ** own(),
      stockAssay: 0.9 + 0.01 * (Math.floor(batch / 10) % 3),
      solvent: ["toluene", "hexane", ""][Math.floor(3 * own())],
      batch: `b${batch}`,
      lot: `lot ${Math.floor(batch / 10) % 3}`,
      date: new Date(Date.UTC(2025, 0, 1 + batch)).toISOString().slice(0, 10),
    };
  });
  const columns = Object.fromEntries(
    Object.keys(schema).map((name): [string, Column] => {
      const values = rows.map((row) => row[name as keyof typeof row]);
      return [
        name,
        schema[name].kind === "number" ? Float64Array.from(values as number[]) : categoryColumn(values as string[]),
      ];
    }),
  );
  return makeTable(schema, columns);
}

const random = seededRandom(3);
const reference = fitReference(rowsOf(3000, random.fork("reference")), rowColumns);
const clean = rowsOf(300, random.fork("incoming"), { first: 3000 });

function changed(name: string, value: (row: number, before: number) => number, table = clean): Table {
  const column = Float64Array.from(table.columns[name] as Float64Array, (before, row) => value(row, before));
  return makeTable(table.schema, { ...table.columns, [name]: column });
}

function texts(name: string, value: (row: number, before: string) => string): Table {
  const { codes, levels } = clean.columns[name] as Extract<Column, { levels: unknown }>;
  const column = categoryColumn(Array.from(codes, (code, row) => value(row, levels[code])));
  return makeTable(schema, { ...clean.columns, [name]: column });
}

/** What is found: kind and column, then the finding. */
function found(table: Table, profile: ReferenceProfile = reference): readonly QualityFinding[] {
  return inspectIncoming(table, profile).findings;
}
const named = (findings: readonly QualityFinding[]): string[] =>
  findings.map(({ fault, column }) => `${fault} of ${column}`);

describe("inspectIncoming", () => {
  it("finds nothing in rows like the reference, and every check was made", () => {
    const { findings, unknown } = inspectIncoming(clean, reference);
    expect(findings).toEqual([]);
    expect(unknown).toEqual([]);
  });

  it("holds a table against a profile that was stored as JSON", () => {
    const stored = JSON.parse(JSON.stringify(reference)) as ReferenceProfile;
    const spoilt = changed("timeSecond", (_, value) => value / 60);
    expect(inspectIncoming(spoilt, stored)).toEqual(inspectIncoming(spoilt, reference));
  });

  it.each([
    ["temperatureCelsius", "K", (value: number) => value + 273.15],
    ["temperatureCelsius", "°F", (value: number) => 1.8 * value + 32],
    ["timeSecond", "min", (value: number) => value / 60],
    ["timeSecond", "h", (value: number) => value / 3600],
    ["leadMolar", "mmol/L", (value: number) => 1000 * value],
    ["peakNanometre", "Å", (value: number) => 10 * value],
    ["peakNanometre", "eV", (value: number) => 1239.84198 / value],
    ["sizeNanometre", "Å", (value: number) => 10 * value],
    ["waterFraction", "%", (value: number) => 100 * value],
  ])("finds %s in %s, throughout, from a row on, and of some rows among others", (name, unit, convert) => {
    const all = found(changed(name, (_, value) => convert(value)));
    expect(all.filter(({ fault }) => fault === "unit")).toMatchObject([{ column: name, rows: [] }]);
    expect(all[0].because).toContain(`look like ${unit}, not`);
    const late = found(changed(name, (row, value) => (row < 200 ? value : convert(value))));
    const [{ rows, rowCount, lastRow }] = late.filter(({ fault }) => fault === "unit");
    expect(Math.abs(rows[0] - 201)).toBeLessThan(8);
    expect(rowCount).toBeGreaterThan(70);
    expect(lastRow).toBeGreaterThan(292);
    const some = found(changed(name, (row, value) => (row % 5 === 0 ? convert(value) : value)));
    expect(named(some)).toContain(`unit of ${name}`);
  });

  it("takes no drift for a change of unit (a spectrometer that drifts by its own width looked like Å)", () => {
    for (const drift of [0.7, 1.4])
      expect(named(found(changed("sizeNanometre", (_, value) => value * drift)))).not.toContain(
        "unit of sizeNanometre",
      );
    expect(named(found(changed("temperatureCelsius", (_, value) => value + 20)))).toEqual([]);
  });

  it("tells of a unit once, not of its range as well", () => {
    expect(named(found(changed("leadMolar", (_, value) => 1000 * value)))).toEqual(["unit of leadMolar"]);
  });

  it("finds what is impossible and what lies far from the reference, with the value", () => {
    const [impossible] = found(changed("leadMolar", (row, value) => (row === 7 ? -999 : value)));
    expect(impossible).toMatchObject({ fault: "range", rows: [8], values: [-999], unit: "mol/L", numbers: { min: 0 } });
    const [far] = found(changed("sizeNanometre", (row, value) => (row === 9 ? 8000 : value)));
    expect(far).toMatchObject({ fault: "range", rows: [10], values: [8000] });
    const [negative] = found(changed("sizeNanometre", (row, value) => (row === 9 ? -1 : value)));
    expect(negative).toMatchObject({ fault: "range", values: [-1] });
  });

  it("lets readings come near zero (a yield of 0.0005 was far in the logarithm)", () => {
    expect(found(changed("waterFraction", (row, value) => (row === 3 ? 1e-5 : value)))).toEqual([]);
  });

  it("finds a column that stopped, and columns that are missing together as never before", () => {
    const [stopped] = found(changed("sizeNanometre", (row, value) => (row >= 150 ? NaN : value)));
    expect(stopped).toMatchObject({ fault: "missing", column: "sizeNanometre" });
    expect(stopped.numbers.share).toBeGreaterThan(0.5);
    const never = found(changed("timeSecond", (row, value) => (row % 10 === 0 ? NaN : value)));
    expect(named(never)).toEqual(["missing of timeSecond"]);
  });

  it("finds no new missing values in batches that are missing as whole ones are in the reference", () => {
    const whole = (table: Table, share: number): Table =>
      changed(
        "sizeNanometre",
        (row, value) => (seededRandom(9).fork(Math.floor(row / 10))() < share ? NaN : value),
        table,
      );
    const profile = fitReference(whole(rowsOf(3000, random.fork("reference")), 0.3), rowColumns);
    // Nine of thirty batches were expected, fourteen come: as rows, 140 against 90 would be beyond chance.
    expect(named(found(whole(clean, 0.45), profile))).not.toContain("missing of sizeNanometre");
  });

  it("finds a new text of a known vocabulary in one row, and none in a vocabulary that grows", () => {
    const [one] = found(texts("solvent", (row, value) => (row === 20 ? "chloroform" : value)));
    expect(one).toMatchObject({ fault: "category", column: "solvent", rows: [21], values: ["chloroform"] });
    const growing = (table: Table, first: number): Table =>
      makeTable(schema, {
        ...table.columns,
        solvent: categoryColumn(Array.from({ length: table.numRows }, (_, row) => `solvent ${(first + row) >> 6}`)),
      });
    const profile = fitReference(growing(rowsOf(3000, random.fork("reference")), 0), rowColumns);
    expect(named(found(growing(clean, 3000), profile))).not.toContain("category of solvent");
  });

  it("finds a column of one value, and a run of one value, with its probability", () => {
    expect(named(found(changed("temperatureCelsius", () => 160)))).toEqual(["constant of temperatureCelsius"]);
    expect(named(found(texts("solvent", () => "toluene")))).toContain("constant of solvent");
    const [stuck] = found(changed("peakNanometre", (row, value) => (row >= 100 && row < 106 ? 512 : value)));
    expect(stuck).toMatchObject({ fault: "stuck", column: "peakNanometre", rows: [101, 102, 103, 104, 105, 106] });
    expect(stuck.numbers.logProbability).toBeLessThan(Math.log(1e-4));
  });

  it("explains runs by the reference's own ties: a setting of each batch, a value that is frequent", () => {
    const set = (table: Table, random: Random): Table =>
      changed("temperatureCelsius", (row) => 150 + random.fork(Math.floor(row / 10))() * 20, table);
    const often = (table: Table, random: Random): Table =>
      changed("waterFraction", (row, value) => (random.fork(row)() < 0.8 ? 0 : value), table);
    for (const spoil of [set, often]) {
      const profile = fitReference(spoil(rowsOf(3000, random.fork("reference")), random.fork("a")), rowColumns);
      expect(named(found(spoil(clean, random.fork("b")), profile))).toEqual([]);
    }
  });

  it("finds rows that came twice, under other names and times too, and rows of the reference", () => {
    const order = Uint32Array.from({ length: 300 }, (_, row) => (row >= 200 && row < 210 ? row - 180 : row));
    const twice = selectRows(clean, order);
    const renamed = makeTable(schema, { ...clean.columns, ...pick(twice, ["batch", "lot", "date"], clean) });
    const [repeat] = found(renamed);
    expect(repeat).toMatchObject({ fault: "repeat", rowCount: 10, numbers: { within: 10, ofReference: 0 } });
    expect(repeat.because).toContain("row 201 is row 21");
    const old = selectRows(
      rowsOf(3000, random.fork("reference")),
      Uint32Array.from({ length: 30 }, (_, row) => row),
    );
    expect(found(old).find(({ fault }) => fault === "repeat")).toMatchObject({ numbers: { ofReference: 30 } });
  });

  it("cannot tell copies where rows hold settings alone (a grid carried out again was called a repeat)", () => {
    const grid = (table: Table): Table => selectColumns(table, ["temperatureCelsius", "solvent", "batch"]);
    const profile = fitReference(grid(rowsOf(3000, random.fork("reference"))), { groups: "batch" });
    const { findings, unknown } = inspectIncoming(
      selectRows(
        grid(clean),
        Uint32Array.from({ length: 90 }, (_, i) => i % 45),
      ),
      profile,
    );
    expect(named(findings)).toEqual([]);
    expect(unknown.find(({ fault }) => fault === "repeat")?.reason).toBe(
      "columns of mostly different numbers: 1; 3 are needed to tell copies",
    );
  });

  it("finds a clock that goes back, naming both times", () => {
    const [clock] = found(texts("date", (row, value) => (row >= 100 && row < 105 ? "2025-01-02" : value)));
    expect(clock).toMatchObject({
      fault: "clock",
      rows: [101, 102, 103, 104, 105],
      values: Array(5).fill("2025-01-02"),
    });
    expect(clock.because).toContain("(row 100) to 2025-01-02 (row 101)");
  });

  it("finds a new lot, and a lot that changed under its name, also from its first row on", () => {
    expect(found(texts("lot", (_, value) => (value === "lot 2" ? "lot 9" : value)))).toMatchObject([
      { fault: "lot", column: "lot", rowCount: 100, values: Array(20).fill("lot 9") },
    ]);
    for (const begin of [0, 150]) {
      const steps = found(changed("stockAssay", (row, value) => (row >= begin ? 0.94 * value : value)));
      expect(new Set(steps.map(({ fault, column }) => `${fault} of ${column}`))).toEqual(
        new Set(["lot of stockAssay"]),
      );
      expect(steps[0].rows[0]).toBe(begin + 1);
      expect(steps[0].numbers.to / steps[0].numbers.from).toBeCloseTo(0.94, 6);
    }
  });

  it("finds infinite numbers, and columns that are missing, new, or of another kind or unit", () => {
    expect(found(changed("peakNanometre", (row, value) => (row === 4 ? -Infinity : value)))).toMatchObject([
      { fault: "infinite", rows: [5], values: ["-Infinity"] },
    ]);
    const { leadMolar, sizeNanometre, ...rest } = clean.columns;
    const { leadMolar: lead, sizeNanometre: size, ...fields } = schema;
    const without = makeTable({ ...fields, note: size }, { ...rest, note: sizeNanometre });
    expect(leadMolar).toBeDefined();
    expect(found(without).map(({ column, isHarmless }) => [column, isHarmless])).toEqual([
      ["leadMolar", false],
      [null, true],
      [null, true],
    ]);
    const words = texts("solvent", (_, value) => value);
    const asText = makeTable(
      { ...schema, leadMolar: schema.solvent },
      {
        ...words.columns,
        leadMolar: categoryColumn(Array.from({ length: 300 }, (_, row) => (row === 2 ? "n/a" : "0.1"))),
      },
    );
    expect(found(asText)).toMatchObject([{ fault: "schema", column: "leadMolar", rows: [3], values: ["n/a"] }]);
    const other = makeTable({ ...schema, leadMolar: { ...lead, unit: "mmol/L" } }, clean.columns);
    expect(found(other)[0].because).toBe("is said to be in mmol/L, in the reference in mol/L");
  });

  it("of few rows says what it cannot tell, with the reason, and finds what needs no statistics", () => {
    const few = selectRows(
      changed("leadMolar", (row, value) => (row === 1 ? -1 : value)),
      Uint32Array.of(0, 1, 2, 3, 4),
    );
    const { findings, unknown } = inspectIncoming(few, reference);
    expect(named(findings)).toEqual(["range of leadMolar"]);
    expect(new Set(unknown.map(({ fault }) => fault))).toEqual(new Set(["unit", "missing", "constant", "stuck"]));
    expect(unknown.find(({ fault }) => fault === "missing")?.reason).toBe("5 rows; 20 are needed");
    const bare = inspectIncoming(clean, fitReference(rowsOf(3000, random.fork("reference"))));
    expect(bare.unknown.map(({ fault, reason }) => `${fault}: ${reason}`)).toEqual([
      "clock: no column of time is named",
      "lot: no column of lots is named",
    ]);
  });

  it("gives named errors for empty tables and columns that are not there", () => {
    expect(() => inspectIncoming(selectRows(clean, new Uint32Array()), reference)).toThrow("must have rows");
    expect(() => fitReference(selectRows(clean, new Uint32Array()))).toThrow("must have rows");
    expect(() => fitReference(clean, { time: "when" })).toThrow(
      'fitReference, time: must name a column of the reference; got "when"',
    );
    expect(() => inspectIncoming(clean, reference, { alpha: 1 })).toThrow("alpha must be in (0, 1); got 1");
  });

  it("gives plain JSON with finite numbers, whatever numbers come (property)", () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e308, 5e-324));
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 25, maxLength: 40 }),
        fc.constantFrom("leadMolar", "peakNanometre"),
        (values, name) => {
          const rows = selectRows(clean, Uint32Array.from(values.keys()));
          const report = inspectIncoming(
            changed(name, (row) => values[row], rows),
            reference,
          );
          expect(JSON.parse(JSON.stringify(report))).toEqual(report);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Columns of another table in place of the first's. */
function pick(from: Table, names: readonly string[], keep: Table): Readonly<Record<string, Column>> {
  return Object.fromEntries(
    Object.keys(keep.columns).map((name) => [name, (names.includes(name) ? keep : from).columns[name]]),
  );
}
