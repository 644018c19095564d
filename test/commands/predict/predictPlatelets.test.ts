import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { predictPhases } from "../../../src/commands/predict/predictPhases.js";
import { predictPlatelets } from "../../../src/commands/predict/predictPlatelets.js";
import { predictVerb } from "../../../src/commands/predict/predictVerb.js";
import { checkRegistered } from "../../../src/commands/predictions/checkRegistered.js";
import { predictionsCheckVerb } from "../../../src/commands/predictions/predictionsVerbs.js";
import { trainVerb } from "../../../src/commands/train/trainVerb.js";
import { readPredictionLedger } from "../../../src/io/predictions/predictionLedger.js";
import { sha256File } from "../../../src/io/sha256.js";
import { type PlateletCells, recipeCells, smallCells } from "../../problems/platelets/smallTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const directory = join(folder, "models");
const at = (name: string): string => join(folder, name);
let model = "";

const put = async (name: string, rows: readonly PlateletCells[]): Promise<string> => {
  const header = Object.keys(rows[0]);
  await writeFile(at(name), [header, ...rows.map((row) => header.map((column) => row[column]))].join("\n"));
  return at(name);
};
/** One that repeats a recipe of training, and one of an antisolvent and of volumes that no training row had. */
const asked: readonly PlateletCells[] = [
  Object.fromEntries(Object.keys(recipeCells).map((name) => [name, smallCells(1)[0][name]])),
  { ...recipeCells, sample: "2", antisolvent: "unobtainium", V_CsOA_uL: "2987" },
];

beforeAll(async () => {
  const data = await put("training.csv", smallCells(60));
  const { data: trained } = await trainVerb.run({ form: "platelets", seed: 3, data, out: directory });
  model = trained.model!;
}, 120_000);

