import { describe, expect, it } from "vitest";
import { builtInReagents, extendReagents } from "../../../src/chemistry/reagentList.js";
import { flaggedRecipe } from "../../../src/commands/predict/flaggedRecipe.js";
import { flagText, recipeFlags, recipeFlagsOf } from "../../../src/commands/predict/recipeFlags.js";
import { numbersOf, textsOf } from "../../../src/core/Table.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";

const whole = { lead: "30mM", caesium: "8mM", bromide: "60mM" };

describe("flaggedRecipe", () => {
  it("reads values in any unit of their kind, in the units of the columns", async () => {
    const table = await flaggedRecipe({
      ...whole,
      route: "Hot Injection",
      temperature: "443.15 K",
      time: "2min",
      volume: "5000µL",
      oleicAcid: "0.25 M",
      waterFraction: "0.5%",
      antisolventRatio: "10",
      caesiumSource: " caesium oleate ",
    });
    const value = (name: string): number => numbersOf(table, name)[0];
    expect(table.numRows).toBe(1);
    expect(value("leadMolar")).toBe(0.03);
    expect(value("temperatureCelsius")).toBe(170);
    expect(value("timeSecond")).toBe(120);
    expect(value("volumeMillilitre")).toBe(5);
    expect(value("oleicAcidMolar")).toBe(0.25);
    expect(value("waterFraction")).toBe(0.005);
    expect(value("antisolventRatio")).toBe(10);
    expect(value("mixingSecond")).toBeNaN();
    expect([textsOf(table, "route")[0], textsOf(table, "caesiumSource")[0]]).toEqual([
      "hot injection",
      "caesium oleate",
    ]);
  });

  it("has a flag for every column of a recipe but the ratios, each with an example that is read", async () => {
    const words = new Set(
      recipeFlags.map((one) => [one.column.replace(/(?:Celsius|Second|Molar|Millilitre)$/, ""), one.name].join()),
    );
    expect([...words].filter((word) => new Set(word.split(",")).size > 1)).toEqual([]);
    expect(recipeFlags.map(flagText)).toContain("--oleic-acid");
    const flagged = recipeFlags.map(({ column }) => column);
    expect(Object.keys(recipeColumns).filter((name) => !flagged.includes(name))).toEqual([
      "caesiumLeadRatio",
      "bromideLeadRatio",
    ]);
    for (const one of recipeFlags) await flaggedRecipe({ ...whole, [one.name]: one.example });
  });

  it.each([
    [
      "a bare number",
      { lead: "5" },
      '--lead: must have its unit, one of M, mM, µM; got "5"; write for example --lead 30mM',
    ],
    ["a unit of another kind", { time: "5nm" }, '--time: must be in one of s, ns, µs, ms, min, h, d; got "5nm"'],
    [
      "an amount",
      { caesium: "2mmol" },
      'got "2mmol"; divide by the volume of all liquid, write for example --caesium 8mM',
    ],
    ["a word", { temperature: "warm" }, '--temperature: must be a number with its unit; got "warm"'],
    [
      "M for mM",
      { lead: "5M" },
      '--lead: must be from 0 to 2 mol/L; got "5M"; was mM or µM meant? then write that unit',
    ],
    ["a negative amount", { lead: "-5mM" }, '--lead: must be from 0 to 2 mol/L; got "-5mM"'],
    ["heat beyond the range", { temperature: "450C" }, 'must be from -20 to 300 °C; got "450C"; was K or F meant?'],
    ["a share above 1", { waterFraction: "5" }, '--water-fraction: must be from 0 to 1; got "5"; was % meant?'],
    ["a route that there is not", { route: "microwave" }, '--route: must be one of "hot injection"'],
  ])("refuses %s, and says what would do", async (_, flags, words) => {
    await expect(flaggedRecipe({ ...whole, ...flags })).rejects.toThrow(words);
  });

  it("derives bromide from salts of lead and caesium alone; without any it says what it takes lead for", async () => {
    const bromide = async (flags: Readonly<Record<string, string>>): Promise<number> =>
      numbersOf(await flaggedRecipe({ lead: "30mM", caesium: "8mM", ...flags }), "bromideMolar")[0];
    expect(await bromide({ bromideSource: "lead bromide" })).toBeCloseTo(0.06, 12);
    expect(await bromide({ bromideSource: "PbBr2", caesiumSource: "caesium bromide" })).toBeCloseTo(0.068, 12);
    expect(await bromide({ bromideSource: "lead bromide + CsBr", caesiumSource: "CsBr" })).toBeCloseTo(0.068, 12);
    expect(await bromide({ bromideSource: "lead bromide", bromide: "0.07M" })).toBe(0.07);
    expect(await bromide({ caesiumSource: "CsBr" })).toBeCloseTo(0.068, 12);
    const notes: string[] = [];
    const assumed = await flaggedRecipe(
      { lead: "5mM", caesium: "1.2mM", temperature: "170C" },
      { onNote: (note) => notes.push(note) },
    );
    expect(numbersOf(assumed, "bromideMolar")[0]).toBeCloseTo(0.01, 12);
    expect(notes).toEqual([
      "assumed: lead comes as lead bromide, which makes 10 mM of bromide in all; " +
        "--bromide or --bromide-source says otherwise",
    ]);
    expect(await bromide({ bromideSource: "" })).toBeCloseTo(0.06, 12);
    // Of what is missing lead is asked for first, and no salt is named that nobody wrote.
    expect(numbersOf(await flaggedRecipe({ caesium: "1mM" }), "bromideMolar")[0]).toBeNaN();
    await expect(flaggedRecipe({ caesium: "1mM", bromideSource: "PbBr2" })).rejects.toThrow("without --lead");
    await expect(bromide({ bromideSource: "lead bromide+oleylammonium bromide" })).rejects.toThrow(
      'got "oleylammonium bromide", of which no amount is known',
    );
    await expect(bromide({ bromideSource: "moon dust" })).rejects.toThrow('got "moon dust", of which no amount');
  });

  it("counts the bromide of a user's own salts (they counted as none)", async () => {
    const reagents = extendReagents(
      builtInReagents,
      [{ name: "my salt", formula: "CsBr", role: "caesium source", ions: { caesium: 1, bromide: 1 } }],
      { where: "mine.json" },
    );
    const flags = { lead: "30mM", caesium: "8mM", bromideSource: "lead bromide", caesiumSource: "my salt" };
    expect(numbersOf(await flaggedRecipe(flags, { reagents }), "bromideMolar")[0]).toBeCloseTo(0.068, 12);
  });

  it("tells a recipe of flags from none", () => {
    expect(recipeFlagsOf({ model: "abcd", out: "x.csv" })).toBeUndefined();
    expect(recipeFlagsOf({ model: "abcd", lead: "5mM" })).toEqual({ lead: "5mM" });
  });
});
