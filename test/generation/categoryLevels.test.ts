import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { categoryLevels } from "../../src/generation/categoryLevels.js";
import { experimentSchema } from "../../src/generation/experimentSchema.js";
import { isWideCode } from "../../src/generation/columnMemory.js";
import { CodeSlot, codeSlots } from "../../src/generation/layout.js";
import { twinSetup } from "../../src/generation/twinSetup.js";

const setup = twinSetup({ seed: 1, labs: { count: 3 } });
const levels = categoryLevels(setup);

describe("categoryLevels", () => {
  it("has a list of different texts for every category", () => {
    expect(levels).toHaveLength(codeSlots);
    levels.forEach((texts, slot) => expect(new Set(texts).size, CodeSlot[slot]).toBe(texts.length));
  });

  it("has the levels that the schema allows, where it names them", () => {
    levels.forEach((texts, slot) => {
      const allowed = experimentSchema[CodeSlot[slot]].levels;
      if (allowed !== undefined) expect(texts, CodeSlot[slot]).toEqual(allowed);
    });
    expect(levels[CodeSlot.phase]).toEqual(phaseNames);
  });

  it("names laboratories, their three operators, their 104 weeks, and days", () => {
    expect(levels[CodeSlot.lab]).toEqual(["lab 01", "lab 02", "lab 03"]);
    expect(levels[CodeSlot.operator].slice(2, 5)).toEqual([
      "lab 01 operator 3",
      "lab 02 operator 1",
      "lab 02 operator 2",
    ]);
    expect([levels[CodeSlot.batch].length, levels[CodeSlot.batch][0], levels[CodeSlot.batch][311]]).toEqual([
      312,
      "lab 01 week 001",
      "lab 03 week 104",
    ]);
    expect([levels[CodeSlot.date].length, levels[CodeSlot.date][727]]).toEqual([728, "2025-12-28"]);
    expect(levels[CodeSlot.campaign]).toEqual(setup.regions.map(({ region }) => region.name));
  });

  it("fits the codes into their bytes, with as many laboratories as there may be", () => {
    categoryLevels(twinSetup({ seed: 1, labs: { count: 80 } })).forEach((texts, slot) =>
      expect(texts.length, CodeSlot[slot]).toBeLessThanOrEqual(isWideCode(slot) ? 65_536 : 256),
    );
  });
});
