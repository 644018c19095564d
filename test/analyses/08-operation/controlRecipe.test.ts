import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { controlRecipe } from "../../../src/analyses/08-operation/controlRecipe.js";
import type * as paths from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => ({
  ...(await original<typeof paths>()),
  outputPath: (...parts: string[]) => join(place.output, ...parts),
}));
place.output = temporaryProject();

it("controlRecipe sees of a lot, an ageing stock and a drifting instrument what the twin truly did", async () => {
  const { result } = await controlRecipe({ seed: 4 });
  const [lot, ageing, spectrometer, nothing] = result.changes;
  for (const { found, seen, truth } of [lot, ageing, spectrometer]) {
    expect(found.value).toBeGreaterThan(0.7);
    // The interval is over laboratories, so the truth that is their mean lies well inside.
    expect(seen.interval.low).toBeLessThan(truth);
    expect(seen.interval.high).toBeGreaterThan(truth);
  }
  expect(lot.truth).toBeGreaterThan(0.01);
  expect(ageing.truth).toBeLessThan(-0.01);
  // 0.1 nm a month over 91 weeks.
  expect(spectrometer.truth).toBeCloseTo((0.1 / 30) * 7 * 91, 0);
  expect(nothing.found.value).toBeLessThan(0.2);
  expect(result.cusum.found).toBeGreaterThanOrEqual(9);
  expect(result.cusum.falseAlarms).toBeLessThanOrEqual(2);
}, 60_000);
