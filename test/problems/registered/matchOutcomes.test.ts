import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readPredictionLedger, type LedgerLine } from "../../../src/io/predictions/predictionLedger.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import { matchOutcomes } from "../../../src/problems/registered/matchOutcomes.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";
import { plateCells, plateOutcomes, platesRegistration, writeCsv } from "./playedPlates.js";
import { playedWells, wellsRegistration } from "./playedWells.js";

const folder = await temporaryFolder();
const ledger = join(folder, "ledger.jsonl");
const cells = plateCells(6);
const outcomes = plateOutcomes(cells);
let lines: readonly LedgerLine[];

beforeAll(async () => {
  await registerPredictions(platesRegistration("plates", cells), { ledger });
  await registerPredictions(platesRegistration("fewer", cells.slice(0, 2)), { ledger });
  await registerPredictions(wellsRegistration("wells", playedWells(2, 3)), { ledger });
  ({ lines } = await readPredictionLedger(ledger));
});

let files = 0;
const match = (
  rows: Parameters<typeof writeCsv>[2],
  options: Parameters<typeof matchOutcomes>[2] = {},
): ReturnType<typeof matchOutcomes> => matchOutcomes(writeCsv(folder, `${++files}.csv`, rows), lines, options);

describe("matchOutcomes", () => {
  it("joins outcomes with all registers that predicted some of them, in the order of the ledger", async () => {
    const { kind, registers, untold } = await match([...outcomes].reverse());
    expect([kind.name, untold]).toEqual(["platelets", 0]);
    expect(registers.map(({ register, rows }) => [register, rows.map(({ line }) => line.recipe)])).toEqual([
      ["plates", ["sample 1", "sample 2", "sample 3", "sample 4", "sample 5", "sample 6"]],
      ["fewer", ["sample 1", "sample 2"]],
    ]);
    const one = await match(outcomes, { register: "plates" });
    expect(one.registers.map(({ register }) => register)).toEqual(["plates"]);
  });

  it("leaves out rows that tell nothing yet, and does not judge what shines where nothing formed", async () => {
    const [first, ...rest] = outcomes;
    const empty = { ...first, perovskite: "", peak_nm: "", fwhm_nm: "" };
    const failed = { ...rest[0], perovskite: "No", peak_nm: "480", fwhm_nm: "20" };
    const { untold, registers } = await match([empty, failed, { ...rest[1], sample: "3.0" }]);
    expect(untold).toBe(1);
    expect(registers[0].rows.map(({ told }) => told)[0]).toEqual({ formed: 0, peak: null, width: null });
    expect(registers[0].rows.map(({ line }) => line.recipe)).toEqual(["sample 2", "sample 3"]);
  });

  const of = (row: number, change: Readonly<Record<string, string>>): typeof outcomes =>
    outcomes.map((one, i) => (i === row ? { ...one, ...change } : one));
  const formed = { perovskite: "1", peak_nm: "480", fwhm_nm: "20" };

  it.each<[string, Parameters<typeof writeCsv>[2], Parameters<typeof matchOutcomes>[2], RegExp]>([
    [
      "a table of another kind",
      [{ a: "1", b: "2" }],
      {},
      /must have outcomes of a kind of register: platelets .*got a, b/,
    ],
    ["recipes without outcomes", cells, {}, /must have outcomes of a kind of register/],
    [
      "no outcome in any row",
      outcomes.map(({ sample }) => ({ sample, perovskite: "", peak_nm: "" })),
      {},
      /must tell an outcome .*got 6 rows, each without one/,
    ],
    ["an experiment twice", of(4, { sample: "2", ...formed }), {}, /row 5: .*got "sample 2" again, which row 2 has/],
    [
      "an experiment that nobody predicted",
      of(3, { sample: "77" }),
      {},
      /row 4: .*plates or fewer predicted; got "sample 77"/,
    ],
    [
      "experiments of no register",
      outcomes.map((one, i) => ({ ...one, sample: String(700 + i) })),
      {},
      /must be of experiments that a register of platelets predicted: plates, fewer; got "sample 700", .* and 1 more/,
    ],
    [
      "a name that is not registered",
      outcomes,
      { register: "plaits" },
      /registered name of platelets: plates, fewer; got "plaits"/,
    ],
    [
      "a register of another kind",
      outcomes,
      { register: "wells" },
      /--register: must be a registered name of platelets/,
    ],
    [
      "a peak in eV",
      of(2, { ...formed, peak_nm: "2.58" }),
      {},
      /row 3, column peak_nm: must be in nm, from 350 to 700; got "2.58"/,
    ],
    ["a width in eV", of(2, { ...formed, fwhm_nm: "0.085" }), {}, /column fwhm_nm: must be in nm, from 3 to 250/],
    [
      "widths that are not the same in nm and meV",
      of(2, { ...formed, fwhm_meV: "20" }).map((one) => ({ fwhm_meV: "", ...one })),
      {},
      /column fwhm_meV: must be the width of column fwhm_nm in meV, near 108 at 480 nm; got "20"/,
    ],
    ["a yield in percent", of(2, { ...formed, PLQY: "45" }), {}, /column PLQY: must be a share, from 0 to 1; got "45"/],
    [
      "a word for a number",
      of(2, { perovskite: "maybe" }),
      {},
      /column perovskite: must be 1 or yes, or 0 or no; got "maybe"/,
    ],
  ])("refuses %s", async (_, rows, options, message) => {
    await expect(match(rows, options)).rejects.toThrow(message);
  });

  it("refuses recipes beside it that are none, or that lack one", async () => {
    await expect(match(outcomes, { recipes: writeCsv(folder, "none.csv", outcomes) })).rejects.toThrow(
      /--recipes .*must have the recipes of platelets/,
    );
    await expect(match(outcomes, { recipes: writeCsv(folder, "few.csv", cells.slice(0, 3)) })).rejects.toThrow(
      /must have the recipe of each experiment that tells an outcome; got none of "sample 4"/,
    );
  });

  it("joins wells by plate and well", async () => {
    const { registers } = await match(playedWells(2, 3));
    expect(registers).toMatchObject([{ register: "wells" }]);
    expect(registers[0].rows.map(({ group, told }) => [group, told.score])).toHaveLength(6);
    await expect(match(playedWells(2, 3).map((one) => ({ ...one, crystal_score: "5" })))).rejects.toThrow(
      /column crystal_score: must be in steps of the score, from 1 to 4; got "5"/,
    );
    await expect(match(playedWells(2, 3).map((one) => ({ ...one, crystal_score: "2.5" })))).rejects.toThrow(
      /must be 1, 2, 3 or 4; got "2.5"/,
    );
  });
});
