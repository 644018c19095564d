import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import {
  categoryColumn,
  type Column,
  makeTable,
  selectColumns,
  selectRows,
  type Table,
  textsOf,
} from "../../../src/core/Table.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { shuffledRows } from "../../../src/core/random/shuffledRows.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { type AnswerColumns, answerColumns } from "../../../src/predictor/answerColumns.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { fitOwnLaboratory, type OwnFit } from "../../../src/problems/ownLaboratory/fitOwnLaboratory.js";
import { ownModelOf } from "../../../src/problems/ownLaboratory/ownModelOf.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("small tables are tried by no test: dist is not here; run npm run build");

const { table: all } = await generateExperiments({ rows: 400, seed: 41, labs: { count: 1 } });
const written = [...Object.keys(recipeColumns), "phase", "batch"].filter((name) => Object.hasOwn(all.columns, name));
/** As a chemist has them: no numbers beside the phase. */
const experiments = selectColumns(all, written);
const first = (rows: number, from = 0): Table =>
  selectRows(
    experiments,
    Uint32Array.from({ length: rows }, (_, i) => from + i),
  );
const withColumn = (table: Table, columns: Record<string, Column>): Table =>
  makeTable(table.schema, { ...table.columns, ...columns });
const without = (table: Table, ...names: readonly string[]): Table =>
  selectColumns(
    table,
    Object.keys(table.columns).filter((name) => !names.includes(name)),
  );
const batches = (rows: number, count: number): Column =>
  categoryColumn(Array.from({ length: rows }, (_, row) => `day ${row % count}`));

const fit = (table: Table): Promise<OwnFit> => fitOwnLaboratory(table, { seed: 1, fileSha256: "" });
const next = first(40, 300);

async function answered({ laboratory }: OwnFit, recipes: Table = next): Promise<AnswerColumns> {
  const answers = answerColumns(await ownModelOf(laboratory), recipes);
  const { probabilities, rows } = answers;
  rows.forEach((_, i) => {
    const own = probabilities.subarray(i * phaseNames.length, (i + 1) * phaseNames.length);
    expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    // What nobody has made stays possible.
    expect(Math.min(...own)).toBeGreaterThan(0);
  });
  return answers;
}

