import { describe, expect, it } from "vitest";
import { type ColumnOf, shownTable } from "../../src/core/ShownTable.js";

const model: ColumnOf<{ readonly name: string; readonly error: number }> = { name: "model", of: ({ name }) => name };
const error: ColumnOf<{ readonly name: string; readonly error: number }> = {
  name: "size error",
  unit: "nm",
  of: ({ error: value }) => value,
};
const rows = [
  { name: "ridge", error: 1.2 },
  { name: "network", error: 0.8 },
];

describe("shownTable", () => {
  it("keeps each head above its own values, in whatever order columns stand", () => {
    const columnsOf = (columns: readonly (typeof model)[]): Record<string, unknown[]> => {
      const table = shownTable({ caption: "Models", columns, rows });
      return Object.fromEntries(table.columns.map(({ name }, i) => [name, table.rows.map((row) => row[i])]));
    };
    expect(columnsOf([model, error])).toEqual({ model: ["ridge", "network"], "size error": [1.2, 0.8] });
    expect(columnsOf([error, model])).toEqual(columnsOf([model, error]));
  });

  it("is plain data, as evidence keeps it", () => {
    const table = shownTable({ caption: "Models", columns: [model, error], rows });
    expect(table.columns).toEqual([{ name: "model" }, { name: "size error", unit: "nm" }]);
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });
});
