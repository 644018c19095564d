import { describe, expect, it } from "vitest";
import { type CategoryColumn, makeTable } from "../../src/core/Table.js";
import { wideRegions } from "../../src/generation/campaigns.js";
import { categoryLevels } from "../../src/generation/categoryLevels.js";
import { type ColumnMemory, columnMemory } from "../../src/generation/columnMemory.js";
import { experimentSchema } from "../../src/generation/experimentSchema.js";
import { experimentTable } from "../../src/generation/experimentTable.js";
import { CodeSlot, NumberSlot } from "../../src/generation/layout.js";
import { twinSetup } from "../../src/generation/twinSetup.js";

const levels = categoryLevels(twinSetup({ seed: 1, regions: wideRegions, labs: { count: 2 } }));

function memory(): ColumnMemory {
  const made = columnMemory(6, { shared: false });
  made.numbers.forEach((column, slot) => column.forEach((_, row) => (column[row] = 100 * slot + row)));
  made.codes[CodeSlot.phase].set([0, 1, 2, 3, 4, 0]);
  return made;
}

describe("experimentTable", () => {
  it("names columns by their slots, codes by their levels, and numbers rows on from the first", () => {
    const table = experimentTable(memory(), { first: 41, rows: 6, levels });
    expect(Object.keys(table.columns)).toEqual(Object.keys(experimentSchema));
    expect(table.columns.sourceRow).toEqual(Float64Array.of(42, 43, 44, 45, 46, 47));
    expect(table.columns.leadMolar).toEqual(
      Float32Array.from({ length: 6 }, (_, row) => 100 * NumberSlot.leadMolar + row),
    );
    expect((table.columns.phase as CategoryColumn).levels).toBe(levels[CodeSlot.phase]);
    // It is made without looking at every code; it would pass.
    expect(() => makeTable(experimentSchema, table.columns)).not.toThrow();
    expect(Object.isFrozen(table) && Object.isFrozen(table.columns)).toBe(true);
  });

  it("takes the first rows of a larger memory", () => {
    const table = experimentTable(memory(), { first: 0, rows: 2, levels });
    expect(table.numRows).toBe(2);
    for (const column of Object.values(table.columns))
      expect("codes" in column ? column.codes.length : column.length).toBe(2);
  });

  it("leaves out rows with a fault and keeps the numbers of the others", () => {
    const faulty = memory();
    faulty.faults.set([0, 3, 0, 0, 1, 0]);
    const table = experimentTable(faulty, { first: 10, rows: 6, levels });
    expect(table.columns.sourceRow).toEqual(Float64Array.of(11, 13, 14, 16));
    expect(Array.from((table.columns.phase as CategoryColumn).codes)).toEqual([0, 2, 3, 0]);
    expect(Object.keys(table.columns)).toEqual(Object.keys(experimentSchema));
  });

  it("ignores faults beyond the rows asked for", () => {
    const faulty = memory();
    faulty.faults.set([1], 5);
    expect(experimentTable(faulty, { first: 0, rows: 5, levels }).numRows).toBe(5);
  });
});
