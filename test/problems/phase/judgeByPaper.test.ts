import { describe, expect, it } from "vitest";
import { recipeSchema } from "../../../src/chemistry/recipeSchema.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { tableFromRows } from "../../../src/core/tableFromRows.js";
import { recipeSimulator } from "../../../src/generation/recipeSimulator.js";
import { judgeByPaper } from "../../../src/problems/phase/judgeByPaper.js";

const random = seededRandom(9).fork("judge by paper");
const classes = phaseNames.length;
/** Twelve made-up papers of two to five recipes, one of which is of another phase in every third. */
const papers = Array.from({ length: 12 }, (_, paper) => Array.from({ length: 2 + (paper % 4) }, () => `10.0/${paper}`));
const labels = papers.flatMap((rows, paper) => rows.map((_, i) => Number(paper % 3 === 0 && i === 0)));
const on = { labels, papers: papers.flat() };
const certain = (of: (label: number) => number): Float64Array => {
  const probabilities = new Float64Array(labels.length * classes).fill(0.01);
  labels.forEach((label, row) => (probabilities[row * classes + of(label)] = 0.96));
  return probabilities;
};

describe("judgeByPaper", () => {
  it("scores the constant answer by the other papers alone, in closed form", () => {
    const {
      constant,
      rows,
      papers: count,
    } = judgeByPaper(
      certain(() => 0),
      on,
      random,
    );
    expect([rows, count]).toEqual([labels.length, 12]);
    const losses = on.papers.map((paper, row) => {
      const elsewhere = labels.filter((_, other) => on.papers[other] !== paper);
      const same = elsewhere.filter((label) => label === labels[row]).length;
      return -Math.log((same + 1) / (elsewhere.length + classes));
    });
    expect(constant.logLoss.value).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / losses.length, 12);
    expect(constant.accuracy.value).toBeCloseTo(labels.filter((label) => label === 0).length / labels.length, 12);
  });

  it("says better of a better answer and worse of a worse one, with intervals over papers", () => {
    const [right, wrong] = [certain((label) => label), certain((label) => (label + 1) % classes)].map((answers) =>
      judgeByPaper(answers, on, random),
    );
    expect(right.accuracy.value).toBe(1);
    expect(right.logLoss.value).toBeCloseTo(-Math.log(0.96), 12);
    expect(right.gain.logLoss.interval.low).toBeGreaterThan(0);
    expect(wrong.gain.logLoss.interval.high).toBeLessThan(0);
    expect(wrong.gain.accuracy.value).toBeLessThan(0);
    expect(right.logLoss.interval.method).toContain("paper");
    expect(right.gain.logLoss.value).toBeCloseTo(right.constant.logLoss.value - right.logLoss.value, 12);
  });

  it("takes the simulator's answers to recipes with the holes that published ones have", async () => {
    const recipe = {
      route: "hot injection",
      temperatureCelsius: 160,
      caesiumMolar: 0.005,
      leadMolar: 0.02,
      bromideMolar: 0.04,
      caesiumSource: "Cs2CO3",
    };
    const simulate = await recipeSimulator({ random, draws: 16, quantities: [] });
    const { probabilities } = simulate(
      tableFromRows(
        recipeSchema,
        on.papers.map((doi) => ({ ...recipe, doi })),
      ),
    );
    const { logLoss } = judgeByPaper(probabilities, on, random);
    expect(Number.isFinite(logLoss.value) && logLoss.interval.low <= logLoss.interval.high).toBe(true);
  });

  it("refuses a single paper: an interval over it would claim what it cannot know", () => {
    const one = { labels: [0, 0], papers: ["10.0/1", "10.0/1"] };
    expect(() => judgeByPaper(new Float64Array(10).fill(0.2), one, random)).toThrow("at least 2 groups");
  });
});
