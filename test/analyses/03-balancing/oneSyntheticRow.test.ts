import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { oneSyntheticRow } from "../../../src/analyses/03-balancing/oneSyntheticRow.js";
import type { ShownTable } from "../../../src/core/ShownTable.js";
import type * as paths from "../../../src/io/projectPath.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ output: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => ({
  ...(await original<typeof paths>()),
  outputPath: (...parts: string[]) => join(place.output, ...parts),
}));
place.output = temporaryProject();

it("oneSyntheticRow shows a possible row between its parents, and one no compounds could bring", async () => {
  const { result, measurements } = await oneSyntheticRow({ seed: 1 });
  const measured = (id: string): number => measurements.find((one) => one.id === id)!.value!;
  const row = ({ rows }: ShownTable, quantity: string): (string | number | null)[] =>
    rows.find(([name]) => name === quantity)!.slice(1);
  const impossible = result.impossible!;

  for (const table of [result.possible, impossible])
    for (const quantity of ["temperature (°C)", "lead (mmol/L)", "caesium (mmol/L)", "bromide (mmol/L)"]) {
      const [first, second, made] = row(table, quantity) as number[];
      expect(made, quantity).toBeGreaterThanOrEqual(0.999 * Math.min(first, second));
      expect(made, quantity).toBeLessThanOrEqual(1.001 * Math.max(first, second));
    }
  // Temperature is interpolated as it is; the gap is that of the draw.
  const [from, to, between] = row(result.possible, "temperature (°C)") as number[];
  expect((between - from) / (to - from)).toBeCloseTo(measured("syntheticRow.place"), 2);

  // What the notebook says of it: one parent's caesium came from the bromide, the other's from the oleate.
  expect(row(impossible, "caesium source")).toEqual(["caesium bromide", "caesium oleate", "caesium bromide"]);
  expect(measured("syntheticRow.bromideExcess")).toBeLessThan(0);
  const amount = (quantity: string): number => row(impossible, quantity)[2] as number;
  const asBromide = String(row(impossible, "caesium source")[2]).includes("bromide");
  const brought = 2 * amount("lead (mmol/L)") + (asBromide ? amount("caesium (mmol/L)") : 0);
  expect(measured("syntheticRow.bromideExcess")).toBeCloseTo(amount("bromide (mmol/L)") / brought - 1, 3);
  expect(Math.abs(measured("syntheticRow.bromideExcess"))).toBeGreaterThan(0.02);
  expect(impossible.caption).toContain("cannot be made: bromide that no compound brings");
});
