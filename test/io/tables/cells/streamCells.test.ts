import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/core/InputError.js";
import type { Schema } from "../../../../src/core/Schema.js";
import { isCategory } from "../../../../src/core/Table.js";
import type { CellRecord, CellSource } from "../../../../src/io/tables/cells/CellSource.js";
import { readCells } from "../../../../src/io/tables/cells/readCells.js";
import { streamCells } from "../../../../src/io/tables/cells/streamCells.js";
import type { NamesOf, ReadColumns } from "../../../../src/io/tables/ReadColumns.js";
import type { TableFault } from "../../../../src/io/tables/TableFault.js";

/** A column that is not read stands behind those of the schema. */
const header = ["timeSecond", "leadMolar", "route", "extra"];
const schema: Schema = {
  timeSecond: { kind: "number", unit: "s", meaning: "time" },
  leadMolar: { kind: "number", unit: "mol/L", meaning: "lead" },
  route: { kind: "category", unit: "", meaning: "route", levels: ["LARP"] },
};

/** Rows that come so many at a time. */
function sourceOf(rows: readonly (readonly string[])[], atATime: number, separator = ";"): CellSource {
  return {
    header: header.slice(0, rows[0]?.length),
    separator,
    unusual: [],
    units: null,
    async *rows() {
      for (let at = 0; at < rows.length; at += atATime)
        yield await Promise.resolve(
          rows.slice(at, at + atATime).map((cells, i): CellRecord => ({ line: at + i + 2, cells })),
        );
    },
  };
}

function valuesOf(pieces: readonly ReadColumns[]): readonly (readonly (number | string)[])[] {
  return Object.keys(schema).map((name) =>
    pieces.flatMap(({ columns }): (number | string)[] => {
      const column = columns[name];
      return isCategory(column) ? Array.from(column.codes, (code) => column.levels[code]) : Array.from(column);
    }),
  );
}

describe("streamCells", () => {
  const number = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("1", "2.5", "0.01", "30", "7e-3", "") },
    fc.constantFrom("1.234", "0,5", "1 000", "n/a", "<5", "~7", "soon", "1.234,5"),
  );
  const few = fc.integer({ min: 1, max: 6 });
  const route = fc.constantFrom("LARP", "mixed", "");
  const extra = fc.oneof(number, fc.constantFrom("soon", "1,000"));
  const table = fc.oneof(
    fc.array(fc.tuple(number, number, route), { maxLength: 24 }),
    fc.array(fc.tuple(number, number, route, extra), { maxLength: 24 }),
  );
  const separators = fc.constantFrom(";", ",");

  it("gives what readCells gives, wherever pieces end and wherever numbers begin to be written otherwise", async () => {
    await fc.assert(
      fc.asyncProperty(table, few, few, separators, async (rows, n, least, separator) => {
        const read = async (
          take: (onFault: (fault: TableFault) => void, onNote: (note: string) => void) => Promise<ReadColumns[]>,
        ): Promise<unknown> => {
          const [faults, notes]: [TableFault[], string[]] = [[], []];
          try {
            const pieces = await take(
              (fault) => faults.push(fault),
              (note) => notes.push(note),
            );
            faults.sort((a, b) => a.row! - b.row! || a.column!.localeCompare(b.column!));
            // Notes tell of the other columns that readCells reads too.
            return { values: valuesOf(pieces), faults, notes: rows[0]?.length === header.length ? [] : notes };
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            return error.message;
          }
        };
        const namesOf: NamesOf = (names) => ({ names, schema });
        const whole = async (of: readonly (readonly string[])[]): Promise<unknown> =>
          read(async (onFault, onNote) => [
            await readCells(sourceOf(of, n, separator), "x.csv", { namesOf, onNote, onFault }),
          ]);
        const streamed = await read(async (onFault, onNote) => {
          const pieces: ReadColumns[] = [];
          const source = sourceOf(rows, n, separator);
          for await (const piece of streamCells(source, "x.csv", { namesOf, onNote, onFault, leastRows: least }))
            pieces.push(piece);
          const short = pieces.slice(0, -1).filter(({ numRows }) => numRows < least);
          expect(short).toEqual([]);
          return pieces;
        });
        const expected = await whole(rows);
        // What readCells refuses for a column that is not read may well be read.
        if (typeof expected !== "string" || !expected.includes("column extra")) expect(streamed).toEqual(expected);
        else expect([expected, await whole(rows.map((cells) => cells.slice(0, 3)))]).toContainEqual(streamed);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [[1234], "1.234", "\t", "0,5"],
    [[1.234], "1.234", "\t", "0.5"],
    [[1.234], "1,234", ";", "0,5"],
    [[1234], "1,234", ";", "0.5"],
    [[1.234], "1.234", "\t", "soon"],
  ])(
    "reads %j from %s between %j where %s stands in a column that is not read: a stream asked its own columns alone",
    async (expected, text, separator, extra) => {
      const source = sourceOf([[text, "", "", extra]], 1, separator);
      const namesOf: NamesOf = (names) => ({ names, schema });
      const pieces: ReadColumns[] = [];
      for await (const piece of streamCells(source, "x.csv", { namesOf, onNote: () => undefined, leastRows: 1 }))
        pieces.push(piece);
      expect(valuesOf(pieces)[0]).toEqual(expected);
    },
  );

  it("gives the first rows before it has read the last ones, where numbers are written as we write them", async () => {
    let asked = 0;
    const rows = Array.from({ length: 100 }, () => ["1.5", "0.01", "LARP"]);
    const plain = sourceOf(rows, 5);
    const source: CellSource = {
      ...plain,
      async *rows() {
        for await (const records of plain.rows()) {
          asked += records.length;
          yield records;
        }
      },
    };
    const namesOf: NamesOf = (names) => ({ names, schema });
    const options = { namesOf, onNote: () => undefined, leastRows: 10 };
    const first = await streamCells(source, "x.csv", options).next();
    expect(first.value?.numRows).toBe(10);
    expect(asked).toBe(10);
  });
});
