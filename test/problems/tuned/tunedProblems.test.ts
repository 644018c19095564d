import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { realDataFolder } from "../../../src/experiments/dataStore.js";
import { objective as forest, space as forestSpace } from "../../../src/problems/tuned/tunedForest.js";
import { objective as network, space as networkSpace } from "../../../src/problems/tuned/tunedNetwork.js";
import { objective as platelets, space as plateletsSpace } from "../../../src/problems/tuned/tunedPlatelets.js";
import { tunedProblems } from "../../../src/problems/tuned/tunedProblems.js";
import { randomSampler } from "../../../src/tuning/samplers/randomSampler.js";
import type { SearchSpace } from "../../../src/tuning/SearchSpace.js";
import { createStudy } from "../../../src/tuning/Study.js";
import type { TrialStep } from "../../../src/tuning/Trial.js";
import type { StudyObjective } from "../../../src/tuning/workers/StudyObjective.js";

const hasPlatelets = existsSync(`${realDataFolder}/cspbbr3_nanoplatelets_full.csv`);
if (!hasPlatelets) console.warn("tunedProblems: platelets are skipped, as their table is not imported");

interface Carried {
  readonly value: unknown;
  readonly steps: readonly TrialStep[];
  readonly saved: readonly Uint8Array[];
}

/** The first trial of a random search; `stops` at a step. */
async function first<Options>(
  objective: StudyObjective<Options>,
  options: Options,
  space: SearchSpace,
  { kept = null, stops = Infinity }: { readonly kept?: Uint8Array | null; readonly stops?: number } = {},
): Promise<Carried> {
  const { number, parameters, suggest } = createStudy({ seed: 1, space, sampler: randomSampler() }).ask();
  const steps: TrialStep[] = [];
  const saved: Uint8Array[] = [];
  const value = await objective(
    {
      ...{ number, parameters, suggest, kept },
      report: (step, reached) => steps.push({ step, value: reached }) > 0 && step >= stops,
      keep: (bytes) => Promise.resolve(void saved.push(bytes)),
    },
    options,
  );
  return { value, steps, saved };
}

describe("tunedProblems", () => {
  it("are modules that stand where they are said to", () => {
    for (const { module } of Object.values(tunedProblems)) {
      const path = fileURLToPath(module);
      expect(existsSync(path.replace("/dist/", "/src/").replace(/\.js$/, ".ts")), path).toBe(true);
    }
  });
});

describe("the tuned network", { timeout: 60_000 }, () => {
  const options = { seed: 1, rows: 800 };

  it("reports the lowest tune loss at its rungs, and ends with that of the last", async () => {
    const { value, steps, saved } = await first(network, options, networkSpace);
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 4, 8, 16]);
    expect(value).toBe(steps[4].value);
    expect(value).toBeLessThan(Math.log(5));
    expect(saved).toHaveLength(4);
  });

  it("goes on from a rung to the same bytes, and is stopped at one", async () => {
    const whole = await first(network, options, networkSpace);
    const later = await first(network, options, networkSpace, { kept: whole.saved[2] });
    expect(later.value).toBe(whole.value);
    expect(later.steps).toEqual(whole.steps.slice(3));
    expect(later.saved).toEqual(whole.saved.slice(3));
    const stopped = await first(network, options, networkSpace, { stops: 2 });
    expect(stopped.value).toEqual({ state: "pruned", reason: "stopped after epoch 2 of 16" });
  });
});

describe("the tuned forest", { timeout: 60_000 }, () => {
  it("reports the log loss of each fold", async () => {
    const { value, steps } = await first(forest, { seed: 1, rows: 800 }, forestSpace);
    expect(steps).toHaveLength(5);
    expect(value).toBeLessThan(Math.log(5));
  });
});

describe.runIf(hasPlatelets)("the tuned platelets (skipped without their table)", { timeout: 60_000 }, () => {
  it("report the absolute error of each fold, in nm", async () => {
    const { value, steps } = await first(platelets, { seed: 1 }, plateletsSpace);
    expect(steps).toHaveLength(5);
    expect(value).toBeGreaterThan(2);
    expect(value).toBeLessThan(40);
  });
});
