import { describe, expect, it } from "vitest";
import { recipeSchema } from "../../../src/chemistry/recipeSchema.js";
import type { Schema } from "../../../src/core/Schema.js";
import { schemaText, storedSchema } from "../../../src/io/tables/storedSchema.js";

describe("storedSchema", () => {
  it("reads back what schemaText wrote, every part of every field", () => {
    expect(storedSchema(schemaText(recipeSchema), "here")).toEqual(recipeSchema);
  });

  it("keeps to the names that files have for bounds, so that files of earlier versions are read", () => {
    const schema: Schema = { size: { kind: "number", unit: "nm", meaning: "edge length", min: 1, max: 100 } };
    const text = '{"size":{"kind":"number","unit":"nm","meaning":"edge length","low":1,"high":100}}';
    expect(schemaText(schema)).toBe(text);
    expect(storedSchema(text, "here")).toEqual(schema);
  });

  it.each(['{"size":null}', '{"size":{"kind":"number"}}', "no JSON"])("refuses %s", (text) => {
    expect(() => storedSchema(text, "here")).toThrow("must be readable");
  });
});
