import { beforeAll, describe, expect, it } from "vitest";
import { phaseNames } from "../../src/chemistry/phases.js";
import { recipeFaults } from "../../src/chemistry/recipeFaults.js";
import {
  categoryColumn,
  isCategory,
  numbersOf,
  rowsWhere,
  selectRows,
  type Table,
  textsOf,
} from "../../src/core/Table.js";
import { fitEncoder } from "../../src/features/fitEncoder.js";
import type { Encoder } from "../../src/features/Encoder.js";
import { generateExperiments } from "../../src/generation/generateExperiments.js";
import {
  type CandidateAnswers,
  explainPhase,
  type PhaseChange,
  quick,
  thorough,
} from "../../src/predictor/explainPhase.js";

const classes = phaseNames.length;
/** A model in a line: how far each phase is ahead, nats, as the numbers of a recipe say. */
const modelOf =
  (
    logits: (number: (column: string) => number) => readonly number[],
    isInside: (number: (column: string) => number) => boolean = () => true,
  ): CandidateAnswers =>
  (candidates) => {
    const probabilities = new Float64Array(candidates.numRows * classes);
    const inside = new Uint8Array(candidates.numRows);
    for (let row = 0; row < candidates.numRows; row++) {
      const number = (column: string): number => numbersOf(candidates, column)[row];
      const weights = logits(number).map(Math.exp);
      const sum = weights.reduce((a, b) => a + b, 0);
      weights.forEach((weight, k) => (probabilities[row * classes + k] = weight / sum));
      inside[row] = Number(isInside(number));
    }
    return { probabilities, inside: (places) => places.map((place) => inside[place]) };
  };
let table: Table;
let encoder: Encoder;
let dry: Table;
const changeOf = (changes: readonly PhaseChange[], phase: string): PhaseChange =>
  changes.find((one) => one.phase === phase)!;
/** The recipe with a change carried out; bromide follows lead and caesium bromide. */
const carriedOut = (recipe: Table, { changes }: PhaseChange): Table => {
  const columns: Record<string, Table["columns"][string]> = { ...recipe.columns };
  const [caesium, lead] = ["caesiumMolar", "leadMolar"].map((name) => numbersOf(recipe, name)[0]);
  for (const { column, to } of changes!) columns[column] = Float64Array.of(to);
  if (!changes!.some(({ column }) => column === "bromideMolar")) {
    const isBromide = textsOf(recipe, "caesiumSource")[0] === "caesium bromide";
    const [after, more] = ["caesiumMolar", "leadMolar"].map((name) => (columns[name] as Float64Array)[0]);
    columns.bromideMolar = Float64Array.of(
      numbersOf(recipe, "bromideMolar")[0] + 2 * (more - lead) + (isBromide ? after - caesium : 0),
    );
  }
  return { ...recipe, columns };
};

beforeAll(async () => {
  ({ table } = await generateExperiments({ rows: 400, seed: 12 }));
  encoder = fitEncoder(
    table,
    Uint32Array.from({ length: table.numRows }, (_, row) => row),
  );
  const route = textsOf(table, "route");
  dry = selectRows(table, rowsWhere(table, (row) => route[row] === "hot injection").slice(0, 12));
});

