import { describe, expect, it } from "vitest";
import { halvingPruner } from "../../../src/tuning/pruners/halvingPruner.js";
import { medianPruner } from "../../../src/tuning/pruners/medianPruner.js";
import { patiencePruner } from "../../../src/tuning/pruners/patiencePruner.js";
import { prunerMakers, prunerOf } from "../../../src/tuning/pruners/prunerOf.js";
import { wilcoxonPruner } from "../../../src/tuning/pruners/wilcoxonPruner.js";

describe("prunerOf", () => {
  it("makes every pruner again from the settings that it says, through JSON", () => {
    const pruners = [
      medianPruner({ startup: 2, warmup: 3 }),
      halvingPruner({ first: 2, reduction: 3 }),
      patiencePruner({ patience: 3, least: 0.5 }),
      wilcoxonPruner({ level: 0.2 }),
    ];
    expect(new Set(pruners.map(({ settings }) => settings.name))).toEqual(new Set(Object.keys(prunerMakers)));
    for (const { settings } of pruners)
      expect(prunerOf(JSON.parse(JSON.stringify(settings)) as typeof settings).settings).toEqual(settings);
    expect(prunerOf({ name: "median" }).settings).toEqual(medianPruner().settings);
  });

  it("refuses names and options that it does not know, and values that are none", () => {
    expect(() => prunerOf({ name: "hyperband" })).toThrow(
      'must be one of median, halving, patience, wilcoxon; got "hyperband"',
    );
    expect(() => prunerOf({ name: "halving", reduction: 1 })).toThrow("pruner halving: must have the options");
    expect(() => prunerOf({ name: "wilcoxon", level: 1 })).toThrow("level");
    expect(() => prunerOf({ name: "patience", patients: 3 })).toThrow("patients");
  });
});
