import { describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { judgeByPaper } from "../../../src/problems/phase/judgeByPaper.js";
import { opinionsByPaper } from "../../../src/problems/phase/opinionsByPaper.js";

const random = seededRandom(3).fork("opinions");
const classes = phaseNames.length;
/** Fourteen made-up papers of one to four recipes. */
const papers = Array.from({ length: 14 }, (_, paper) => Array.from({ length: 1 + (paper % 4) }, () => `10.0/${paper}`));
const labels = papers.flatMap((rows, paper) => rows.map((_, i) => (paper + i) % 2));
const on = { labels, papers: papers.flat() };
/** Sure by so much of the phase that was made; of another in every so many recipes. */
const opinion = (sure: number, wrongInEvery = Infinity): Float64Array => {
  const probabilities = new Float64Array(labels.length * classes).fill((1 - sure) / (classes - 1));
  labels.forEach((label, row) => {
    const told = row % wrongInEvery === 0 && wrongInEvery < Infinity ? 4 : label;
    probabilities[row * classes + told] = sure;
  });
  return probabilities;
};

describe("opinionsByPaper", () => {
  it("calls the opinion better whose log loss is lower in paper after paper, either way round", () => {
    const [good, poor] = [opinion(0.9), opinion(0.4)];
    expect(opinionsByPaper({ network: poor, simulator: good }, on, random).better).toBe("simulator");
    const { better, gain } = opinionsByPaper({ network: good, simulator: poor }, on, random);
    expect(better).toBe("network");
    expect(gain.logLoss.value).toBeCloseTo(Math.log(0.4 / 0.9), 12);
    expect(gain.accuracy.value).toBe(0);
  });

  it("decides nothing where papers differ by more than the two opinions do", () => {
    const { better, gain } = opinionsByPaper({ network: opinion(0.6), simulator: opinion(0.99, 9) }, on, random);
    expect(better).toBeNull();
    expect(gain.logLoss.interval.low).toBeLessThan(0);
    expect(gain.logLoss.interval.high).toBeGreaterThan(0);
    expect(gain.logLoss.interval.method).toContain("paper");
  });

  it("judges each beside the constant answer, as judgeByPaper does", () => {
    const { network } = opinionsByPaper({ network: opinion(0.8), simulator: opinion(0.7) }, on, random);
    expect(network).toEqual(judgeByPaper(opinion(0.8), on, random.fork("network")));
  });
});
