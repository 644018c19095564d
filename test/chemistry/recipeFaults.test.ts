import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { recipeFaultNames, recipeFaults } from "../../src/chemistry/recipeFaults.js";
import { categoryColumn, makeTable, numbersOf, selectRows, textsOf, type Table } from "../../src/core/Table.js";
import { decodeRecipes } from "../../src/features/decodeRecipes.js";
import { encode } from "../../src/features/encode.js";
import { fitEncoder } from "../../src/features/fitEncoder.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";

let table: Table;
const rows = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 3000, seed: 11 }));
});

function plainTable(columns: Record<string, readonly number[]>): Table {
  return makeTable(
    Object.fromEntries(
      Object.keys(columns).map((name) => [name, { kind: "number" as const, unit: "1", meaning: name }]),
    ),
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
  );
}

describe("recipeFaults", () => {
  it("passes every generated recipe and finds planted faults by name", () => {
    expect(new Set(recipeFaults(table))).toEqual(new Set([0]));
    const hot = selectRows(
      table,
      rows(0, 3000)
        .filter((row) => textsOf(table, "campaign")[row] === "hot injection, lead-rich")
        .slice(0, 1),
    );
    const fault = (columns: Record<string, Table["columns"][string]>): string =>
      recipeFaultNames[recipeFaults(makeTable(hot.schema, { ...hot.columns, ...columns }))[0]];
    const bromide = numbersOf(hot, "bromideMolar")[0];
    expect(fault({})).toBe("none");
    expect(fault({ bromideMolar: Float32Array.of(1.1 * bromide) })).toBe(
      "bromide that no compound brings, or too little for those that do",
    );
    expect(fault({ bromideMolar: Float32Array.of(0.9 * bromide) })).toBe(
      "bromide that no compound brings, or too little for those that do",
    );
    expect(
      fault({
        bromideMolar: Float32Array.of(1.1 * bromide),
        bromideSource: categoryColumn(["lead bromide+oleylammonium bromide"]),
      }),
    ).toBe("none");
    expect(fault({ temperatureCelsius: Float32Array.of(320) })).toBe("hotter than the boiling point of the medium");
    expect(fault({ temperatureCelsius: Float32Array.of(-100) })).toBe("an amount outside its range");
    expect(fault({ oleicAcidMolar: Float32Array.of(0) })).toBe(
      "caesium oleate needs more oleic acid than there is (charge balance)",
    );
    expect(() => recipeFaults(plainTable({ leadMolar: [1] }))).toThrow('no column "temperatureCelsius"');
  });

  it("finds half-way mixtures of two routes to be impossible (property: any share of both)", () => {
    const encoder = fitEncoder(table, rows(0, 3000));
    const routes = textsOf(table, "route");
    const [hot, cold] = ["hot injection", "LARP"].map((name) =>
      encode(
        encoder,
        table,
        rows(0, 3000)
          .filter((row) => routes[row] === name)
          .slice(0, 1),
      ),
    );
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 0.45, noNaN: true }), (share) => {
        const mixture = { ...hot, values: hot.values.map((value, i) => value + share * (cold.values[i] - value)) };
        expect(recipeFaults(decodeRecipes(encoder, mixture))[0]).not.toBe(0);
      }),
    );
  });
});
