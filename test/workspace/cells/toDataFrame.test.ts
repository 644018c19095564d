import * as core from "@tensorflow/tfjs-core";
import danfo from "danfojs-node";
import { describe, expect, it, vi } from "vitest";
import { categoryColumn, makeTable } from "../../../src/core/Table.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { readJson } from "../../../src/io/readText.js";
import { toDataFrame } from "../../../src/workspace/cells/toDataFrame.js";

const table = makeTable(
  {
    temperatureCelsius: { kind: "number", unit: "°C", meaning: "bath" },
    sizeNanometre: { kind: "number", unit: "nm", meaning: "edge length" },
    shape: { kind: "category", unit: "", meaning: "habit" },
  },
  {
    temperatureCelsius: Float64Array.of(160, 180, 200),
    sizeNanometre: Float64Array.of(NaN, 8.123456789, 12.5),
    shape: categoryColumn(["cube", "", "sheet"]),
  },
);

describe("toDataFrame", () => {
  it("gives a frame that prints every value, categories as texts and missing numbers as NaN", async () => {
    const frame = await toDataFrame(table);
    const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
    frame.print();
    const printed = print.mock.calls.flat().join("\n");
    print.mockRestore();
    for (const text of ["temperatureCelsius", "160", "NaN", "8.123456789", "cube", "sheet"])
      expect(printed).toContain(text);
    expect(frame.shape).toEqual([3, 3]);
    expect(frame.dtypes).toEqual(["float32", "float32", "string"]);
  });

  it("gives a frame that describes and sorts its numbers", async () => {
    const frame = await toDataFrame(table);
    expect(frame.describe().toString()).toMatch(/mean[^\n]*180/);
    expect(frame.sortValues("temperatureCelsius", { ascending: false }).head(1).toString()).toContain("200");
  });

  it("renames a column that would hide a member of the frame", async () => {
    expect((await toDataFrame(table)).columns).toEqual(["temperatureCelsius", "sizeNanometre", "shape_"]);
  });

  it("leaves the table as it was, whatever is done to the frame", async () => {
    const frame = (await toDataFrame(table)) as unknown as {
      values: number[][];
      drop(options: object): void;
      $data: number[][];
    };
    frame.$data[0][0] = -1;
    frame.drop({ columns: ["sizeNanometre"], inplace: true });
    expect(table.columns.temperatureCelsius).toEqual(Float64Array.of(160, 180, 200));
    expect(Object.keys(table.columns)).toEqual(["temperatureCelsius", "sizeNanometre", "shape"]);
  });

  it("refuses to write, and a table without rows", async () => {
    const frame = (await toDataFrame(table)) as unknown as Record<"toCSV" | "toJSON" | "toExcel", () => void>;
    for (const writer of ["toCSV", "toJSON", "toExcel"] as const)
      expect(() => {
        frame[writer]();
      }).toThrow(/write the table itself with writeTable/);
    await expect(
      toDataFrame(makeTable({ a: { kind: "number", unit: "1", meaning: "" } }, { a: new Float64Array(0) })),
    ).rejects.toThrow(/at least one row/);
  });

  it("shares one tfjs-core with the project, so that tensors of either are the other's", () => {
    expect((danfo as unknown as { tensorflow: typeof core }).tensorflow.Tensor).toBe(core.Tensor);
  });

  it("installs no xlsx before 0.20.2 and no request at all, which have high advisories that nobody mends", async () => {
    const { packages } = (await readJson(projectPath("package-lock.json"))) as {
      readonly packages: Readonly<Record<string, { readonly name?: string; readonly version?: string }>>;
    };
    const installed = Object.entries(packages).map(
      ([path, { name, version }]) => `${name ?? path.split("node_modules/").at(-1)}@${version}`,
    );
    expect(installed.filter((one) => /^(?:xlsx|request)@/.test(one))).toEqual([]);
    expect(installed).toEqual(expect.arrayContaining(["@e965/xlsx@0.20.3", "@cypress/request@4.0.1"]));
  });
});
