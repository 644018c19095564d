import { describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { makeTable, type Table } from "../../../src/core/Table.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import type { Candidate } from "../../../src/problems/fewRows/Candidate.js";
import { learnerCandidates } from "../../../src/problems/ownLaboratory/learners.js";
import { type OwnRows, recipesAlone } from "../../../src/problems/ownLaboratory/OwnRows.js";
import { strays } from "../../../src/problems/ownLaboratory/twinPrior.js";

const classes = phaseNames.length;
const { caesiumMolar, leadMolar, bromideMolar } = recipeColumns;
/** Recipes that differ in caesium alone. */
const recipes = (rows: number): Table =>
  makeTable(
    { caesiumMolar, leadMolar, bromideMolar },
    {
      caesiumMolar: Float64Array.from({ length: rows }, (_, row) => 0.01 + row / 1000),
      leadMolar: new Float64Array(rows).fill(0.02),
      bromideMolar: new Float64Array(rows).fill(0.06),
    },
  );
/** The twin cannot answer: what is learned is the rows' own. */
const rowsOf = (labels: readonly number[]): OwnRows => ({
  ...recipesAlone({ table: recipes(labels.length), labs: labels.map(() => ""), twin: null }),
  labels: Uint8Array.from(labels),
  groups: Uint32Array.from(labels.keys()),
});

async function answersOf({ fit, answerer }: Candidate<OwnRows>, rows: OwnRows): Promise<Float64Array> {
  const learned = await fit(rows, seededRandom(1));
  // As it is kept in a file.
  return answerer(JSON.parse(JSON.stringify(learned)) as never)(rows);
}

describe("learnerCandidates", () => {
  it("leave a Gaussian process to few rows: it is fitted dozens of times", () => {
    expect(learnerCandidates(600).map(({ name }) => name)).toContain("Gaussian process");
    expect(learnerCandidates(601).map(({ name }) => name)).toEqual(["logistic regression", "forest", "network"]);
  });

  it.each(learnerCandidates(20).map((candidate) => [candidate.name, candidate] as const))(
    "%s: learns two phases, and leaves those that no row had as possible as rows can tell",
    async (_, candidate) => {
      const answers = await answersOf(candidate, rowsOf(Array.from({ length: 20 }, (_, row) => (row < 10 ? 0 : 3))));
      for (let row = 0; row < 20; row++) {
        const own = answers.subarray(row * classes, (row + 1) * classes);
        expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        // Laplace's rule of succession, of 20 rows and 5 phases; once a fifth each, however many rows there were.
        for (const unmade of [1, 2, 4]) expect(own[unmade]).toBeCloseTo((1 - strays) / 25 + strays / classes, 9);
      }
      expect(answers[0]).toBeGreaterThan(answers[3]);
      expect(answers[19 * classes + 3]).toBeGreaterThan(answers[19 * classes]);
    },
  );

  it.each(learnerCandidates(20).map((candidate) => [candidate.name, candidate] as const))(
    "%s: of one phase alone says that one, and the others by the rule of succession",
    async (_, candidate) => {
      const answers = await answersOf(candidate, rowsOf(new Array<number>(15).fill(2)));
      expect(answers[2]).toBeCloseTo(1 - 4 * ((1 - strays) / 20 + strays / classes), 9);
      expect(answers[0]).toBeCloseTo((1 - strays) / 20 + strays / classes, 9);
    },
  );
});
