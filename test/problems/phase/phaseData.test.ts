import { join } from "node:path";
import { expect, it } from "vitest";
import { categoryColumn, makeTable, textsOf } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { labelledExperiments, phaseDataOf } from "../../../src/problems/phase/phaseData.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

it("phaseDataOfFile joins batches that differ in spaces alone, and names those that differ in case", async () => {
  const { table } = await generateExperiments({ rows: 2_000, seed: 3 });
  const names = [...Object.keys(recipeColumns).filter((name) => Object.hasOwn(table.columns, name)), "phase", "batch"];
  const batches = textsOf(table, "batch");
  const often = batches.findIndex((batch, row) => batches.indexOf(batch, row + 1) > 0);
  const write = (batch: string, row: number): string =>
    row === often ? batch.toUpperCase() : row % 3 === 0 ? `${batch}\u00a0` : batch;
  const path = join(await temporaryFolder(), "batches.csv");
  await writeTable(
    makeTable(
      Object.fromEntries(names.map((name) => [name, table.schema[name]])),
      Object.fromEntries(
        names.map((name) => [name, name === "batch" ? categoryColumn(batches.map(write)) : table.columns[name]]),
      ),
    ),
    path,
  );
  const data = phaseDataOf(await labelledExperiments(path), 1, "file");
  expect(new Set(data.groups).size).toBe(new Set(batches).size + 1);
  expect(data.notes).toContainEqual(
    expect.stringMatching(
      `^batches written nearly alike are kept apart: "[^"]+" and "[^"]+"; write each in one way if they are one$`,
    ),
  );
});
