import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInReagents, findReagent, type ReagentList } from "../../src/chemistry/reagentList.js";
import { readReagents } from "../../src/experiments/readReagents.js";
import { projectPath } from "../../src/io/projectPath.js";
import { readText } from "../../src/io/readText.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

async function readFrom(content: unknown, name = "mine.json", onNote?: (note: string) => void): Promise<ReagentList> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return readReagents(path, { onNote });
}

const beads = { name: "PbBr2 beads", role: "lead source", formula: "PbBr2", ions: { lead: 1, bromide: 2 } };

describe("readReagents", () => {
  it("adds a user's reagents to the built-in ones, with the molar mass of their formula", async () => {
    const notes: string[] = [];
    const list = await readFrom(
      [beads, { name: "TPPBr", role: "bromide source", ions: { bromide: 1 } }],
      "mine.json",
      (note) => notes.push(note),
    );
    expect(notes).toEqual([]);
    expect(findReagent(list, "pbbr2 BEADS")!.molarMass).toBeCloseTo(367.01, 1);
    expect(findReagent(list, "TPPBr")).toMatchObject({ formula: null, molarMass: null, ions: { bromide: 1 } });
    expect(list.reagents.length).toBe(builtInReagents.reagents.length + 2);
    expect(list.overridden).toEqual([]);
  });

  it("puts a user's entry in the place of the built-in one of its name, and tells which", async () => {
    const notes: string[] = [];
    const mine = { name: "Oleylamine", aliases: ["OLA"], role: "amine", ligands: { oleylamine: 1 }, molarMass: 267.5 };
    const list = await readFrom([mine], "mine.json", (note) => notes.push(note));
    expect(notes).toEqual([expect.stringMatching(/mine\.json takes the place of built-in reagents: oleylamine\.$/)]);
    expect(list.overridden).toEqual(["oleylamine"]);
    expect(findReagent(list, "OLA")).toMatchObject({ density: null, purity: null });
    expect(findReagent(list, "OAm")).toBeNull();
  });

  it("reads the same entries from JSON and from CSV", async () => {
    const csv = [
      "name,aliases,role,formula,density,purity,bromide,oleicAcid,impurity,source",
      "my acid,MyA; my-acid 90,acid,C18H34O2,0.89,0.9,,1,stearic acid,label of the bottle",
      "germanium bromide,,bromide source,GeBr2,,,2,,,",
    ];
    const json = [
      {
        ...{ name: "my acid", aliases: ["MyA", "my-acid 90"], role: "acid", formula: "C18H34O2", density: 0.89 },
        ...{ purity: 0.9, ligands: { oleicAcid: 1 }, impurity: "stearic acid", source: "label of the bottle" },
      },
      { name: "germanium bromide", role: "bromide source", formula: "GeBr2", ions: { bromide: 2 } },
    ];
    const [fromCsv, fromJson] = [await readFrom(csv.join("\n"), "mine.csv"), await readFrom(json)];
    expect(fromCsv.reagents).toEqual(fromJson.reagents);
    expect(findReagent(fromCsv, "MyA")?.ligands).toEqual({ oleicAcid: 1 });
  });

  it("reads how polar a solvent is, from columns of a CSV too, and refuses a part of it", async () => {
    const polarity = { relative: 0.164, dielectric: 2.21, hydrogenBonding: 7.4 };
    const [name, role, density] = ["1,4-dioxane of mine", "antisolvent", 1.033];
    const csv = `name,role,density,relative,dielectric,hydrogenBonding\n"${name}",${role},${density},0.164,2.21,7.4\n`;
    for (const list of [await readFrom([{ name, role, density, polarity }]), await readFrom(csv, "mine.csv")])
      expect(findReagent(list, name)?.polarity).toEqual(polarity);
    await expect(readFrom([{ name, role, density, polarity: { relative: 0.164 } }])).rejects.toThrow("dielectric");
  });

  it("accepts the built-in list itself, which is written in the same format", async () => {
    const list = await readReagents(projectPath("src", "chemistry", "reagents.json"));
    expect(list.reagents).toEqual(builtInReagents.reagents);
    expect(list.overridden.length).toBe(builtInReagents.reagents.length);
  });

  it("accepts the examples of docs/reagents.md", async () => {
    const page = await readText(projectPath("docs", "reagents.md"));
    const blocks = Array.from(page.matchAll(/```(json|csv)\n([^`]*)```/g), ([, kind, text]) => ({ kind, text }));
    expect(blocks.map(({ kind }) => kind)).toEqual(["json", "csv"]);
    for (const { kind, text } of blocks) {
      const list = await readFrom(text, `mine.${kind}`);
      expect(list.reagents.length + list.overridden.length).toBeGreaterThan(builtInReagents.reagents.length);
    }
  });

  it.each([
    [
      "an unknown role",
      [{ ...beads, role: "ligand" }],
      'entry 1 ("PbBr2 beads"), role: every entry must be of the format',
    ],
    ["a misspelt field", [{ ...beads, molarmass: 367 }], 'Unrecognized key: "molarmass"'],
    ["an ion that is none", [{ ...beads, ions: { fluoride: 1 } }], '"fluoride"'],
    ["no name", [beads, { role: "acid" }], "entry 2, name: every entry must be of the format"],
    ["purity in percent", [{ ...beads, purity: 99.9 }], "purity: every entry must be of the format"],
    ["a negative density", [{ ...beads, density: -1 }], "density: every entry must be of the format"],
    ["no entries", [], "every entry must be of the format"],
    ["an object", { reagents: [beads] }, "every entry must be of the format"],
    ["a formula that is none", [{ ...beads, formula: "lead bromide" }], "formula: must be elements with counts"],
    [
      "a mass of another formula",
      [{ ...beads, molarMass: 278.1 }],
      "molarMass: must be that of PbBr2, 367.01 g/mol; got 278.1",
    ],
    [
      "more bromide than the formula has",
      [{ ...beads, ions: { lead: 1, bromide: 3 } }],
      'reagent "PbBr2 beads", ions.bromide: must not exceed the 2 atoms of PbBr2; got 3',
    ],
    [
      "an alias of two meanings",
      [{ ...beads, aliases: ["OA"] }],
      '"OA" must mean one reagent; got it also means "oleic acid"',
    ],
    [
      "an acid that brings none",
      [{ name: "oleic acid", aliases: ["OA"], role: "acid", purity: 0.99 }],
      'reagent "oleic acid", ligands: an entry in the role "acid" must bring oleicAcid or otherAcid; got none',
    ],
    [
      "a lead source without lead",
      [{ ...beads, ions: { bromide: 2 } }],
      'ions: an entry in the role "lead source" must bring lead',
    ],
    ["a rest without a purity", [{ ...beads, dilutedWith: "water" }], "purity: must be given"],
    [
      "a rest that is not listed",
      [{ ...beads, purity: 0.5, dilutedWith: "brine" }],
      "dilutedWith: must name another reagent",
    ],
    [
      "a rest that is itself",
      [{ ...beads, purity: 0.5, impurity: "PbBr2 beads" }],
      "impurity: must name another reagent",
    ],
  ])("refuses %s, and names entry and field", async (_, content, message) => {
    await expect(readFrom(content)).rejects.toThrow(message);
  });

  it("names the field of a CSV whose cell is no number", async () => {
    await expect(readFrom("name,role,lead\nmine,lead source,one\n", "mine.csv")).rejects.toThrow(
      'entry 1 ("mine"), ions, lead: every entry must be of the format',
    );
  });
});
