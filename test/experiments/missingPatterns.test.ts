import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRealTable, type LoadableTable } from "../../src/experiments/dataStore.js";
import { missingPatterns } from "../../src/experiments/missingPatterns.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { missingRows, recipeColumns } from "../../src/predictor/recipeColumns.js";
import { hasRealData, realData } from "../support/realData.js";

/** Poor solvents follow from the route, other ligands count as the twin's, and ratios from the amounts. */
const notCounted = ["antisolvent", "otherAcidMolar", "otherAmineMolar", "caesiumLeadRatio", "bromideLeadRatio"];

describe("missingPatterns", () => {
  it("names columns of a recipe, and shares of them", async () => {
    const patterns = await missingPatterns();
    expect(patterns.map(({ name }) => name)).toEqual([
      "published recipes",
      "platelets",
      "CdSe hot injections",
      "vapour-diffusion crystallisations",
    ]);
    for (const { shares } of patterns)
      for (const name of Object.keys(shares)) expect(recipeColumns, name).toHaveProperty(name);
  });

  it.skipIf(!hasRealData)(
    "says what a count in the tables says (SKIPPED without ../shared/real-data)",
    async () => {
      for (const { name, file, rows, loader, headers, shares } of await missingPatterns()) {
        const counted: Record<string, number> = {};
        if (loader === null) {
          const raw = await readRawCsv(join(realData, file));
          expect(raw.numRows, name).toBe(rows);
          for (const [column, header] of Object.entries(headers)) {
            if (header !== null) expect(raw.columns, `${name}: ${header}`).toHaveProperty([header]);
            const cells = header === null ? new Array<string>(rows).fill("") : raw.columns[header];
            counted[column] = cells.filter((cell) => (cell ?? "").trim() === "").length / rows;
          }
        } else {
          const { table } = await readRealTable(loader as LoadableTable, { folder: realData });
          expect(table.numRows, name).toBe(rows);
          const all = Uint32Array.from({ length: rows }, (_, row) => row);
          for (const column of Object.keys(recipeColumns).filter((one) => !notCounted.includes(one)))
            counted[column] = column in table.columns ? missingRows(table, column, all) / rows : 1;
        }
        expect(shares, name).toEqual(Object.fromEntries(Object.entries(counted).filter(([, share]) => share > 0)));
      }
    },
    60_000,
  );
});
