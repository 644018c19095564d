import { describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { readRealTable } from "../../../src/experiments/dataStore.js";
import { heldOutPapers } from "../../../src/experiments/heldOutPapers.js";
import { publishedPhaseProblem, testedPhases } from "../../../src/problems/published/publishedPhaseProblem.js";
import { judgeRivals } from "../../../src/problems/rivals/judgeRivals.js";
import { scoreRivals } from "../../../src/problems/rivals/scoreRivals.js";
import { hasRealData, realData } from "../../support/realData.js";
import { plantedPapers } from "./plantedPapers.js";

const random = seededRandom(5);
const heldOut = ["10.0/paper.1"];

describe("publishedPhaseProblem", () => {
  it("keeps held-out papers out of the open split altogether, and tells them from all open ones", () => {
    const published = publishedPhaseProblem(plantedPapers({ papers: 5 }), { heldOut });
    const [open, apart] = published.splits;
    for (const { train, test } of open.folds)
      for (const row of [...train, ...test]) expect(heldOut).not.toContain(open.groups[row]);
    expect(apart.folds).toHaveLength(1);
    expect(new Set(Array.from(apart.folds[0].test, (row) => apart.groups[row]))).toEqual(new Set(heldOut));
    expect(apart.folds[0].train).toHaveLength(20);
    expect(publishedPhaseProblem(plantedPapers({ papers: 3 }), { heldOut: [] }).splits[1].reason).toMatch(/held out/);
  });

  it("says of how many rows and papers each phase was tested: of none nothing is known", () => {
    const published = publishedPhaseProblem(plantedPapers({ papers: 5 }), { heldOut });
    expect(testedPhases(published, published.splits[0])).toEqual(
      phaseNames.map((phase) => ({ phase, rows: phase === "CsPbBr3" ? 20 : 0, papers: phase === "CsPbBr3" ? 4 : 0 })),
    );
  });

  it("takes the twin's own words as they are, beside those that are chosen", async () => {
    const table = plantedPapers({ papers: 3 });
    const twin = Float64Array.from({ length: table.numRows * phaseNames.length }, (_, i) => (i % 5 === 0 ? 0.6 : 0.1));
    const { problem, asides, splits, rivals } = publishedPhaseProblem(table, { heldOut: [], twin });
    expect(rivals.filter((name) => asides.includes(name))).toEqual([]);
    const { byRival } = await judgeRivals(problem, splits[0], random, { only: [asides[0]] });
    expect(Array.from(byRival[asides[0]].subarray(0, 5), (share) => Number(share.toFixed(4)))).toEqual([
      0.6, 0.1, 0.1, 0.1, 0.1,
    ]);
  });

  it.skipIf(!hasRealData)(
    "shows the constant answer to be right in 70 of 76 open recipes, and in all held-out ones (skipped without " +
      "../shared/real-data)",
    async () => {
      const { table } = await readRealTable("recipes", { folder: realData });
      const published = publishedPhaseProblem(table, await heldOutPapers());
      const scores = [];
      for (const split of published.splits) {
        const answers = await judgeRivals(published.problem, split, random, { only: ["constant", "rules"] });
        const { rivals, rows, groups } = scoreRivals(published.problem, split, answers, random);
        scores.push([rows, groups, rivals[0].score.value]);
      }
      expect(scores).toEqual([
        [76, 16, 70 / 76],
        [11, 5, 1],
      ]);
    },
    60_000,
  );
});
