import { describe, expect, it } from "vitest";
import { categoryColumn, makeTable } from "../../../src/core/Table.js";
import { recipeSchema } from "../../../src/chemistry/recipeSchema.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { explainedOfRows } from "../../../src/core/statistics/explainedOfRows.js";
import { sizeLawAcrossPapers } from "../../../src/problems/published/sizeLawAcrossPapers.js";

const names = [
  "route",
  "phase",
  "doi",
  "temperatureCelsius",
  "bromideLeadRatio",
  "oleylamineMolar",
  "leadMolar",
  "timeSecond",
  "sizeNanometre",
];

/** Recipes of six papers whose sizes follow the law, and as many that are no hot injection of CsPbBr3 with a size. */
function recipesOf(law: boolean): ReturnType<typeof makeTable> {
  const random = seededRandom(2);
  const rows = Array.from({ length: 48 }, (_, row) => {
    const [temperature, bromide, amine, time] = [
      100 + 100 * random(),
      1 + 3 * random(),
      0.1 + random(),
      1 + 60 * random(),
    ];
    const ln =
      0.5 + 0.01 * temperature - 0.2 * Math.log(bromide) + 0.1 * Math.log(amine / 0.1 + 0.5) + 0.05 * Math.log(time);
    return { temperature, bromide, amine, time, size: Math.exp(law ? ln : 1 + random()), isHot: row % 2 === 0 };
  });
  const number = (of: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, of);
  return makeTable(Object.fromEntries(names.map((name) => [name, recipeSchema[name]])), {
    route: categoryColumn(rows.map(({ isHot }) => (isHot ? "hot injection" : "LARP"))),
    phase: categoryColumn(rows.map(() => "CsPbBr3")),
    doi: categoryColumn(rows.map((_, row) => `paper ${row % 6}`)),
    temperatureCelsius: number(({ temperature }) => temperature),
    bromideLeadRatio: number(({ bromide }) => bromide),
    oleylamineMolar: number(({ amine }) => amine),
    leadMolar: number(() => 0.1),
    timeSecond: number(({ time }) => time),
    sizeNanometre: number(({ size }) => size),
  });
}

describe("sizeLawAcrossPapers", () => {
  it("finds a law of hot injections that holds in every paper, on the papers that it was not fitted on", async () => {
    const { rows, target, byLaw, byMean, folds } = await sizeLawAcrossPapers(recipesOf(true));
    expect(Array.from(rows)).toEqual(Array.from({ length: 24 }, (_, i) => 2 * i));
    expect(folds).toBe(3);
    const all = Uint32Array.from(rows.keys());
    expect(explainedOfRows(target, byLaw)(all)).toBeCloseTo(1, 9);
    expect(explainedOfRows(target, byMean)(all)).toBeLessThan(0);
  });

  it("explains nothing of sizes that follow no law", async () => {
    const { target, byLaw } = await sizeLawAcrossPapers(recipesOf(false));
    expect(explainedOfRows(target, byLaw)(Uint32Array.from(target.keys()))).toBeLessThan(0.3);
  });
});
