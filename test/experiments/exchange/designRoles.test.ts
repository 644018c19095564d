import { describe, expect, it } from "vitest";
import { designRoles } from "../../../src/experiments/exchange/designRoles.js";
import { campaignSchema } from "../../../src/experiments/loadCrystallisationCampaigns.js";
import { cadmiumSelenideSchema } from "../../../src/experiments/loadCadmiumSelenide.js";
import { crystallisationSchema } from "../../../src/experiments/loadCrystallisations.js";
import { nanoplateletSchema } from "../../../src/experiments/loadNanoplatelets.js";

describe("designRoles", () => {
  it.each([
    ["nanoplatelets", nanoplateletSchema],
    ["nanoplatelets-all", nanoplateletSchema],
    ["crystallisations", crystallisationSchema],
    ["crystallisation-campaigns", campaignSchema],
    ["cadmium-selenide", cadmiumSelenideSchema],
  ])("of %s names columns that there are, and a number among them that is sought", (name, schema) => {
    const { inputs, target } = designRoles(name);
    expect(inputs.length).toBeGreaterThan(3);
    expect(inputs.filter((column) => !Object.hasOwn(schema, column))).toEqual([]);
    expect(schema[target!].kind).toBe("number");
    expect(inputs).not.toContain(target);
  });

  it("takes an unknown table as recipes, of which nobody said what is sought", () => {
    expect(designRoles("toString")).toMatchObject({ target: null });
    expect(designRoles("mine").inputs).toContain("caesiumMolar");
  });
});
