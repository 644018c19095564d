import { describe, expect, it, vi } from "vitest";
import { reviewTargets, type TargetSources } from "../../../src/analyses/07-validation/reviewTargets.js";
import { type EvidenceFile, measurement } from "../../../src/core/Evidence.js";
import type { EstimateOrReason } from "../../../src/core/statistics/Estimate.js";
import type * as paths from "../../../src/io/projectPath.js";
import type { SplitReport } from "../../../src/problems/questions/splitReport.js";
import type { SplitScores } from "../../../src/problems/rivals/scoreRivals.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const real = await original<typeof paths>();
  const path = await import("node:path");
  return { ...real, outputPath: (...parts: string[]) => path.join(place.output, ...parts) };
});
place.output = temporaryProject();

const between = (low: number, high: number): EstimateOrReason => ({
  value: (low + high) / 2,
  interval: { low, high, level: 0.95, method: "by hand" },
  reason: null,
});
const nothing = (reason: string): EstimateOrReason => ({ value: null, interval: null, reason });

function report(question: string, split: string, score: EstimateOrReason, rows = 100): SplitReport {
  const rival = { name: "chosen", score, loss: score };
  const scores: SplitScores = {
    ...{ problem: question, split, sha256: "", unit: "recipe", rows, groups: 50, measure: "R²" },
    rivals: [rival],
    chosen: rival,
    choices: { chosen: 5 },
    calibration: null,
    limits: { promised: 0.9, coverage: score, overGroups: score, width: 1, byGroup: [] },
    domain: { outside: 0, area: nothing("few") },
  };
  return { question, what: question, unit: "nm", split, scores, reason: null, gains: [] };
}

function evidence<Result>(
  id: string,
  result: Result,
  drop: EstimateOrReason = between(0.1, 0.3),
): EvidenceFile<Result> {
  const measured = drop.interval === null ? { reason: drop.reason } : { interval: drop.interval };
  return {
    ...{ id, seed: 1, inputs: {}, source: "src", code: "c", engine: "typescript", labels: "real", madeBy: "reproduce" },
    measurements: [measurement({ id: "VR3.temporalDrop", meaning: "m", unit: "1", value: drop.value, ...measured })],
    result,
  };
}

function sources(peak: EstimateOrReason, favourable: number | null): TargetSources {
  const table = { caption: "", columns: [], rows: [] };
  const low = between(0.2, 0.4);
  const platelets = [
    report("platelet-peak", "by recipe", peak),
    report("platelet-peak", "unseen antisolvent", low),
    report("platelet-peak", "later date", low),
    report("platelet-width", "by recipe", low),
    report("platelet-yield", "by recipe", low),
  ];
  const published = [
    report("published-size", "unseen paper", between(0.1, 0.95), 59),
    report("published-phase", "unseen paper", low),
  ];
  const wells = ["laboratory HC", "laboratory ECL", "by plate", "later date"];
  return {
    platelets: evidence("07-validation-platelets", {
      ...{ reports: platelets, table, story: {} },
      ceilings: { "platelet-peak": { favourable } },
    }) as unknown as TargetSources["platelets"],
    published: evidence("07-validation-published", {
      ...{ reports: published, table, probabilities: table, bars: table },
      recalls: [
        { phase: "CsPbBr3", rows: 70, recall: between(0.91, 1) },
        { phase: "CsPb2Br5", rows: 1, recall: nothing("recipes: 1, papers: 1") },
      ],
    }),
    crystallisations: evidence("07-validation-crystallisations", {
      ...{ reports: wells.map((split) => report("crystallisation", split, low)), table, repeats: table },
      ceilings: [{ repeats: "other plate", treatedAlike: true, ceiling: { favourable: 0.8 } }],
    }) as unknown as TargetSources["crystallisations"],
  };
}

const verdicts = async (peak: EstimateOrReason, favourable: number | null): Promise<Map<string, string>> => {
  const { result } = await reviewTargets(sources(peak, favourable));
  return new Map(result.targets.map(({ asked, of, verdict }) => [`${asked} | ${of}`, verdict]));
};

describe("reviewTargets", () => {
  it("judges each target by its bound: met, not met, unknown, unattainable", async () => {
    const met = await verdicts(between(0.86, 0.9), 0.95);
    expect(met.get("R² > 0.85 | platelet-peak, by recipe")).toBe("MET");
    expect(met.get("R² > 0.85 | platelet-width, by recipe")).toBe("NOT MET");
    expect(met.get("R² > 0.85 | published-size, unseen paper")).toBe("UNKNOWN");
    expect(met.get("over 90 % of each major phase | CsPbBr3 of published recipes, unseen paper")).toBe("MET");
    expect(met.get("over 90 % of each major phase | CsPb2Br5 of published recipes, unseen paper")).toBe("UNKNOWN");
    expect(met.get("later: at most 0.05 of R² lost | platelet-peak, later date")).toBe("NOT MET");
    const noisy = await verdicts(between(0.7, 0.8), 0.84);
    expect(noisy.get("R² > 0.85 | platelet-peak, by recipe")).toBe("UNATTAINABLE");
  });

  it("says of wells that they are another chemistry, and that repeats forbid what is asked of them", async () => {
    const { result, measurements } = await reviewTargets(sources(between(0.8, 0.9), null));
    const wells = result.targets.filter(({ of }) => of.includes("crystallisation"));
    expect(wells).toHaveLength(4);
    for (const { of, verdict } of wells) {
      expect(of).toContain("the method on another chemistry");
      expect(verdict).toBe("UNATTAINABLE");
    }
    const counted = measurements.reduce((sum, { value }) => sum + value!, 0);
    expect(counted).toBe(result.targets.length);
  });

  it("asks of all limits whether they hold, not of those that do: once yields were left out", async () => {
    const { result } = await reviewTargets(sources(between(0.8, 0.9), null));
    const asked = result.targets.filter((target) => target.asked.startsWith("90 % limits hold"));
    expect(asked.map(({ of }) => of)).toEqual([
      "platelet-peak, by recipe",
      "platelet-peak, unseen antisolvent",
      "platelet-peak, later date",
      "platelet-width, by recipe",
      "platelet-yield, by recipe",
      "published-size, unseen paper",
      "published-phase, unseen paper",
    ]);
  });
});
