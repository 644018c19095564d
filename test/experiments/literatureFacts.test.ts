import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { recipeSchema } from "../../src/chemistry/recipeSchema.js";
import { literatureFacts } from "../../src/experiments/literatureFacts.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

const folder = await temporaryFolder();
const fact = {
  id: 1,
  topic: "t",
  fact: "f",
  value: "v",
  unit: "",
  conditions: "",
  source: "s",
  dois: ["10.1000/a"],
  status: "read",
  note: "",
};
const triad = { meaning: "m", fact: 1, conditions: "", points: [] };

async function given(
  facts: unknown,
  series: unknown = { sizeSeries: [], phaseTriad: triad },
): Promise<ReturnType<typeof literatureFacts>> {
  await writeFile(join(folder, "facts.json"), JSON.stringify(facts));
  await writeFile(join(folder, "series.json"), JSON.stringify(series));
  return literatureFacts({ folder });
}

describe("literatureFacts", () => {
  it("reads the 75 committed facts, each with a status", async () => {
    const { facts } = await literatureFacts();
    expect(facts.map(({ id }) => id)).toEqual(Array.from({ length: 75 }, (_, i) => i + 1));
    expect(facts.filter(({ dois }) => dois.length > 0).length).toBeGreaterThan(30);
  });

  it("names series' axes as the recipe schema does, with values inside its ranges and in order", async () => {
    const { sizeSeries, phaseTriad } = await literatureFacts();
    expect(sizeSeries.map(({ points }) => points.length)).toEqual([7, 8, 4, 5]);
    for (const { x, y, points } of sizeSeries) {
      for (const [axis, place] of [
        [x, 0],
        [y, 1],
      ] as const) {
        const { unit, min, max } = recipeSchema[axis.name];
        expect(axis.unit).toBe(unit);
        for (const point of points) expect(point[place] >= min! && point[place] <= max!).toBe(true);
      }
      expect(points.map(([at]) => at)).toEqual(points.map(([at]) => at).sort((a, b) => a - b));
    }
    expect(phaseTriad.points.map(({ phase }) => phaseNames.indexOf(phase))).toEqual([1, 0, 2]);
  });

  it("repeats the facts' own fits: ln D falls by 1.57 and 1.47 per ln(Br:Pb)", async () => {
    const { sizeSeries } = await literatureFacts();
    const [temperature, bromide160, bromide180] = sizeSeries.map(({ points }) => points);
    expect(slope(temperature.map(([t, d]) => [t, Math.log(d)]))).toBeCloseTo(0.0178, 4);
    expect(slope(bromide160.map(([r, d]) => [Math.log(r), Math.log(d)]))).toBeCloseTo(-1.576, 3);
    expect(slope(bromide180.map(([r, d]) => [Math.log(r), Math.log(d)]))).toBeCloseTo(-1.472, 3);
  });

  it("refuses an id that comes twice, a status it does not know, a bad DOI, a series without its fact", async () => {
    await expect(given([fact, fact])).rejects.toThrow("every id must come once; got 1 twice");
    await expect(given([{ ...fact, status: "heard" }])).rejects.toThrow(
      /facts\.json: every entry must be of its shape; got 0\.status/,
    );
    await expect(given([{ ...fact, dois: ["10.1021/JACS"] }])).rejects.toThrow("0.dois.0: must be a DOI in lower case");
    await expect(given([{ ...fact, id: 2 }])).rejects.toThrow('every series must name its fact; got 1 for "m"');
  });
});

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (place: 0 | 1): number => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  return (
    points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  );
}
