import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { categoryColumn, makeTable, selectRows, type Table, textsOf } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { drillDataFaults } from "../../../src/monitoring/quality/drillDataFaults.js";
import { dataFaultNames } from "../../../src/monitoring/quality/incoming/IncomingReport.js";

/** Experiments of the twin in the order of their days, with lots of a stock and its assay; every second week. */
async function experiments(): Promise<{ readonly reference: Table; readonly clean: Table }> {
  const { table } = await generateExperiments({ rows: 12_000, seed: 5 });
  const dates = textsOf(table, "date");
  const order = Uint32Array.from(dates.keys()).sort((a, b) => dates[a].localeCompare(dates[b]) || a - b);
  const sorted = selectRows(table, order);
  const [labs, days, batches] = ["lab", "date", "batch"].map((name) => textsOf(sorted, name));
  const lots = labs.map((lab, row) => `${lab} stock ${Number(days[row].slice(5, 7)) % 3}`);
  const assays = new Map([...new Set(lots)].map((lot, i) => [lot, 0.9 + 0.002 * i]));
  const all = makeTable(
    {
      ...sorted.schema,
      lot: { kind: "category", unit: "", meaning: "stock of caesium" },
      stockAssay: { kind: "number", unit: "1", meaning: "its assay" },
    },
    {
      ...sorted.columns,
      lot: categoryColumn(lots),
      stockAssay: Float64Array.from(lots, (lot) => assays.get(lot)!),
    },
  );
  const half = (odd: number): Table =>
    selectRows(
      all,
      Uint32Array.from(batches.keys()).filter((row) => Number(batches[row].slice(-3)) % 2 === odd),
    );
  return { reference: half(0), clean: half(1) };
}

const rows = await experiments();
const rowColumns = { groups: "batch", time: "date", lot: "lot" };

describe("drillDataFaults", () => {
  it("stops every kind of seeded fault, and raises nothing of clean windows", () => {
    const begun = process.cpuUsage();
    const { drills, clean } = drillDataFaults({
      ...rows,
      ...rowColumns,
      random: seededRandom(1),
      drills: 10,
      cleanWindows: 60,
      windowRows: [200, 400],
    });
    const { user, system } = process.cpuUsage(begun);
    expect(drills.map(({ fault, planted, stopped, missed }) => [fault, planted, stopped, missed])).toEqual(
      dataFaultNames.map((fault) => [fault, 10, 10, []]),
    );
    expect(drills[0].share).toMatchObject({ high: 1, level: 0.95, method: "Clopper-Pearson" });
    expect(clean).toMatchObject({ windows: 60, falseAlarms: 0, raised: [] });
    // A notebook has a few seconds for twenty drills of each.
    expect((user + system) / 1e6).toBeLessThan(6);
  });

  it("gives equal drills of equal streams, and of a kind alone what it gives among others", () => {
    const one = { ...rows, ...rowColumns, drills: 2, cleanWindows: 1, windowRows: [200, 300] as const };
    const all = drillDataFaults({ ...one, random: seededRandom(2), faults: ["unit", "stuck"] });
    expect(drillDataFaults({ ...one, random: seededRandom(2), faults: ["stuck"] }).drills).toEqual(all.drills.slice(1));
  });

  it("gives named errors where rows are too few, or a fault has no column", () => {
    const few = {
      reference: rows.reference,
      clean: selectRows(rows.clean, Uint32Array.of(0, 1)),
      random: seededRandom(1),
    };
    expect(() => drillDataFaults(few)).toThrow("clean rows must fill a window of at least 200; got 2 rows");
    expect(() => drillDataFaults({ ...rows, random: seededRandom(1), faults: ["clock"] })).toThrow(
      "dataFaults, clock: a column of times must be named; got none",
    );
  });
});
