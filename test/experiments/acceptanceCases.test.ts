import { afterEach, describe, expect, it, vi } from "vitest";
import { designFault } from "../../src/chemistry/designFault.js";
import { phaseNames } from "../../src/chemistry/phases.js";
import { textsOf } from "../../src/core/Table.js";
import { acceptanceCases, acceptanceEmission } from "../../src/experiments/acceptanceCases.js";
import { literatureFacts } from "../../src/experiments/literatureFacts.js";
import { loadRecipes } from "../../src/experiments/loadRecipes.js";
import { publishedCases } from "../../src/experiments/publishedCases.js";
import { projectPath } from "../../src/io/projectPath.js";
import { readJson } from "../../src/io/readText.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";
import { hasRealData, realData } from "../support/realData.js";

const cases = await acceptanceCases();
const committed = (await readJson(projectPath("data", "literature", "acceptance.json"))) as {
  readonly cases: readonly Record<string, unknown>[];
};

/** The module as it reads another file. */
async function given(changed: unknown): Promise<unknown> {
  vi.resetModules();
  vi.doMock("../../src/io/readText.js", () => ({ readJson: () => Promise.resolve(changed) }));
  const fresh = await import("../../src/experiments/acceptanceCases.js");
  return fresh.acceptanceCases();
}
afterEach(() => {
  vi.doUnmock("../../src/io/readText.js");
  vi.resetModules();
});

describe("acceptanceCases", () => {
  it("has the facts of DOMAIN section 14: the triad, amine-free, and excess oleylamine", () => {
    const told = cases.map(({ conditions: { caesiumMolar, leadMolar, oleicAcidMolar, oleylamineMolar }, phase }) => [
      phaseNames[phase],
      (caesiumMolar / leadMolar).toFixed(2),
      Math.round(oleicAcidMolar / leadMolar),
      Math.round(oleylamineMolar / leadMolar),
    ]);
    expect(told).toEqual([
      ["Cs4PbBr6", "4.28", 550, 5],
      ["CsPbBr3", "0.53", 540, 5],
      ["CsPb2Br5", "0.21", 540, 5],
      ["Cs4PbBr6", "0.50", 3, 0],
      ["CsPbBr3", "0.50", 63, 0],
      ["Cs4PbBr6", "1.00", 5, 100],
    ]);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it("turns ratios into mol/L, and lets caesium oleate hold its acid", () => {
    const [{ conditions }] = cases;
    expect(conditions.caesiumMolar).toBeCloseTo(0.0018 * 4.28, 12);
    expect(conditions.bromideMolar).toBeCloseTo(0.0018 * 5, 12);
    for (const { conditions: c } of cases)
      expect([c.caesiumOleateMolar, c.mixingSecond]).toEqual([c.caesiumMolar, 0.5]);
  });

  it("names for each a fact of facts.json, for the triad that of series.json", async () => {
    const { facts, phaseTriad } = await literatureFacts();
    for (const { fact, doi, id } of cases) {
      const found = facts.find((one) => one.id === fact);
      expect(found, id).toBeDefined();
      if (found!.dois.length > 0) expect(found!.dois, id).toContain(doi);
    }
    const triad = cases
      .filter(({ fact }) => fact === phaseTriad.fact)
      .map(({ doi, phase, conditions: { caesiumMolar, leadMolar } }) => ({
        caesiumLeadRatio: Number((caesiumMolar / leadMolar).toFixed(4)),
        phase: phaseNames[phase],
        doi,
      }));
    expect(triad).toEqual(phaseTriad.points);
  });

  it("are designs that can be carried out: no fault of theirs would have the twin reject them", () => {
    // The share of poor solvent does not matter to any fault that these could have.
    for (const { id, conditions } of cases)
      expect(
        designFault({
          ...conditions,
          polarSolvent: conditions.polarSolventFraction > 0 ? "DMF" : "",
          antisolventRatio: 0,
        }),
        id,
      ).toBe(0);
  });

  it("has peaks of emission at 8.2 to 8.5 nm, each with its fact", async () => {
    const emission = await acceptanceEmission();
    const { facts } = await literatureFacts();
    expect(
      emission.map(({ sizeNanometre, photoluminescencePeakNanometre }) => [
        sizeNanometre,
        photoluminescencePeakNanometre,
      ]),
    ).toEqual([
      [8.2, 508],
      [8.32, 510],
      [8.5, 512],
    ]);
    for (const { fact } of emission) expect(facts.map(({ id }) => id)).toContain(fact);
  });

  it.skipIf(!hasRealData)(
    "agrees with the published recipes where they are in the table, " +
      "within 10 % in every amount (skipped without ../shared/real-data)",
    async () => {
      const published = publishedCases(loadRecipes(await readRawCsv(`${realData}/cs_pb_br_recipes.csv`)).table);
      let compared = 0;
      for (const { id, doi, phase, conditions } of cases) {
        const rows = published.filter((row) => row.doi === doi && row.phase === phase);
        if (rows.length === 0) continue;
        compared++;
        // The first of a paper's rows that made this phase is the one that was rounded.
        const [{ conditions: real }] = rows;
        expect(conditions.route, id).toBe(real.route);
        for (const key of [
          "temperatureCelsius",
          "timeSecond",
          "leadMolar",
          "caesiumMolar",
          "bromideMolar",
          "oleicAcidMolar",
          "oleylamineMolar",
          "polarSolventFraction",
          "volumeMillilitre",
        ] as const) {
          expect(
            Math.abs(conditions[key] - real[key]) <= 0.1 * Math.max(real[key], 1e-12),
            `${id}, ${key}: ${conditions[key]} for ${real[key]}`,
          ).toBe(true);
        }
      }
      expect(compared).toBeGreaterThanOrEqual(3);
    },
  );

  it.skipIf(!hasRealData)(
    "has every paper of the acceptance list that is in the table (skipped without ../shared/real-data)",
    async () => {
      const { table } = loadRecipes(await readRawCsv(`${realData}/cs_pb_br_recipes.csv`));
      const papers = new Set(textsOf(table, "doi"));
      const inTable = cases.filter(({ doi }) => papers.has(doi)).map(({ id }) => id);
      expect(inTable).toEqual(expect.arrayContaining(["triad-caesium-rich", "triad-even", "triad-lead-rich"]));
    },
  );

  it("refuses an entry that is not of its shape, naming it (planted)", async () => {
    const [first, ...rest] = committed.cases;
    await expect(given({ ...committed, cases: [{ ...first, leadMolar: -1 }, ...rest] })).rejects.toThrow(
      "data/literature/acceptance.json: every entry must be of its shape; got cases.0.leadMolar:",
    );
    await expect(given({ ...committed, cases: [...rest, { ...first, phase: "CsPbBr4" }] })).rejects.toThrow(
      `cases.${rest.length}.phase`,
    );
    await expect(given({ ...committed, cases: [{ ...first, colour: "green" }] })).rejects.toThrow("colour");
  });
});
