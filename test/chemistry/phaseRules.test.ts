import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { decidingRules, phaseRules } from "../../src/chemistry/phaseRules.js";
import { recipeFields } from "../../src/chemistry/recipeSchema.js";
import { categoryColumn, makeTable, type Table } from "../../src/core/Table.js";

interface Case {
  readonly id: string;
  readonly phase: string;
  readonly route: string;
  readonly leadMolar: number;
  readonly caesiumLeadRatio: number;
  readonly oleicAcidLeadRatio: number;
  readonly oleylamineLeadRatio: number;
  readonly polarSolventFraction: number;
  readonly waterFraction: number;
}
const literature = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/literature/${file}`, import.meta.url), "utf8"));
const { cases } = literature("acceptance.json") as { readonly cases: readonly Case[] };
const knownDois = new Set(
  (literature("facts.json") as readonly { readonly dois: readonly string[] }[]).flatMap(({ dois }) => dois),
);

const read = [
  "route",
  "caesiumMolar",
  "leadMolar",
  "oleicAcidMolar",
  "oleylamineMolar",
  "polarSolventFraction",
  "waterFraction",
] as const;
type Row = Readonly<Record<(typeof read)[number], number | string>>;
const recipe = ({
  route = "hot injection",
  leadMolar = 0.02,
  caesiumLeadRatio = 0.5,
  oleicAcidLeadRatio = 10,
  oleylamineLeadRatio = 10,
  polarSolventFraction = 0,
  waterFraction = 0,
}: Partial<Case>): Row => ({
  route,
  leadMolar,
  caesiumMolar: leadMolar * caesiumLeadRatio,
  oleicAcidMolar: leadMolar * oleicAcidLeadRatio,
  oleylamineMolar: leadMolar * oleylamineLeadRatio,
  polarSolventFraction,
  waterFraction,
});
function tableOf(rows: readonly Row[]): Table {
  const schema = Object.fromEntries(read.map((name) => [name, recipeFields[name]]));
  return makeTable(
    schema,
    Object.fromEntries(
      read.map((name) => [
        name,
        name === "route"
          ? categoryColumn(rows.map((row) => String(row[name])))
          : Float64Array.from(rows, (row) => Number(row[name])),
      ]),
    ),
  );
}
const ruleOf = (some: Partial<Case>): (typeof phaseRules)[number] =>
  phaseRules[decidingRules(tableOf([recipe(some)]))[0]];

describe("phaseRules", () => {
  it.each(cases.map((one) => [one.id, one] as const))("say what was published: %s", (_, one) => {
    expect(ruleOf(one).says).toBe(one.phase);
  });

  it("call hot injections from Cs:Pb 0.15 to 1 CsPbBr3, unlike the nearest stoichiometry", () => {
    for (const caesiumLeadRatio of [0.15, 0.3, 0.375, 0.69, 1])
      expect(ruleOf({ caesiumLeadRatio }).says).toBe("CsPbBr3");
  });

  it.each<[string, Partial<Case>, string]>([
    ["element missing", { caesiumLeadRatio: 0 }, "no target product"],
    ["tenfold caesium", { caesiumLeadRatio: 11 }, "no target product"],
    ["much water", { waterFraction: 0.3 }, "no target product"],
    ["stays dissolved", { route: "LARP", polarSolventFraction: 0.9, leadMolar: 0.02 }, "no target product"],
    ["little acid, no amine", { oleicAcidLeadRatio: 10, oleylamineLeadRatio: 0 }, "Cs4PbBr6"],
    ["excess amine", { oleylamineLeadRatio: 60 }, "Cs4PbBr6"],
    [
      "bulk, even or caesium-rich",
      { route: "bulk antisolvent", polarSolventFraction: 0.4, leadMolar: 0.5, caesiumLeadRatio: 1 },
      "Cs4PbBr6",
    ],
    ["water strips caesium bromide", { caesiumLeadRatio: 4, waterFraction: 0.05 }, "CsPbBr3"],
    ["between CsPbBr3 and Cs4PbBr6", { caesiumLeadRatio: 2 }, "coexistence"],
    ["caesium-rich", { caesiumLeadRatio: 4 }, "Cs4PbBr6"],
    ["lead-rich, not injected hot", { route: "LARP", caesiumLeadRatio: 0.2 }, "CsPb2Br5"],
    ["otherwise", {}, "CsPbBr3"],
  ])('decide by "%s"', (name, some, says) => {
    expect(ruleOf(some)).toMatchObject({ name, says });
  });

  it("let more caesium lead from CsPb2Br5 to CsPbBr3, to both, to Cs4PbBr6, to none", () => {
    const along = [0.1, 0.5, 1, 2, 4, 15].map(
      (caesiumLeadRatio) => ruleOf({ route: "reverse microemulsion", caesiumLeadRatio }).says,
    );
    expect(along).toEqual(["CsPb2Br5", "CsPbBr3", "CsPbBr3", "coexistence", "Cs4PbBr6", "no target product"]);
  });

  it("do not apply where what they need is unknown; the last one always does", () => {
    expect(
      ruleOf({ oleylamineLeadRatio: NaN, waterFraction: NaN, polarSolventFraction: NaN, caesiumLeadRatio: 4 }).name,
    ).toBe("caesium-rich");
    expect(ruleOf({ caesiumLeadRatio: NaN }).name).toBe("otherwise");
  });

  it("cite only papers that stand among the literature facts, and name each phase", () => {
    for (const { dois } of phaseRules) for (const doi of dois) expect(knownDois).toContain(doi);
    expect(new Set(phaseRules.map(({ says }) => says))).toEqual(new Set(phaseNames));
    expect(new Set(phaseRules.map(({ name }) => name)).size).toBe(phaseRules.length);
  });

  it("share no code with the twin", () => {
    const source = readFileSync(new URL("../../src/chemistry/phaseRules.ts", import.meta.url), "utf8");
    expect([...source.matchAll(/from "([^"]+)"/g)].map(([, from]) => from)).toEqual([
      "../core/Table.js",
      "./phases.js",
    ]);
  });

  it("refuse a table without a column that they read", () => {
    const { route: _, ...schema } = tableOf([recipe({})]).schema;
    const { route: __, ...columns } = tableOf([recipe({})]).columns;
    expect(() => decidingRules(makeTable(schema, columns))).toThrow('no column "route"');
  });
});
