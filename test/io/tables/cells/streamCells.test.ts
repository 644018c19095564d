import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/core/InputError.js";
import type { Schema } from "../../../../src/core/Schema.js";
import { isCategory } from "../../../../src/core/Table.js";
import type { CellRecord, CellSource } from "../../../../src/io/tables/cells/CellSource.js";
import { readCells } from "../../../../src/io/tables/cells/readCells.js";
import { streamCells } from "../../../../src/io/tables/cells/streamCells.js";
import type { ReadColumns } from "../../../../src/io/tables/ReadColumns.js";
import type { TableFault } from "../../../../src/io/tables/TableFault.js";

const header = ["timeSecond", "leadMolar", "route"];
const schema: Schema = {
  timeSecond: { kind: "number", unit: "s", meaning: "time" },
  leadMolar: { kind: "number", unit: "mol/L", meaning: "lead" },
  route: { kind: "category", unit: "", meaning: "route", levels: ["LARP"] },
};

/** Rows that come so many at a time. */
function sourceOf(rows: readonly (readonly string[])[], atATime: number): CellSource {
  return {
    header,
    separator: ";",
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
  return header.map((name) =>
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
  const table = fc.array(fc.tuple(number, number, fc.constantFrom("LARP", "mixed", "")), { maxLength: 24 });

  it("gives what readCells gives, wherever pieces end and wherever numbers begin to be written otherwise", async () => {
    await fc.assert(
      fc.asyncProperty(table, few, few, async (rows, n, least) => {
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
            return { values: valuesOf(pieces), faults, notes };
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            return error.message;
          }
        };
        const namesOf = (): { names: string[]; schema: Schema } => ({ names: header, schema });
        const source = sourceOf(rows, n);
        const whole = await read(async (onFault, onNote) => [
          await readCells(source, "x.csv", { namesOf, onNote, onFault }),
        ]);
        const streamed = await read(async (onFault, onNote) => {
          const pieces: ReadColumns[] = [];
          for await (const piece of streamCells(source, "x.csv", { namesOf, onNote, onFault, leastRows: least }))
            pieces.push(piece);
          const short = pieces.slice(0, -1).filter(({ numRows }) => numRows < least);
          expect(short).toEqual([]);
          return pieces;
        });
        expect(streamed).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

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
    const options = { namesOf: () => ({ names: header, schema }), onNote: () => undefined, leastRows: 10 };
    const first = await streamCells(source, "x.csv", options).next();
    expect(first.value?.numRows).toBe(10);
    expect(asked).toBe(10);
  });
});
