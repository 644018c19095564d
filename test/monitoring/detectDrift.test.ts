import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import type { Schema } from "../../src/core/Schema.js";
import { categoryColumn, makeTable, selectRows, type Table } from "../../src/core/Table.js";
import { detectDrift } from "../../src/monitoring/detectDrift.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

const schema: Schema = {
  temperature: { kind: "number", unit: "°C", meaning: "" },
  phase: { kind: "category", unit: "", meaning: "" },
  experiment: { kind: "category", unit: "", meaning: "" },
};

interface Shape {
  readonly shift?: number;
  readonly rare?: number;
  readonly missing?: number;
}

function tableOf(seed: number, rows: number, { shift = 0, rare = 0.1, missing = 0.05 }: Shape = {}): Table {
  const random = seededRandom(seed);
  const temperature = Float64Array.from({ length: rows }, () =>
    random() < missing ? Number.NaN : 100 * random() + shift,
  );
  const phase = categoryColumn(
    Array.from({ length: rows }, () => (random() < rare ? "rare" : random() < 0.5 ? "a" : "b")),
  );
  return makeTable(schema, {
    temperature,
    phase,
    experiment: categoryColumn(Array.from({ length: rows }, (_, row) => `${seed}-${row}`)),
  });
}

const drifted = (current: Table, reference: Table, groups?: string): string[] =>
  detectDrift({ current, reference, groups })
    .features.filter((one) => one.drifted)
    .map(({ feature, compared }) => `${feature} ${compared}`);

describe("detectDrift", () => {
  const reference = tableOf(1, 1000);

  it("of a table against itself is nothing, with probability 1 everywhere", () => {
    const { features, drifted: count, unknown } = detectDrift({ current: reference, reference });
    expect([count, unknown]).toEqual([0, 0]);
    expect(features.map(({ feature, compared, distance }) => [feature, compared, distance])).toEqual([
      ["temperature", "values", 0],
      ["temperature", "missing", 0],
      ["phase", "levels", 0],
    ]);
    for (const { adjusted } of features) expect(adjusted).toBeCloseTo(1, 6);
  });

  it("names what has drifted: values, levels, missing values, a new level", () => {
    expect(drifted(tableOf(2, 1000, { shift: 12 }), reference)).toEqual(["temperature values"]);
    expect(drifted(tableOf(2, 1000, { rare: 0.2 }), reference)).toEqual(["phase levels"]);
    expect(drifted(tableOf(2, 1000, { missing: 0.15 }), reference)).toEqual(["temperature missing"]);
    expect(drifted(tableOf(2, 1000, { rare: 0 }), reference)).toEqual(["phase levels"]);
    expect(drifted(reference, tableOf(2, 1000, { rare: 0 }))).toEqual(["phase levels"]);
  });

  it("calls tables of one distribution drifted in no more than 5 % of cases, over all columns together", () => {
    let alarms = 0;
    for (let seed = 0; seed < 400; seed++)
      alarms += drifted(tableOf(2 * seed + 10, 150), tableOf(2 * seed + 11, 120)).length > 0 ? 1 : 0;
    // 20 expected at most; three standard deviations are 13.
    expect(alarms).toBeLessThanOrEqual(33);
    expect(alarms).toBeGreaterThan(0);
  });

  it("calls two halves of generated experiments alike, and another temperature drifted", async () => {
    const { table } = await generateExperiments({ rows: 4000, seed: 5 });
    const half = (odd: number): Table =>
      selectRows(
        table,
        Uint32Array.from({ length: 2000 }, (_, i) => 2 * i + odd),
      );
    expect(drifted(half(0), half(1))).toEqual([]);
    const warm = makeTable(table.schema, {
      ...table.columns,
      temperatureCelsius: (table.columns.temperatureCelsius as Float32Array).map((value) => value + 20),
    });
    expect(
      drifted(
        selectRows(
          warm,
          Uint32Array.from({ length: 2000 }, (_, i) => 2 * i),
        ),
        half(1),
      ),
    ).toEqual(["temperatureCelsius values"]);
  });

  it("says how far a column moved, in its unit, with an interval that holds the shift", () => {
    const [{ unit, change, wasserstein, detectable }] = detectDrift({
      current: tableOf(2, 1000, { shift: 12 }),
      reference,
    }).features;
    expect(unit).toBe("°C");
    expect(change.of).toBe("mean");
    expect(change.interval!.low).toBeLessThan(12);
    expect(change.interval!.high).toBeGreaterThan(12);
    expect(change.difference).toBeCloseTo(change.to - change.from, 9);
    expect(wasserstein).toBeCloseTo(change.difference, 0);
    expect(detectable).toBeLessThan(12);
    const [, , phase] = detectDrift({ current: tableOf(2, 1000, { rare: 0.3 }), reference }).features;
    expect(phase).toMatchObject({ unit: "share", change: { of: "share of rare" }, wasserstein: null });
  });

  it("calls what could not be found out unknown, and lists columns without a partner", () => {
    const few = makeTable(
      { phase: schema.phase, colour: schema.phase },
      { phase: categoryColumn(["a", "a"]), colour: categoryColumn(["red", "red"]) },
    );
    const { features, drifted: count, unknown, onlyCurrent, onlyReference } = detectDrift({ current: few, reference });
    expect([count, unknown]).toEqual([0, 1]);
    expect(features).toMatchObject([{ feature: "phase", drifted: false }]);
    expect(features[0].unknown).toMatch(/^2 rows against 1000 would miss shifts up to [\d.]+ share$/);
    expect([onlyCurrent, onlyReference]).toEqual([["colour"], ["temperature"]]);
  });

  it("finds a level that was never seen before in a window of ten rows (an expected count of 5 was asked for)", () => {
    const window = makeTable({ phase: schema.phase }, { phase: categoryColumn([..."aabbaabb", "new", "new"]) });
    const [{ adjusted, drifted: isFound }] = detectDrift({ current: window, reference }).features;
    expect([isFound, adjusted! < 0.001]).toEqual([true, true]);
  });

  it("does not depend on the order of rows that are independent, down to the last permutation", () => {
    const current = tableOf(3, 60, { shift: 4 });
    const back = selectRows(
      current,
      Uint32Array.from({ length: 60 }, (_, row) => 59 - row),
    );
    const [one, other] = [current, back].map((table) => detectDrift({ reference, current: table }).features[0]);
    expect(other.pValue).toBe(one.pValue);
    expect(other.change.difference).toBe(one.change.difference);
  });

  it("refuses empty tables, no column in common, infinite numbers, and an alpha that is none", () => {
    const none = selectRows(reference, new Uint32Array(0));
    expect(() => detectDrift({ current: none, reference })).toThrow(
      "both tables must have rows; got 0 here and 1000 in the reference",
    );
    const other = (value: number): Table => makeTable({ x: schema.temperature }, { x: Float64Array.of(value, 1) });
    expect(() => detectDrift({ current: other(1), reference })).toThrow(
      "the tables must have a column in common; got none",
    );
    expect(() => detectDrift({ current: other(Infinity), reference: other(1) })).toThrow(
      "column x: numbers must be finite; got Infinity",
    );
    expect(() => detectDrift({ current: reference, reference, alpha: 0 })).toThrow("alpha must be in (0, 1); got 0");
    expect(() => detectDrift({ current: reference, reference, groups: "batch" })).toThrow(
      'groups: must name a column of both tables; got "batch"; choose one of temperature, phase, experiment',
    );
  });
});

