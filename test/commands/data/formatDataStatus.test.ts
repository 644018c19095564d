import { describe, expect, it } from "vitest";
import type { TableStatus } from "../../../src/experiments/dataStore.js";
import { formatDataStatus, formatTransfer } from "../../../src/commands/data/formatDataStatus.js";
import { realTable, wantedTables } from "../../../src/experiments/manifest.js";

const status: readonly TableStatus[] = [
  { table: realTable("recipes"), state: "present", path: "data/real/cs_pb_br_recipes.csv", mend: "" },
  {
    table: realTable("olympus-config"),
    state: "different",
    path: "data/real/olympus_vapdiff_crystal_config.json",
    mend: "remove it",
  },
];

describe("formatDataStatus", () => {
  const lines = formatDataStatus(status).split("\n");

  it("tells of each table state, place, size, hash, origin, citation and licence", () => {
    expect(lines.slice(0, 3)).toEqual([
      "present   recipes              89 published Cs-Pb-Br recipes from 23 papers",
      "                               data/real/cs_pb_br_recipes.csv, 19241 bytes, 89 rows, SHA-256 091129eb9a39…",
      "                               from Sharpiless/Nanocrystals-Deep-Learning, " +
        "Cs-Pb-Br rows of the raw recipe table; Gu et al., ACS Nano 2025, doi:10.1021/acsnano.5c09134; " +
        "licence: research, non-commercial (redistribution: never: import it on each machine)",
    ]);
  });

  it("gives a mend where there is one, and no rows where the file is not a table", () => {
    expect(lines[3]).toMatch(/^different olympus-config {7}columns of the olympus table$/);
    expect(lines[4]).not.toContain("rows");
    expect(lines[6]).toBe("                               mend: remove it");
    expect(lines.filter((line) => line.includes("mend:"))).toHaveLength(1);
  });

  it("counts what is here, and names the tables that would help and have no loader", () => {
    expect(lines.slice(7)).toEqual([
      "",
      "1 of 2 present. Public and wanted, but no loader yet:",
      ...wantedTables.map(({ content, where }) => `  ${content} (${where})`),
    ]);
    expect(wantedTables.length).toBeGreaterThan(0);
  });
});

describe("formatTransfer", () => {
  it("has a line for each file with what was done to it", () => {
    const note = { id: "recipes", file: "a.csv", note: "MIT" };
    expect(
      formatTransfer([
        { ...note, did: "copied" },
        { ...note, did: "must be imported", note: "ask" },
      ]),
    ).toBe("copied           a.csv  (MIT)\nmust be imported a.csv  (ask)");
  });
});