describe("explainPhase", () => {
  it("finds the one input that decides, close to the border and not far beyond it", () => {
    const recipe = selectRows(dry, Uint32Array.of(0));
    const [border, scale] = [
      200,
      encoder.columns.flatMap((one) =>
        one.name === "temperatureCelsius" && one.kind === "number" ? [one.scale] : [],
      )[0],
    ];
    const from = numbersOf(recipe, "temperatureCelsius")[0];
    const hotter = from < border;
    const byHeat = modelOf((number) => {
      const ahead = (number("temperatureCelsius") - border) / 10;
      return [hotter ? 0 : ahead, hotter ? ahead : 0, -9, -9, -9];
    });
    const change = changeOf(explainPhase(recipe, byHeat, { encoder })[0], phaseNames[1]);
    expect(change.changes).toHaveLength(1);
    expect(change.changes![0]).toMatchObject({ column: "temperatureCelsius", unit: "°C", from });
    const least = Math.abs(border - from) / scale;
    expect(change.size).toBeGreaterThanOrEqual(least);
    expect(change.size).toBeLessThan(1.1 * least + 0.05);
    expect(change.changes![0].to).toBeCloseTo(from + change.changes![0].deviations * scale, 0);
  });

  it("puts inputs together where none alone is enough, at most three, the largest change first", () => {
    const byTwo = modelOf((number) => {
      const wet = Math.min(Math.log(number("oleylamineMolar") / number("oleicAcidMolar")) - 1, 0);
      const late = Math.min(Math.log(number("timeSecond")) - 6, 0);
      return [0, 0.2 + wet + late, -9, -9, -9];
    });
    const found = explainPhase(dry, byTwo, { encoder }).map((changes) => changeOf(changes, phaseNames[1]));
    const several = found.filter(({ changes }) => changes !== null && changes.length > 1);
    expect(several.length).toBeGreaterThan(0);
    for (const { changes } of several) {
      expect(changes!.length).toBeLessThanOrEqual(3);
      const sizes = changes!.map(({ deviations }) => Math.abs(deviations));
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    }
  });

  it("tells changes that lead to the phase when they are carried out, and have no fault", () => {
    const model = modelOf((number) => {
      const ratio = Math.log(number("caesiumMolar") / number("leadMolar"));
      const amine = Math.log(number("oleylamineMolar") / number("leadMolar") + 0.01);
      return [0, 3 * ratio - 1 + 0.1 * amine, -3 * ratio - 4, amine - 4, number("waterFraction") * 20 - 3];
    });
    const all = explainPhase(table, model, { encoder, effort: quick });
    let told = 0;
    all.forEach((changes, row) => {
      const recipe = selectRows(table, Uint32Array.of(row));
      for (const change of changes) {
        if (change.changes === null) continue;
        told++;
        const after = carriedOut(recipe, change);
        expect(recipeFaults(after)[0]).toBe(0);
        const { probabilities } = model(after);
        const likeliest = probabilities.indexOf(Math.max(...probabilities));
        expect(phaseNames[likeliest]).toBe(change.phase);
        expect(probabilities[likeliest]).toBeCloseTo(change.probability!, 9);
      }
    });
    expect(told).toBeGreaterThan(400);
  });

  it("has none within reach where the change cannot be carried out, or lies outside of what the model knows", () => {
    const larp = selectRows(table, rowsWhere(table, (row) => textsOf(table, "route")[row] === "LARP").slice(0, 1));
    const boiling = modelOf((number) => [0, (number("temperatureCelsius") - 150) / 10, -9, -9, -9]);
    expect(changeOf(explainPhase(larp, boiling, { encoder })[0], phaseNames[1])).toEqual({
      phase: phaseNames[1],
      changes: null,
      size: null,
      probability: null,
    });
    const ripe = (isInside?: Parameters<typeof modelOf>[1]): PhaseChange =>
      changeOf(
        explainPhase(
          selectRows(dry, Uint32Array.of(0)),
          modelOf((number) => [0, Math.log(number("timeSecond")) - 9, -9, -9, -9], isInside),
          { encoder },
        )[0],
        phaseNames[1],
      );
    expect(ripe().changes).not.toBeNull();
    expect(ripe((number) => number("timeSecond") < 3600).changes).toBeNull();
  });

  it("gives one change for each other phase, and answers a recipe alike among others and alone", () => {
    const model = modelOf((number) => [0, Math.log(number("leadMolar")) + 4, -2, number("timeSecond") / 900 - 2, -4]);
    const together = explainPhase(dry, model, { encoder });
    together.forEach((changes, row) => {
      expect(explainPhase(selectRows(dry, Uint32Array.of(row)), model, { encoder })[0]).toEqual(changes);
      expect(changes).toHaveLength(classes - 1);
    });
  });

  it("changes no input that the recipe does not give", () => {
    const columns = { ...dry.columns };
    for (const name of ["timeSecond", "mixingSecond"])
      columns[name] = isCategory(columns[name]) ? columns[name] : columns[name].map(() => NaN);
    const model = modelOf((number) => [0, Math.log(number("leadMolar")) + 4, -9, -9, -9]);
    const changed = explainPhase({ ...dry, columns }, model, { encoder })
      .flat()
      .flatMap(({ changes }) => (changes ?? []).map(({ column }) => column));
    expect(changed).toContain("leadMolar");
    expect(changed).not.toContain("timeSecond");
  });

  it("lets bromide go with lead only where lead brought it (regression: less than none in published recipes)", () => {
    const poor = selectRows(dry, Uint32Array.of(0, 0));
    const columns = {
      ...poor.columns,
      // Less than two per lead: some came as an oleate.
      bromideMolar: numbersOf(poor, "leadMolar").map((lead) => 0.5 * lead),
      bromideSource: categoryColumn(["lead bromide", ""]),
    };
    const asked: number[] = [];
    const model = modelOf((number) => {
      asked.push(number("bromideMolar"));
      return [0, -Math.log(number("leadMolar")) - 6, -9, -9, -9];
    });
    const changes = explainPhase({ ...poor, columns }, model, { encoder });
    expect(asked.every((bromide) => bromide > 0)).toBe(true);
    expect(changes).toHaveLength(2);
  });

  it("asks a few times, for some hundred candidates of a recipe, and for tables for less than a third of that", () => {
    const count = (effort: typeof quick): { calls: number; rows: number } => {
      const asked = { calls: 0, rows: 0 };
      const model = modelOf((number) => [0, Math.log(number("leadMolar")) + 2, -2, number("timeSecond") / 900 - 2, -4]);
      explainPhase(
        dry,
        (candidates) => {
          asked.calls++;
          asked.rows += candidates.numRows / dry.numRows;
          return model(candidates);
        },
        { encoder, effort },
      );
      return asked;
    };
    const [fine, coarse] = [count(thorough), count(quick)];
    expect(fine.calls).toBeLessThanOrEqual(9);
    expect(fine.rows).toBeLessThan(800);
    expect(coarse.rows).toBeLessThan(fine.rows / 3);
  });
});
