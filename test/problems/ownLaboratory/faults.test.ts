import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { rowsWhere, selectRows, type Table, textsOf } from "../../../src/core/Table.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { answerColumns } from "../../../src/predictor/answerColumns.js";
import { formatCoveragePromise } from "../../../src/predictor/coveragePromise.js";
import { fitOwnLaboratory, type OwnFit } from "../../../src/problems/ownLaboratory/fitOwnLaboratory.js";
import { ownModelOf } from "../../../src/problems/ownLaboratory/ownModelOf.js";
import { labelledExperiments } from "../../../src/problems/phase/phaseData.js";
import { setSize } from "../../../src/uncertainty/conformal/labelSets.js";

const folder = projectPath("..", "shared", "faults", "files");
const isThere = existsSync(folder) && existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isThere) console.warn("faulty tables of few rows are tried by no test: ../shared/faults or dist is not here");

/** Some of the rows of a table that once got no model, or a bad one. */
async function someOf(name: string, isTaken: (row: number, table: Table) => boolean): Promise<Table> {
  const { table } = await labelledExperiments(`${folder}/${name}.csv`);
  return selectRows(
    table,
    rowsWhere(table, (row) => isTaken(row, table)),
  );
}

const fit = (table: Table): Promise<OwnFit> => fitOwnLaboratory(table, { seed: 1, fileSha256: "" });

/** Not below the constant answer on rows that the choice had not seen, beyond chance. */
function expectNoneBelowConstant({ scores }: OwnFit): void {
  const [own, constant] = scores;
  expect(constant.name).toBe("constant");
  expect(own.logLoss.value).toBeLessThan(constant.logLoss.value);
  expect(own.accuracy.interval.high).toBeGreaterThan(constant.accuracy.value);
}

describe.skipIf(!isThere)("fitOwnLaboratory", () => {
  it("learns from two phases, and calls those that nobody made possible and untested (09)", async () => {
    const table = await someOf("09_two_classes_150_rows", (row) => row < 30);
    const made = await fit(table);
    expectNoneBelowConstant(made);
    const model = await ownModelOf(made.laboratory);
    const others = ["Cs4PbBr6", "CsPb2Br5", "coexistence"];
    const said = formatCoveragePromise(model.promise);
    for (const phase of others) expect(said).toContain(`${phase}: untested, no row made it: it stays possible`);
    const { probabilities, rows } = answerColumns(model, table);
    expect(rows).toHaveLength(30);
    for (let at = 0; at < probabilities.length; at++) {
      expect(probabilities[at]).toBeGreaterThan(0);
      expect(probabilities[at]).toBeLessThan(1);
    }
  }, 180_000);

  it("answers from few rows of each phase, with sets smaller than all phases (10)", async () => {
    const counts = new Map<string, number>();
    const table = await someOf("10_balanced_300_rows", (row, all) => {
      const phase = textsOf(all, "phase")[row];
      counts.set(phase, (counts.get(phase) ?? 0) + 1);
      return counts.get(phase)! <= 8;
    });
    const made = await fit(table);
    expectNoneBelowConstant(made);
    const model = await ownModelOf(made.laboratory);
    // Rows of the file that it did not learn from: right in a third of them, sets of 4.9 phases, it was once.
    const others = await someOf("10_balanced_300_rows", (row) => row >= 200);
    const { phase, sets, rows, refused } = answerColumns(model, others);
    expect(refused).toEqual([]);
    const truth = textsOf(others, "phase").map((name) => phaseNames.findIndex((one) => one === name));
    const share = (holds: (i: number, code: number) => boolean): number =>
      rows.reduce((sum, row, i) => sum + Number(holds(i, truth[row])), 0) / rows.length;
    expect(share((i, code) => phase[i] === code)).toBeGreaterThan(0.6);
    expect(share((i, code) => (sets[i] >> code) % 2 === 1)).toBeGreaterThan(0.8);
    expect(sets.reduce((sum, set) => sum + setSize(set), 0) / sets.length).toBeLessThan(3);
  }, 180_000);

  it("takes rows without a batch for batches of their own, and says how many (13)", async () => {
    const table = await someOf("13_some_batch_empty", (row) => row < 30);
    const empty = textsOf(table, "batch").filter((batch) => batch === "").length;
    expect(empty).toBeGreaterThan(1);
    const made = await fit(table);
    expectNoneBelowConstant(made);
    expect(made.laboratory.unit).toBe("batch");
    expect(made.notes.join()).toContain(`${empty} rows have no batch: each is taken for one of its own`);
  }, 180_000);

  it("keeps replicates of a recipe in one fold, also those of other batches (19)", async () => {
    const { table: all } = await labelledExperiments(`${folder}/19_replicates_in_other_batches.csv`);
    const keyOf = (row: number, table: Table = all): string =>
      `${(table.columns.temperatureCelsius as Float64Array)[row]} ${(table.columns.leadMolar as Float64Array)[row]}`;
    const wanted = new Set(Array.from({ length: 12 }, (_, row) => keyOf(row)));
    const table = await someOf("19_replicates_in_other_batches", (row) => wanted.has(keyOf(row)));
    expect(table.numRows).toBe(36);
    const made = await fit(table);
    expectNoneBelowConstant(made);
    const { groups, model } = made.laboratory;
    const foldsOf = new Map<string, Set<number>>();
    for (let row = 0; row < 36; row++) {
      const key = keyOf(row, table);
      foldsOf.set(key, (foldsOf.get(key) ?? new Set()).add(model.foldOf[row]));
    }
    expect(foldsOf.size).toBe(12);
    for (const folds of foldsOf.values()) expect(folds.size).toBe(1);
    expect(new Set(groups).size).toBeLessThanOrEqual(12);
    expect(made.notes.join()).toContain("36 rows that repeat 12 recipes");
  }, 180_000);

  it("gives intervals over ten days that have a width, and proves nothing of so few (20)", async () => {
    const table = await someOf("20_ten_days_two_test_batches", (row) => row % 9 === 0);
    expect(new Set(textsOf(table, "batch")).size).toBe(10);
    const made = await fit(table);
    expectNoneBelowConstant(made);
    // All rows are judged: once, the two test batches alone read 0.733 [0.733, 0.733].
    for (const { accuracy } of made.scores) {
      const { low, high } = accuracy.interval;
      expect(low).toBeLessThan(accuracy.value - 0.01);
      expect(high).toBeGreaterThan(Math.min(accuracy.value + 0.01, 0.999));
    }
    const { promise } = await ownModelOf(made.laboratory);
    expect(promise).toMatchObject({ of: "new batches", eachPhase: false, proved: 0 });
    expect(formatCoveragePromise(promise)).toContain("nothing is proved where rows come in");
  }, 180_000);
});
