import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { numbersOf, selectRows, type Table, textsOf } from "../../src/core/Table.js";
import { hideValues, type HidingPlan } from "../../src/features/hideValues.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

let table: Table;
const plan: HidingPlan = {
  columns: ["timeSecond", "route"],
  groups: [["oleicAcidMolar", "oleylamineMolar"]],
  patterns: [
    { name: "always", shares: { mixingSecond: 1 } },
    { name: "sometimes", shares: { volumeMillilitre: 0.25 } },
  ],
};
const random = seededRandom(1);

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 20_000, seed: 3 }));
});

const isHidden = (hidden: Table, name: string): boolean[] =>
  table.schema[name].kind === "number"
    ? Array.from(numbersOf(hidden, name), Number.isNaN)
    : textsOf(hidden, name).map((text) => text === "");
const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
/** Four standard errors of a share at this number of rows. */
const near = (value: number, expected: number): void =>
  expect(Math.abs(value - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 20_000));

describe("hideValues", () => {
  it("hides half as the patterns do and half at random, at the shares that follow from the plan", () => {
    const hidden = hideValues(table, random, plan);
    near(share(isHidden(hidden, "mixingSecond")), 1 / 4);
    near(share(isHidden(hidden, "volumeMillilitre")), 1 / 16);
    // Half of the rows draw a rate in (0, 1), and hide at it: a quarter in all.
    near(share(isHidden(hidden, "timeSecond")), 1 / 4);
    near(share(isHidden(hidden, "route")), 1 / 4);
    near(share(isHidden(hidden, "oleicAcidMolar")), 1 / 4);
  });

  it("hides a group whole", () => {
    const hidden = hideValues(table, random, plan);
    expect(isHidden(hidden, "oleicAcidMolar")).toEqual(isHidden(hidden, "oleylamineMolar"));
  });

  it("draws one rate per row: two columns of a row are hidden together more often than apart", () => {
    const hidden = hideValues(table, random, { ...plan, patterns: [] });
    const [time, route] = ["timeSecond", "route"].map((name) => isHidden(hidden, name));
    // E[rate²] = 1/3 where independent rates would give 1/4.
    near(share(time.map((one, row) => one && route[row])), 1 / 3);
  });

  it("leaves the share of rows whole that is asked for, and every other column as it is", () => {
    const hidden = hideValues(table, random, { ...plan, patterns: [plan.patterns[0]] }, { whole: 0.5 });
    near(share(isHidden(hidden, "mixingSecond")), 1 / 4);
    for (const name of ["leadMolar", "bromideMolar"])
      expect(Array.from(numbersOf(hidden, name))).toEqual(Array.from(numbersOf(table, name)));
    expect(textsOf(hidden, "phase")).toEqual(textsOf(table, "phase"));
    const same = hideValues(table, random, plan, { whole: 1 });
    for (const name of ["mixingSecond", "timeSecond"])
      expect(Array.from(numbersOf(same, name))).toEqual(Array.from(numbersOf(table, name)));
  });

  it("gives a row what its number gives it, however many rows there are, and changes no value", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 1000 }), (rows, seed) => {
        const first = Uint32Array.from({ length: rows }, (_, row) => row);
        const alone = hideValues(selectRows(table, first), seededRandom(seed), plan);
        const all = hideValues(
          selectRows(
            table,
            Uint32Array.from({ length: 500 }, (_, i) => i),
          ),
          seededRandom(seed),
          plan,
        );
        for (const name of ["timeSecond", "mixingSecond", "oleylamineMolar"])
          expect(Array.from(numbersOf(alone, name))).toEqual(Array.from(numbersOf(all, name)).slice(0, rows));
        numbersOf(alone, "timeSecond").forEach((value, row) => {
          if (!Number.isNaN(value)) expect(value).toBe(numbersOf(table, "timeSecond")[row]);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("passes over columns that the table lacks", () => {
    const hidden = hideValues(table, random, { columns: ["unheardOf"], groups: [["neither"]], patterns: [] });
    expect(Object.keys(hidden.columns)).toEqual(Object.keys(table.columns));
  });

  it.each([-0.1, 1.1, NaN])("refuses a whole share of %s", (whole) => {
    expect(() => hideValues(table, random, plan, { whole })).toThrow(/whole must be in \[0, 1\]/);
  });
});
