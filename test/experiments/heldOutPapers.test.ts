import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { textsOf } from "../../src/core/Table.js";
import { acceptanceCases } from "../../src/experiments/acceptanceCases.js";
import { projectPath } from "../../src/io/projectPath.js";
import { heldOutPapers } from "../../src/experiments/heldOutPapers.js";
import { literatureFacts } from "../../src/experiments/literatureFacts.js";
import { loadRecipes } from "../../src/experiments/loadRecipes.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../support/realData.js";

const { heldOut, acceptance } = await heldOutPapers();

afterEach(() => {
  vi.doUnmock("../../src/io/readText.js");
  vi.resetModules();
});

describe("heldOutPapers", () => {
  it("are no acceptance facts: the two lists share no paper, and neither names one twice", () => {
    expect(heldOut.filter((doi) => acceptance.includes(doi))).toEqual([]);
    for (const list of [heldOut, acceptance]) {
      expect(new Set(list).size).toBe(list.length);
      expect(list).toEqual([...list].sort());
      for (const doi of list) expect(doi).toMatch(/^10\.\d{4,}\/[^\sA-Z]+$/);
    }
    expect(heldOut.length).toBeGreaterThan(0);
  });

  it("are the papers of no phase that the twin must reproduce, and of no curated series", async () => {
    for (const { doi, id } of await acceptanceCases()) expect(heldOut, id).not.toContain(doi);
    const { sizeSeries, phaseTriad } = await literatureFacts();
    for (const { doi } of [...sizeSeries, ...phaseTriad.points]) expect(heldOut).not.toContain(doi);
  });

  it("test phases only where a size law was fitted to the paper: that is one, and the law says so", async () => {
    const { facts } = await literatureFacts();
    const ripening = facts.find(({ id }) => id === 39)!;
    expect(ripening.dois.filter((doi) => heldOut.includes(doi))).toEqual(["10.1038/srep37693"]);
    expect(readFileSync(projectPath("src", "chemistry", "constants.ts"), "utf8")).toContain(
      "10.1038/srep37693, a held-out paper: its sizes test nothing",
    );
  });

  it.skipIf(!hasRealData)(
    "are what the seeded draw gives: " +
      "30 % of the papers of the table that are no acceptance facts (skipped without ../shared/real-data)",
    async () => {
      const { table } = loadRecipes(await readRawCsv(`${realData}/cs_pb_br_recipes.csv`));
      const candidates = [...new Set(textsOf(table, "doi"))].filter((doi) => !acceptance.includes(doi)).sort();
      const random = seededRandom(2026).fork("held-out DOIs");
      const shuffled = [...candidates];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
      }
      expect(heldOut).toEqual(shuffled.slice(0, Math.round(0.3 * candidates.length)).sort());
    },
  );

  it.skipIf(!hasRealData)(
    "have recipes in the table, all of CsPbBr3, " +
      "so that the constant rule is perfect on them (skipped without ../shared/real-data)",
    async () => {
      const { table } = loadRecipes(await readRawCsv(`${realData}/cs_pb_br_recipes.csv`));
      const [papers, phases] = [textsOf(table, "doi"), textsOf(table, "phase")];
      for (const doi of heldOut) expect(papers, doi).toContain(doi);
      expect(new Set(phases.filter((_, row) => heldOut.includes(papers[row])))).toEqual(new Set(["CsPbBr3"]));
      // Every paper with another phase trains.
      for (const phase of ["Cs4PbBr6", "CsPb2Br5"]) expect(phases.includes(phase)).toBe(true);
    },
  );

  it("refuses a file that is not of its shape and says not to edit it (planted)", async () => {
    vi.resetModules();
    vi.doMock("../../src/io/readText.js", () => ({
      readJson: () => Promise.resolve({ meaning: "", seed: 2026, share: 0.3, acceptance: [], heldOut: [1] }),
    }));
    const fresh = await import("../../src/experiments/heldOutPapers.js");
    await expect(fresh.heldOutPapers()).rejects.toThrow(
      new RegExp(
        /data\/literature\/held-out-dois\.json: must list DOIs; .*restore it from git; /.source +
          /it was drawn before any fit and is never edited/.source,
      ),
    );
  });
});