describe.skipIf(!isBuilt)("fitOwnLaboratory", () => {
  it("answers from ten rows, without a promise for any phase of few rows", async () => {
    const made = await fit(first(10));
    const { refused, sets, phase } = await answered(made);
    expect(refused).toEqual([]);
    sets.forEach((set, i) => expect((set >> phase[i]) % 2).toBe(1));
    const { promise } = await ownModelOf(made.laboratory);
    for (const { rows, reason } of promise.phases)
      if (rows < 9)
        expect(reason).toMatch(rows === 0 ? /^untested/ : /^no promise for this phase alone, 9 batches are needed/);
  }, 120_000);

  it("keeps the constant answer where phases are shuffled: a process tuned on its judges had won", async () => {
    const table = first(60);
    const phases = textsOf(table, "phase");
    const order = shuffledRows(Uint32Array.from(phases.keys()), seededRandom(5));
    const shuffled = categoryColumn(
      Array.from(order, (row) => phases[row]),
      phaseNames,
    );
    const { laboratory, gains } = await fit(withColumn(table, { phase: shuffled }));
    expect(laboratory.model.kept).toMatch(/^(constant|rules)$/);
    expect(gains[0].over).toBe("constant");
    expect(gains[0].gain).toBeLessThan(gains[0].standardError + 0.05);
  }, 120_000);

  it("learns nothing by heart where recipes come in every batch, with outcomes that replicates share", async () => {
    const recipes = first(12);
    const random = seededRandom(6);
    const outcomes = Array.from({ length: 12 }, () => phaseNames[Math.floor(random() * phaseNames.length)]);
    const rows = Uint32Array.from({ length: 36 }, (_, row) => row % 12);
    const { laboratory, scores, gains } = await fit(
      withColumn(selectRows(recipes, rows), {
        phase: categoryColumn(
          Array.from(rows, (row) => outcomes[row]),
          phaseNames,
        ),
        batch: categoryColumn(Array.from(rows, (_, row) => `week ${Math.floor(row / 12)}`)),
      }),
    );
    expect(laboratory.unit).toBe("recipe");
    expect(scores[0].accuracy.value).toBeLessThan(0.7);
    expect(gains[0].gain).toBeLessThan(gains[0].standardError + 0.05);
  }, 120_000);

  it("answers recipes of a route that no row had, and such as leave values out, instead of refusing them", async () => {
    const isTaken = textsOf(experiments, "route").flatMap((route, row) => (route === "LARP" ? [row] : []));
    const made = await fit(selectRows(experiments, Uint32Array.from(isTaken.slice(0, 15))));
    const { refused, outside, rows } = await answered(made);
    expect(refused).toEqual([]);
    const routes = textsOf(next, "route");
    rows.forEach((row, i) => {
      if (routes[row] !== "LARP")
        expect(outside.get(i)!.join()).toContain(`route "${routes[row]}": none that training rows had`);
    });
    const empty = new Float64Array(next.numRows).fill(NaN);
    const less = await answered(made, withColumn(next, { waterFraction: empty, mixingSecond: empty.slice() }));
    expect(less.refused).toEqual([]);
    expect(less.limits[0].missing).toEqual(expect.arrayContaining(["mixingSecond"]));
    const odd = categoryColumn(new Array<string>(next.numRows).fill("sonication"));
    expect((await answered(made, withColumn(next, { route: odd }))).refused).toEqual([]);
  }, 120_000);

  it("learns from one phase alone: others stay possible, by what the twin says and less", async () => {
    const isTaken = textsOf(experiments, "phase").flatMap((phase, row) => (phase === "CsPbBr3" ? [row] : []));
    const made = await fit(selectRows(experiments, Uint32Array.from(isTaken.slice(0, 15))));
    await answered(made);
    const { promise } = await ownModelOf(made.laboratory);
    expect(promise.phases.map(({ rows }) => rows)).toEqual([15, 0, 0, 0, 0]);
    expect(promise.phases[1].reason).toContain("untested");
  }, 120_000);

  it("takes rows for themselves where all are of one batch, and says what is not known then", async () => {
    const made = await fit(withColumn(first(15), { batch: batches(15, 1) }));
    await answered(made);
    expect(made.laboratory.unit).toBe("row");
    expect(made.notes.join()).toContain("all rows are of one batch: how batches differ is not known");
    // Each row for itself: the share of sets is proved.
    const { promise } = await ownModelOf(made.laboratory);
    expect(promise.of).toBe("new rows");
    expect(promise.proved).toBeGreaterThan(0.6);
  }, 120_000);

  it("keeps the untouched twin where two batches leave one to choose by", async () => {
    // Once: "groupedKFold: folds must be a whole number of at least 2; got 1".
    const made = await fit(withColumn(first(16), { batch: batches(16, 2) }));
    await answered(made);
    expect(made.laboratory.model.folds.map(({ kept }) => kept)).toEqual(["twin, untouched", "twin, untouched"]);
    expect(made.laboratory.groups.slice(0, 4)).toEqual([0, 1, 0, 1]);
  }, 120_000);

  it("does without batches, and without columns", async () => {
    // Once: no column "mixingSecond".
    const whole = await fit(without(first(15), "batch"));
    expect(whole.laboratory.unit).toBe("row");
    const amounts = ["caesiumMolar", "leadMolar", "bromideMolar"];
    const bare = await fit(selectColumns(first(15), [...amounts, "temperatureCelsius", "phase"]));
    const { refused, told } = await answered(bare);
    expect(refused).toEqual([]);
    expect(Object.keys(told.columns).sort()).toEqual([...amounts, "temperatureCelsius"].sort());
    await answered(await fit(without(first(15), "waterFraction", "mixingSecond")));
  }, 180_000);
});