/** Batches with a mean of their own, and a shift of all of them. */
function batchesOf(seed: number, [batches, rows]: readonly [number, number], between: number, shift = 0): Table {
  const random = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const means = Array.from({ length: batches }, () => shift + between * gauss());
  const own = { size: schema.temperature, phase: schema.phase, batch: schema.phase };
  return makeTable(own, {
    size: Float64Array.from({ length: batches * rows }, (_, row) => means[Math.floor(row / rows)] + gauss()),
    phase: categoryColumn(
      Array.from({ length: batches * rows }, (_, row) => (means[Math.floor(row / rows)] + gauss() > 0 ? "a" : "b")),
    ),
    batch: categoryColumn(Array.from({ length: batches * rows }, (_, row) => `${Math.floor(row / rows)}`)),
  });
}

describe("detectDrift of rows in batches", () => {
  const alarms = (groups: string | undefined, between: number): number => {
    let count = 0;
    for (let seed = 0; seed < 60; seed++) {
      const reference = batchesOf(1000 + seed, [40, 50], between);
      const current = batchesOf(2000 + seed, [6, 50], between);
      const left = groups === undefined ? ["batch"] : undefined;
      const report = detectDrift({ reference, current, groups, rowNames: left, seed });
      count += report.drifted > 0 ? 1 : 0;
    }
    return count;
  };

  it("keeps to its 5 % where tests of rows alarm in a third of windows in which nothing happened", () => {
    expect(alarms(undefined, 0.3)).toBeGreaterThan(20);
    // 3 of 60 expected; binomial 99.9 % quantile 9.
    expect(alarms("batch", 0.3)).toBeLessThanOrEqual(9);
  });

  it("finds a shift of all batches, and one of their shares", () => {
    const reference = batchesOf(1, [40, 50], 0.2);
    expect(drifted(batchesOf(2, [6, 50], 0.2, 0.6), reference, "batch")).toEqual(["size values", "phase levels"]);
  });

  it("says how many batches it would need, where a permutation cannot give a small enough probability", () => {
    const reference = batchesOf(1, [30, 20], 0.2);
    const { features, drifted: count } = detectDrift({
      reference,
      current: batchesOf(2, [1, 20], 0.2, 3),
      groups: "batch",
    });
    expect(count).toBe(0);
    expect(features[0]).toMatchObject({
      pValue: null,
      unknown:
        "1 current batch against 30 cannot give a probability below 0.032, and 0.02 is asked for; " +
        "2 current batches are needed",
    });
  });

  it("thins batches that are larger than those of the other table: they would pass for drift", () => {
    let alarmsOf = 0;
    for (let seed = 0; seed < 40; seed++)
      alarmsOf +=
        detectDrift({
          reference: batchesOf(seed, [40, 50], 0.1),
          current: batchesOf(500 + seed, [8, 5], 0.1),
          groups: "batch",
        }).drifted > 0
          ? 1
          : 0;
    expect(alarmsOf).toBeLessThanOrEqual(7);
  });

  it("does not depend on the order of rows or on the names of batches", () => {
    const [reference, current] = [batchesOf(1, [12, 10], 0.2), batchesOf(2, [8, 10], 0.2, 0.4)];
    const back = selectRows(
      current,
      Uint32Array.from({ length: 80 }, (_, row) => 79 - row),
    );
    const [one, other] = [current, back].map((table) => detectDrift({ reference, current: table, groups: "batch" }));
    for (const [i, { distance, change }] of one.features.entries()) {
      expect(other.features[i].distance).toBeCloseTo(distance, 12);
      expect(other.features[i].change.difference).toBeCloseTo(change.difference, 12);
    }
  });
});
