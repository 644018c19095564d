import { describe, expect, it } from "vitest";
import { checkColumnNames, unitInName } from "../../src/core/checkColumnNames.js";
import type { Schema } from "../../src/core/Schema.js";

const schema: Schema = {
  leadMolar: { kind: "number", unit: "mol/L", meaning: "lead", required: true },
  waterFraction: { kind: "number", unit: "1", meaning: "water" },
};

function complaint(...names: string[]): string {
  try {
    checkColumnNames(names, schema, { where: "f" });
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
}

describe("checkColumnNames", () => {
  it("accepts the schema's names in any order and absent optional ones", () => {
    expect(complaint("waterFraction", "leadMolar")).toBe("none");
    expect(complaint("leadMolar")).toBe("none");
  });

  it("gives the factor between two units of one quantity", () => {
    expect(complaint("leadMillimolar")).toBe(
      "f, column leadMillimolar: must be leadMolar, in mol/L; got mmol/L; multiply by 0.001 and rename the column",
    );
    expect(complaint("leadMolar", "waterPercent")).toMatch(/multiply by 0\.01/);
  });

  it("answers a name of 100,000 letters at once (103 s)", () => {
    const begun = process.cpuUsage();
    expect(complaint("leadMolar", "x".repeat(100_000))).toContain("remove the column, or rename it");
    expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(1);
  });

  it("finds a slip in a long name, and takes no short name of the user's for a slip", () => {
    expect(complaint("leadMolar", "watreFraction")).toMatch(/did you mean waterFraction\?/);
    const wanted: Schema = {
      date: { kind: "category", unit: "", meaning: "day" },
      route: { kind: "category", unit: "", meaning: "way" },
      lab: { kind: "category", unit: "", meaning: "laboratory" },
    };
    for (const name of ["name", "note", "rate", "site", "lot"])
      expect(() => checkColumnNames([name], wanted, { where: "f", unknown: "keep" })).not.toThrow();
    expect(() => checkColumnNames(["Date"], wanted, { where: "f", unknown: "keep" })).toThrow(/date/);
  });

  it("gives no factor between units of different quantities", () => {
    expect(complaint("leadMillimole")).toMatch(/got mmol; convert it from mmol to mol\/L/);
  });
});

describe("unitInName", () => {
  it("takes the longest unit word at the end of a name", () => {
    expect(unitInName("volumeMillilitre")).toBe("mL");
    expect(unitInName("leadMillimolar")).toBe("mmol/L");
    expect(unitInName("phase")).toBeUndefined();
  });
});
