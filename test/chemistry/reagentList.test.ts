import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formulaElements, formulaMass } from "../../src/chemistry/formulaElements.js";
import { reagentRoles } from "../../src/chemistry/Reagent.js";
import { builtInReagents, extendReagents, findReagent, otherMeaning } from "../../src/chemistry/reagentList.js";
import { projectPath } from "../../src/io/projectPath.js";
import { readRawCsv } from "../../src/io/tables/readRawCsv.js";

const shared = projectPath("..", "shared");
if (!existsSync(shared)) console.warn("tests on reagents of real tables are skipped: ../shared is not here");
const { reagents } = builtInReagents;
const nameOf = (text: string): string | null => findReagent(builtInReagents, text)?.name ?? null;

describe("builtInReagents", () => {
  it("weigh what their elements weigh, to the rounding of a catalogue", () => {
    const wrong = reagents.filter(
      ({ formula, molarMass }) => formula !== null && !(Math.abs(formulaMass(formula)! - molarMass!) < 0.05),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(reagents.filter(({ formula }) => formula !== null).length).toBeGreaterThan(200);
  });

  it("bring the caesium, lead and bromide of their formulas, and no more", () => {
    const counted = { caesium: "Cs", lead: "Pb", bromide: "Br", iodide: "I", chloride: "Cl" } as const;
    const wrong = reagents.flatMap(({ name, formula, ions, role }) => {
      const elements = formula === null ? null : formulaElements(formula);
      if (elements === null) return [];
      return Object.entries(counted).flatMap(([ion, element]) => {
        const brought = ions[ion as keyof typeof counted] ?? 0;
        const isSolvent = role === "antisolvent" || name === "finished caesium lead bromide";
        return brought === (isSolvent ? 0 : (elements.get(element) ?? 0)) ? [] : [`${name}: ${ion}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it("have a role, a source for what is measured, and density only between 0.6 and 3.2 g/mL", () => {
    for (const { name, role, density, purity, source } of reagents) {
      expect(reagentRoles, name).toContain(role);
      if (density !== null || purity !== null) expect(source, name).toMatch(/CRC Handbook|suppliers/);
      if (density !== null) expect(density > 0.6 && density < 3.2, name).toBe(true);
      if (purity !== null) expect(purity > 0.3 && purity < 0.98, name).toBe(true);
    }
  });

  it("name only reagents of the list as what they are diluted with, and aliases of theirs as in doubt", () => {
    for (const one of reagents) {
      if (one.dilutedWith !== undefined) expect(nameOf(one.dilutedWith)).toBe(one.dilutedWith);
      for (const alias of Object.keys(one.ambiguous ?? {})) expect(one.aliases, one.name).toContain(alias);
    }
  });

  it("bring acid and amine where that is their role", () => {
    for (const { name, role, ligands } of reagents) {
      if (role === "acid") expect((ligands?.oleicAcid ?? 0) + (ligands?.otherAcid ?? 0), name).toBe(1);
      if (role === "amine") expect((ligands?.oleylamine ?? 0) + (ligands?.otherAmine ?? 0), name).toBe(1);
    }
  });
});

describe("reagents of real tables", () => {
  const readCsv = async (file: string, separator?: string) =>
    (await readRawCsv(join(shared, file), separator === undefined ? {} : { separator })).columns;

  it.skipIf(!existsSync(shared))("are all known, whether open or kept aside (skipped without ../shared)", async () => {
    const names = new Set<string>();
    for (const file of ["real-data/cs_pb_br_recipes.csv", "blind/recipes.csv"])
      for (const text of (await readCsv(file)).all)
        for (const [, name] of text!.matchAll(/'([^']+)':/g)) names.add(name);
    for (const file of ["real-data/cspbbr3_nanoplatelets_full.csv", "blind/nanoplatelets.csv"])
      for (const name of (await readCsv(file)).antisolvent) names.add(name!);
    expect(names.size).toBeGreaterThan(50);
    expect([...names].filter((name) => nameOf(name) === null)).toEqual([]);
  });

  it.skipIf(!existsSync(shared))(
    "have the densities of a table of antisolvents, to 5 % (skipped without ../shared)",
    async () => {
      const columns = await readCsv("real-data/nanoplatelet_antisolvents.csv", ";");
      const ratios = columns.antisolvent.map((name, row) => {
        const { density, molarMass } = findReagent(builtInReagents, name!)!;
        return (1000 * density!) / molarMass! / Number(columns["c [mol/L]"][row]);
      });
      expect(ratios.length).toBe(6);
      for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    },
  );

  it.skipIf(!existsSync(shared))(
    "have the polarities of that table, but for what handbooks give otherwise by 2 % (skipped without ../shared)",
    async () => {
      const columns = await readCsv("real-data/nanoplatelet_antisolvents.csv", ";");
      columns.antisolvent.forEach((name, row) => {
        const { polarity } = findReagent(builtInReagents, name!)!;
        const told = (column: string): number => Number(columns[column][row]);
        expect(polarity!.relative).toBe(told("relative polarity (-)"));
        expect(polarity!.hydrogenBonding).toBe(told("Hansen parameter hydrogen bonding (MPa)1/2"));
        expect(Math.abs(polarity!.dielectric / told("dielectric constant (-)") - 1)).toBeLessThan(0.02);
      });
    },
  );

  it("stand in docs/reagents.md with the meaning that the list gives them", () => {
    const page = readFileSync(projectPath("docs", "reagents.md"), "utf8");
    const rows = Array.from(page.matchAll(/^\| (\S+) \| ([^|]+) \| ([^|]+) \|$/gm), ([, ...cells]) => cells).slice(1);
    expect(rows.length).toBeGreaterThan(5);
    for (const [text, name, other] of rows) {
      expect(nameOf(text), text).toBe(name);
      for (const one of other.split(", "))
        expect(otherMeaning(findReagent(builtInReagents, text)!, text)).toContain(one);
    }
  });
});

describe("findReagent", () => {
  it.each([
    ["Oleic Acid", "oleic acid"],
    ["OAm", "oleylamine"],
    ["OLAm", "oleylamine"],
    ["1-Octadecene", "1-octadecene"],
    ["cesium carbonate", "caesium carbonate"],
    ["Cs₂CO₃", "caesium carbonate"],
    ["Cs-oleate", "caesium oleate"],
    ["cs_oa", "caesium oleate"],
    ["PbBr2", "lead bromide"],
    ["Pb(OAc)2 . 3H2O", "lead acetate trihydrate"],
    ["Pb(CH3COO)2", "lead acetate"],
    ["n,n‑dimethylformamide", "N,N-dimethylformamide"],
    ["OLA·HBr", "oleylammonium bromide"],
    ["γ-butyrolactone", "gamma-butyrolactone"],
    ["C18H34O2", "oleic acid"],
    ["HBr", "hydrobromic acid"],
    ["i-PrOH", "isopropanol"],
  ])("reads %s as %s", (text, name) => {
    expect(nameOf(text)).toBe(name);
  });

  it("names none by a formula of several, and none by what it does not know", () => {
    expect(["C3H8O", "C8H16O2", "unobtainium", "", "--"].map(nameOf)).toEqual([null, null, null, null, null]);
  });

  it("finds every reagent by its name and aliases, in any case and spacing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...reagents), fc.nat(), fc.boolean(), (reagent, pick, isUpper) => {
        const texts = [reagent.name, ...reagent.aliases];
        const text = texts[pick % texts.length];
        const written = ` ${(isUpper ? text.toUpperCase() : text).replaceAll("-", " - ")} `;
        expect(findReagent(builtInReagents, written)).toBe(reagent);
      }),
    );
  });

  it("says what else an abbreviation may mean", () => {
    expect(otherMeaning(findReagent(builtInReagents, "OA")!, "oa")).toMatch(/octylamine/);
    expect(otherMeaning(findReagent(builtInReagents, "OA")!, "oleic acid")).toBeNull();
  });
});

describe("extendReagents", () => {
  const where = "mine.json";

  it("adds a reagent, and puts an entry in the place of a built-in one of its name", () => {
    const list = extendReagents(
      builtInReagents,
      [
        { name: "lead undecenoate", aliases: ["Pb(UA)2"], role: "lead source", ions: { lead: 1 } },
        { name: "Oleic acid", role: "acid", aliases: ["OA"], purity: 0.99, ligands: { oleicAcid: 1 } },
      ],
      { where },
    );
    expect(findReagent(list, "pb(ua)2")?.ions).toEqual({ lead: 1 });
    expect(findReagent(list, "oa")?.purity).toBe(0.99);
    expect(findReagent(list, "cis-9-octadecenoic acid")).toBeNull();
    expect(list.overridden).toEqual(["oleic acid"]);
    expect(list.reagents.length).toBe(reagents.length + 1);
    expect(findReagent(builtInReagents, "oa")?.purity).toBe(0.9);
  });

  it("leaves the formula of a built-in reagent to it, and takes a new one", () => {
    const list = extendReagents(
      builtInReagents,
      [
        { name: "lead bromide beads", role: "lead source", formula: "PbBr2", ions: { lead: 1, bromide: 2 } },
        { name: "germanium bromide", role: "bromide source", formula: "GeBr2", ions: { bromide: 2 } },
        { name: "methoxyethane", role: "solvent", formula: "C3H8O" },
      ],
      { where },
    );
    expect(["PbBr2", "GeBr2", "C3H8O"].map((text) => findReagent(list, text)?.name)).toEqual([
      "lead bromide",
      "germanium bromide",
      undefined,
    ]);
  });

  it.each([
    [
      [{ name: "my amine", aliases: ["OLA"], role: "amine" }],
      '"OLA" must mean one reagent; got it also means "oleylamine"',
    ],
    [[{ name: "PbBr2", role: "lead source" }], 'got it also means "lead bromide"'],
    [
      [
        { name: "mine", aliases: ["X1"], role: "acid" },
        { name: "yours", aliases: ["x-1"], role: "acid" },
      ],
      'mine.json, reagent "yours": "x-1" must mean one reagent; got it also means "mine"',
    ],
    [
      [
        { name: "mine", role: "acid" },
        { name: "Mine", role: "amine" },
      ],
      'got it also means "mine"',
    ],
    [[{ name: "--", role: "acid" }], "must have letters or digits"],
  ] as const)("refuses an alias of two meanings: %j", (entries, message) => {
    expect(() => extendReagents(builtInReagents, entries, { where })).toThrow(message);
  });
});
