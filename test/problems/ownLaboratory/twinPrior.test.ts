import { describe, expect, it } from "vitest";
import { makeTable } from "../../../src/core/Table.js";
import type { AnswersByLaboratory } from "../../../src/generation/answersByLaboratory.js";
import { laboratoryEvidence } from "../../../src/generation/laboratoryWeights.js";
import type { OwnRows } from "../../../src/problems/ownLaboratory/OwnRows.js";
import {
  averageTwin,
  strays,
  twinAnswers,
  twinAnswersLeavingOut,
  twinPrior,
} from "../../../src/problems/ownLaboratory/twinPrior.js";

const [laboratories, classes] = [100, 5];

/** A hundred laboratories: of each recipe the even ones make the first phase, the odd ones the second. */
function rowsOf(labels: readonly number[], labs: readonly string[], groups = labels.map((_, row) => row)): OwnRows {
  const recipes = labels.length;
  const probabilities = new Float32Array(recipes * laboratories * classes).map((_, at) => {
    const lab = Math.floor(at / classes) % laboratories;
    return at % classes === lab % 2 ? 0.9 : 0.025;
  });
  const twin: AnswersByLaboratory = {
    recipes,
    laboratories,
    drawn: Uint32Array.from({ length: laboratories }, (_, lab) => lab),
    probabilities,
  };
  return {
    table: makeTable({}, {}),
    labs,
    twin,
    places: Uint32Array.from(labels.keys()),
    labels: Uint8Array.from(labels),
    groups: Uint32Array.from(groups),
    evidence: laboratoryEvidence(twin, Int8Array.from(labels)),
  };
}

const times = <Value>(count: number, value: Value): Value[] => new Array<Value>(count).fill(value);
/** Probability of the first phase. */
const firstPhase = (answers: Float64Array, row = 0): number => answers[row * classes];

describe("twinPrior", () => {
  it("weighs laboratories by what was found, and names none where one laboratory found it all", () => {
    const rows = rowsOf(times(6, 0), times(6, ""));
    const { named, other } = twinPrior(rows);
    expect(named).toEqual([]);
    expect(other.drawn).toHaveLength(80);
    expect(other.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const even = other.weights.filter((_, i) => other.drawn[i] % 2 === 0);
    expect(even.reduce((a, b) => a + b, 0)).toBeGreaterThan(0.99);
    expect(firstPhase(twinAnswers({ named, other }, rows))).toBeCloseTo((1 - strays) * 0.9 + strays / classes, 2);
  });

  it("gives each named laboratory its own answers, and a stranger what all together say", () => {
    const labs = [...times(8, "A"), ...times(8, "B")];
    const rows = rowsOf([...times(8, 0), ...times(8, 1)], labs);
    const prior = twinPrior(rows);
    expect(prior.named.map(({ name }) => name)).toEqual(["A", "B"]);
    const answers = twinAnswers(prior, { ...rows, labs: labs.with(1, "a third") });
    expect(firstPhase(answers, 0)).toBeGreaterThan(0.8);
    expect(firstPhase(answers, 8)).toBeLessThan(0.1);
    expect(firstPhase(answers, 1)).toBeGreaterThan(0.3);
    expect(firstPhase(answers, 1)).toBeLessThan(0.6);
  });

  it("pulls a laboratory of few rows towards the others, and one of many rows not", () => {
    const others = Array.from({ length: 6 }, (_, lab) => times(8, `lab ${lab}`)).flat();
    const answerOf = (rows: number): number => {
      const alone = twinPrior(rowsOf(times(rows, 1), times(rows, "own")));
      const pooled = twinPrior(
        rowsOf([...times(others.length, 0), ...times(rows, 1)], [...others, ...times(rows, "own")]),
      );
      const asked = rowsOf([0], ["own"]);
      const [of, apart] = [twinAnswers(pooled, asked), twinAnswers(alone, asked)];
      return firstPhase(of) - firstPhase(apart);
    };
    expect(answerOf(1)).toBeGreaterThan(0.02);
    expect(answerOf(1)).toBeGreaterThan(5 * answerOf(10));
  });

  it("refuses to answer without the laboratories that count", () => {
    const rows = rowsOf(times(6, 0), times(6, ""));
    const prior = { named: [], other: { drawn: Uint32Array.of(3, 200), weights: Float64Array.of(0.5, 0.5) } };
    expect(() => twinAnswers(prior, rows)).toThrow("some are missing");
  });
});

describe("twinAnswersLeavingOut", () => {
  it("answers each row as the others of its laboratory would have it, its own group left out", () => {
    const labels = [...times(9, 0), 1, 1];
    const groups = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9];
    const answers = twinAnswersLeavingOut(rowsOf(labels, times(11, ""), groups));
    // The last two found the second phase: but for each other, all speak for the first.
    expect(firstPhase(answers, 10)).toBeGreaterThan(0.85);
    const turned = twinAnswersLeavingOut(rowsOf([...times(9, 0), 1, 0], times(11, ""), groups));
    expect(firstPhase(turned, 9)).toBeCloseTo(firstPhase(answers, 9), 3);
    const apart = twinAnswersLeavingOut(rowsOf([0, 1, 1], ["A", "B", "B"]));
    expect(firstPhase(apart, 1)).toBeLessThan(firstPhase(apart, 0));
  });
});

describe("averageTwin", () => {
  it("is the mean over eighty laboratories, whatever was found", () => {
    const answers = averageTwin(rowsOf(times(3, 0), times(3, "")));
    expect(firstPhase(answers)).toBeCloseTo((1 - strays) * ((0.9 + 0.025) / 2) + strays / classes, 6);
    expect(answers).toHaveLength(15);
  });
});
