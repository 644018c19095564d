import { loadavg } from "node:os";
import { nearDuplicateRows } from "../dist/validation/leakage/nearDuplicateRows.js";
import { seededRandom } from "../dist/core/random/Random.js";
import { makeTable, type Table } from "../dist/core/Table.js";
import { medianSeconds } from "./median.js";

// Near duplicates between parts of 100,000 rows of 20 columns, against what any search must at least do:
// sort one of the columns (Float64Array). Sorts and searches take turns, so that a slow spell of the
// machine meets both. From dist: tsx slows closures.

const rows = 100_000;
const columns = 20;
const tolerance = 0.01;
const planted = 25;
const runs = 9;
const mostRatio = 20;

/** Sum of twelve uniform numbers less six: a normal number, near enough for a bench. */
function normal(random: () => number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}

const shapes: Readonly<Record<string, (random: () => number) => number>> = {
  normal,
  "log-normal": (random) => Math.exp(normal(random)),
  "half of them 0": (random) => (random() < 0.5 ? 0 : normal(random)),
  "of 12 levels": (random) => Math.floor(12 * random()),
};

function tableOf(draw: (random: () => number) => number): Table {
  const random = seededRandom(1);
  const names = Array.from({ length: columns }, (_, i) => `column${i}`);
  const values = names.map(() => Float64Array.from({ length: rows }, () => draw(random)));
  // Rows of the last part that repeat rows of the first, off by a thousandth of a unit in one column.
  for (let i = 0; i < planted; i++)
    values.forEach((column, j) => (column[rows - 1 - i] = column[100 * i] + (j === i % columns ? 0.001 : 0)));
  const schema = Object.fromEntries(
    names.map((name) => [name, { kind: "number" as const, unit: "1", meaning: "a number" }]),
  );
  return makeTable(schema, Object.fromEntries(names.map((name, i) => [name, values[i]])));
}

async function main(): Promise<void> {
  const partOf = Uint8Array.from({ length: rows }, (_, row) =>
    row < 0.6 * rows ? 0 : row < 0.7 * rows ? 1 : row < 0.8 * rows ? 2 : 3,
  );
  console.log(
    `near duplicates of ${rows.toLocaleString("en-GB")} x ${columns} within ${tolerance} standard deviations, ` +
      `load ${loadavg()[0].toFixed(2)}`,
  );
  for (const [shape, draw] of Object.entries(shapes)) {
    const table = tableOf(draw);
    const column = table.columns.column0 as Float64Array;
    const search = (): number => nearDuplicateRows(table, { tolerance, partOf }).pairs.length;
    const found = search();
    const [sorts, searches]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      sorts.push(await medianSeconds(1, () => Promise.resolve(void column.slice().sort())));
      searches.push(await medianSeconds(1, () => Promise.resolve(void search())));
    }
    const [sort, ours] = [sorts, searches].map((all) => all.sort((a, b) => a - b)[Math.floor(runs / 2)]);
    console.log(
      `${shape.padEnd(16)} search ${(1000 * ours).toFixed(0)} ms, sort of a column ${(1000 * sort).toFixed(1)} ms, ` +
        `${(ours / sort).toFixed(1)} x (bar: at most ${mostRatio} x), ${found} pairs`,
    );
    if (found < planted) throw new Error(`only ${found} of ${planted} planted pairs were found`);
  }
}

await main();