describe("twin predict --form platelets", { timeout: 60_000 }, () => {
  it("registers what its model says, and the model says it again, byte for byte", async () => {
    const file = await put("asked.csv", asked);
    const ledger = at("own/ledger.jsonl");
    const { rows, registered } = await predictPlatelets(file, { model, directory, register: "plates", ledger });
    expect(registered).toMatchObject({ name: "plates", lines: 2, isNew: true });
    const { lines } = await readPredictionLedger(ledger);
    const dataSha256 = await sha256File(at("training.csv"));
    expect(lines[0]).toMatchObject({
      recipe: "sample 1",
      form: "platelets",
      predictions: { peak: rows[0].peak, width: rows[0].width, formed: rows[0].formed },
      inDomain: true,
      notes: ["repeats a recipe of training"],
      remaking: {
        command: `twin train --form platelets --seed 3 --data FILE (of SHA-256 ${dataSha256})`,
        seed: 3,
        dataSha256,
      },
    });
    const { answeredAgain } = await checkRegistered({ name: "plates", file, ledger });
    expect(answeredAgain).toMatchObject({ equal: 2, different: [] });
  });

  it("writes no value and no name of a recipe into the ledger", async () => {
    const ledger = at("kept/ledger.jsonl");
    await predictPlatelets(await put("asked.csv", asked), { model, directory, register: "kept-back", ledger });
    const { lines } = await readPredictionLedger(ledger);
    expect(lines[1].inDomain).toBe(false);
    expect(lines[1].notes).toContain("no training row has its antisolvent");
    expect(lines[1].notes).toContain("Cs:Pb is more than in any training row");
    const text = await readFile(ledger, "utf8");
    for (const told of ["unobtainium", "2987", "2.987"]) expect(text).not.toContain(told);
  });

  it("tells each synthesis on two lines, and what was registered", async () => {
    const file = await put("asked.csv", asked);
    const { text } = await predictVerb.run({
      ...{ file, form: "platelets", model, directory },
      ...{ register: "told", ledger: at("told/ledger.jsonl") },
    });
    expect(text).toMatch(/sample 1: forms with .* %, set at 90 %: formed; inside; repeats a recipe of training/);
    expect(text).toMatch(/if it forms, with 90 % intervals: emission peak \d+ nm \(\d+ to \d+\), width/);
    expect(text).toMatch(/registered: "told", 2 predictions/);
  });

  it("refuses a bad row alone and once, with row and column; --strict fails for it", async () => {
    const rows = [asked[0], { ...asked[0], sample: "2", V_CsOA_uL: "0" }, { ...asked[0], sample: "3", c_CsOA_M: "x" }];
    const file = await put("faulty.csv", rows);
    const ask = { file, form: "platelets" as const, model, directory };
    const { text, data, passed } = await predictVerb.run(ask);
    expect(passed).toBe(true);
    expect(data).toMatchObject({ rows: [{ experiment: "sample 1" }] });
    expect(text).toMatch(
      /refused: 2 of 3 syntheses\n {2}row 2, column V_CsOA_uL: must be .*; got "0"\n {2}row 3, column c_CsOA_M: .*"x"/,
    );
    expect((await predictVerb.run({ ...ask, strict: true })).passed).toBe(false);
    expect((await predictVerb.run({ ...ask, file: await put("asked.csv", asked), strict: true })).passed).toBe(true);
    const none = await put("none.csv", rows.slice(1));
    await expect(predictPlatelets(none, { model, directory })).rejects.toThrow(
      /none\.csv, row 1, column V_CsOA_uL: must be above 0.*got "0", and none of the 2 syntheses can be answered/,
    );
  });

  it("marks as known what has its outcome in the file, and not what has the empty columns of outcomes", async () => {
    const empty = { peak_nm: "", fwhm_nm: "", perovskite: "", monodispersity: "", PLQY: "", n_peaks: "" };
    const rows = [0, 1, 2].map((row) => ({ ...recipeCells, ...empty, sample: String(row) }));
    const file = await put("open.csv", [rows[0], { ...rows[1], peak_nm: "466" }, { ...rows[2], perovskite: "0" }]);
    const ledger = at("open/ledger.jsonl");
    const { text } = await predictVerb.run({
      ...{ file, form: "platelets", model, directory, register: "open", ledger },
    });
    expect(text).toMatch(/of 2 of them the outcome stood in the file, as their notes say/);
    const { lines } = await readPredictionLedger(ledger);
    const isKnown = lines.map(({ notes }) => notes.includes("its outcome stood in the file"));
    expect(isKnown).toEqual([false, true, true]);
    // What is filled in later changes nothing of what was predicted.
    const later = await put(
      "later.csv",
      rows.map((row) => ({ ...row, perovskite: "1" })),
    );
    const { answeredAgain } = await checkRegistered({ name: "open", file: later, ledger });
    expect(answeredAgain).toMatchObject({ equal: 3, different: [] });
  });

  it("names the kind of a model that does not answer platelets, or answers nothing else", async () => {
    const file = await put("asked.csv", asked);
    await expect(predictPhases(file, { model, directory })).rejects.toThrow(
      /must be a model of the phase; got a model of platelets; write --form platelets/,
    );
    for (const [kind, content] of [
      ["a network of the phase", "model.json"],
      ["a model of the phase in an own laboratory", "laboratory.json"],
    ]) {
      const name = "ab".repeat(32);
      await mkdir(join(at(content), name), { recursive: true });
      await writeFile(join(at(content), name, content), "{}");
      await expect(predictPlatelets(file, { directory: at(content) })).rejects.toThrow(
        `must be a model of platelets for --form platelets; got ${kind}; leave --form out`,
      );
    }
  });

  it("finds a kept model of which a byte was changed", async () => {
    const ledger = at("damaged/ledger.jsonl");
    const { registered } = await predictPlatelets(await put("asked.csv", asked), {
      ...{ model, directory, register: "damaged", ledger },
    });
    await appendFile(join(registered!.model, "platelets.json"), " ");
    const { passed, text } = await predictionsCheckVerb.run({ ledger });
    expect(passed).toBe(false);
    expect(text).toMatch(/its model is damaged: .*platelets\.json: must have the hash that its folder is named after/);
  });

  it("refuses options of other recipes, a recipe of flags, and a model of the phase", async () => {
    const file = await put("asked.csv", asked);
    await expect(predictVerb.run({ file, form: "platelets", secondOpinion: true })).rejects.toThrow(
      /--second-opinion: must belong to recipes of a model of the phase/,
    );
    await expect(predictVerb.run({ form: "platelets" })).rejects.toThrow(/--form platelets: must belong to a table/);
    await expect(trainVerb.run({ form: "platelets", seed: 1, rows: 5000 })).rejects.toThrow(
      /--rows: must belong to a model of the phase/,
    );
    await expect(trainVerb.run({ twinPrior: true, seed: 1, rows: 5000 })).rejects.toThrow(
      /--twin-prior: belongs to --form platelets/,
    );
  });
});
