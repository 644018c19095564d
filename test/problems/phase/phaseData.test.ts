import { writeFile } from "node:fs/promises";
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

const header = "route,caesiumMolar,leadMolar,bromideMolar,antisolvent,phase";

it("labelledExperiments says that antisolvents of one route are not told apart, and not those of several", async () => {
  const path = join(await temporaryFolder(), "antisolvents.csv");
  const rows = ["toluene", "ethyl acetate", ""].map((name) => `LARP,0.01,0.02,0.05,${name},CsPbBr3`);
  await writeFile(path, [header, ...rows, ""].join("\n"));
  expect((await labelledExperiments(path)).notes).toContainEqual(
    expect.stringMatching(/^antisolvents are not told apart by name, only by volume: ethyl acetate, toluene; /),
  );
  await writeFile(path, [header, rows[0], rows[1].replace("LARP", "bulk antisolvent"), ""].join("\n"));
  expect((await labelledExperiments(path)).notes.join()).not.toContain("told apart");
});

it("labelledExperiments lists all strange phases at once, not one at each try", async () => {
  const path = join(await temporaryFolder(), "spellings.csv");
  const rows = ["CPB", "0D", "CPB", "CsPbBr3"].map((phase) => `LARP,0.01,0.02,0.05,,${phase}`);
  await writeFile(path, [header, ...rows, ""].join("\n"));
  await expect(labelledExperiments(path)).rejects.toThrow(/row 1, column phase: .*got "CPB", "0D"; rename the phase/);
});
