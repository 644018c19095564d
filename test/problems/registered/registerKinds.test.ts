import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { appendAnchor } from "../../../src/io/predictions/anchorLedger.js";
import { readPredictionLedger, type Registration } from "../../../src/io/predictions/predictionLedger.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import { phaseJudging } from "../../../src/problems/phase/phaseJudging.js";
import { registerKinds } from "../../../src/problems/registered/registerKinds.js";
import { validateNew } from "../../../src/problems/registered/validateNew.js";
import { playedRegistration } from "../../io/predictions/playedRegistration.js";
import { campaignRaw } from "../../support/campaignRaw.js";
import { gitFolder } from "../../support/gitFolder.js";
import { writeCsv } from "./playedPlates.js";
import { playedWells, wellsRegistration } from "./playedWells.js";

const { folder, commit } = gitFolder();
const ledger = join(folder, "ledger.jsonl");
const at = "2026-12-05T12:00:00.000Z";

/** Of recipes that make CsPbBr3 of 10 nm, as nobody said. */
function phases(name: string, form: string, recipes: readonly string[]): Registration {
  const probabilities = Object.fromEntries(phaseNames.map((phase, i) => [phase, i === 0 ? 0.9 : 0.025]));
  const size = { unit: "nm", value: 10, low: 8, high: 12, reason: null };
  const peak = { unit: "nm", value: null, low: null, high: null, reason: "too few" };
  const { rows } = playedRegistration(name, { rows: recipes.length });
  return {
    ...playedRegistration(name),
    form,
    judging: phaseJudging({ isSimulated: true }),
    rows: rows.map((row, i) => ({
      ...row,
      recipe: recipes[i],
      predictions: {
        phase: "CsPbBr3",
        probabilities,
        set: ["CsPbBr3"],
        quantities: { sizeNanometre: size, photoluminescencePeakNanometre: peak },
      },
    })),
  };
}

beforeAll(async () => {
  await registerPredictions(phases("papers", "recipes", ["r-1", "r-2", "r-3", "r-4"]), { ledger });
  await registerPredictions(phases("batches", "table", ["b 1", "b 2", "b 3"]), { ledger });
  await registerPredictions(wellsRegistration("wells", playedWells(6, 4)), { ledger });
  await appendAnchor(await readPredictionLedger(ledger), ledger);
  commit("2026-12-01T08:00:00Z");
});

describe("kinds of registers", () => {
  it("have names, forms and columns of their own", () => {
    const forms = registerKinds.flatMap((kind) => kind.forms);
    expect(new Set(forms).size).toBe(forms.length);
    expect(registerKinds.map(({ name }) => name)).toEqual(["platelets", "phase", "crystallisation"]);
  });

  it("score published recipes by paper: polymorphs are their phase, foreign phases wrong", async () => {
    const row = (id: string, doi: string, comp: string, size: string): Readonly<Record<string, string>> => ({
      id,
      doi,
      comp,
      D_nm: size,
    });
    const file = writeCsv(folder, "papers.csv", [
      row("r-1", "10.1/A", "CsPbBr3-1", "11"),
      row("r-2", "10.1/a", "CsPb2Br5", "14"),
      row("r-3", "10.1/b", "Cs3Bi2Br9", "5160"),
      row("r-4", "10.1/c", "CsPbBr3+Cs4PbBr6", ""),
    ]);
    const { registers } = await validateNew(file, { ledger, at });
    expect(registers).toMatchObject([{ register: "papers", unit: "paper", n: 4 }]);
    const [all, ...apart] = registers[0].groups;
    expect(all.scores).toMatchObject({
      phase: {
        rows: 4,
        counts: { CsPbBr3: 1, CsPb2Br5: 1, coexistence: 1, "none of these": 1 },
        accuracy: { value: 0.25 },
        coverage: { value: 0.25 },
      },
      sizeNanometre: { rows: 2, coverage: { value: 0.5 }, relativeWidth: null },
    });
    expect(apart.map(({ rows }) => rows)).toEqual(expect.arrayContaining(["paper 10.1/a", "paper 10.1/b"]));
    // What is not answered is not judged, nor promised.
    expect(registers[0].promises.map(({ promise, rows, misses }) => [promise, rows, misses])).toEqual([
      ["the set of phases holds the phase that was made", 4, 3],
      ["the interval of sizeNanometre holds it", 2, 1],
    ]);
  });

  it("score recipes in columns of ours by batch, and refuse a strange phase and another unit", async () => {
    const rows = ["b 1", "b 2", "b 3"].map((experiment, i) => ({
      experiment,
      batch: `day ${i}`,
      phase: ["CsPbBr3", "no target product", ""][i],
      sizeNanometre: ["9.5", "", "13"][i],
    }));
    const { registers } = await validateNew(writeCsv(folder, "batches.csv", rows), { ledger, at });
    expect(registers).toMatchObject([{ register: "batches", unit: "batch", n: 3 }]);
    expect(registers[0].groups[0].scores).toMatchObject({ phase: { rows: 2 }, sizeNanometre: { rows: 2 } });
    const wrong = (change: object): string =>
      writeCsv(folder, "wrong.csv", [{ ...rows[0], ...change }, ...rows.slice(1)]);
    await expect(validateNew(wrong({ phase: "CsPbI3" }), { ledger, at })).rejects.toThrow(
      /row 1, column phase: must be one of CsPbBr3, /,
    );
    await expect(validateNew(wrong({ sizeNanometre: "0.0095" }), { ledger, at })).rejects.toThrow(
      /row 1, column sizeNanometre: must be in nm, from 0.25 to 400; got "0.0095"/,
    );
  });

  it("score crystallisations by plate, apart by laboratory", async () => {
    const file = writeCsv(folder, "wells.csv", playedWells(6, 4));
    const { registers } = await validateNew(file, { ledger, at });
    expect(registers).toMatchObject([{ register: "wells", kind: "crystallisation", unit: "plate", n: 24 }]);
    expect(registers[0].groups.map(({ rows, n }) => [rows, n])).toEqual([
      ["all", 24],
      ["inside", 24],
      ["outside", 0],
      ["laboratory LBL", 4],
      ["laboratory HC", 20],
    ]);
    expect(registers[0].groups[0].scores).toMatchObject({
      score: { counts: { "1": 6, "2": 6, "3": 6, "4": 6 }, accuracy: { value: 0.25 }, coverage: { value: 0.5 } },
    });
    expect(registers[0]).toMatchObject({ verdict: "broken", promises: [{ misses: 12, rows: 24, level: 0.9 }] });
  });

  it("hold a well to the recipe that was registered, where the file has it", async () => {
    const kind = registerKinds.find(({ name }) => name === "crystallisation")!;
    const [well, other] = (await kind.recipes("", campaignRaw({}, { well: "A2", M_PbI2: "0.7" })))!;
    expect(well).toMatchObject({ recipe: "plate 1_A1", group: "plate 1", by: { laboratory: "LBL" } });
    expect(other.recipeSha256).not.toBe(well.recipeSha256);
    expect(await kind.recipes("", { ...campaignRaw({}), columns: { plate: ["p"], well: ["A1"] } })).toBeNull();
  });
});
