import { describe, expect, it } from "vitest";
import { columnMemory, isWideCode } from "../../src/generation/columnMemory.js";
import { CodeSlot, codeSlots, numberSlots } from "../../src/generation/layout.js";

describe("columnMemory", () => {
  it.each([1, 2, 3, 7, 100, 4096])(
    "keeps %i rows of all columns in one piece of memory in which none overlaps another",
    (rows) => {
      for (const shared of [false, true]) {
        const { numbers, codes, faults, rows: held } = columnMemory(rows, { shared });
        const columns = [...numbers, ...codes, faults];
        expect([held, numbers.length, codes.length]).toEqual([rows, numberSlots, codeSlots]);
        expect(new Set(columns.map(({ buffer }) => buffer)).size).toBe(1);
        expect(faults.buffer instanceof SharedArrayBuffer).toBe(shared);
        // Each filled with its own number, all still hold it afterwards.
        columns.forEach((column, i) => column.fill(i % 251));
        columns.forEach((column, i) => {
          expect(column).toHaveLength(rows);
          expect(column.every((value: number) => value === i % 251)).toBe(true);
        });
      }
    },
  );

  it("gives two bytes to categories with more than 256 levels, batch and date, and one to the others", () => {
    expect(Array.from({ length: codeSlots }, (_, slot) => slot).filter(isWideCode)).toEqual([
      CodeSlot.batch,
      CodeSlot.date,
    ]);
    const { codes } = columnMemory(5, { shared: false });
    codes.forEach((column, slot) => expect(column.BYTES_PER_ELEMENT).toBe(isWideCode(slot) ? 2 : 1));
  });
});
