import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { predictCrystallisation } from "../../../src/commands/predict/predictCrystallisation.js";
import { predictPhases } from "../../../src/commands/predict/predictPhases.js";
import { predictVerb } from "../../../src/commands/predict/predictVerb.js";
import { checkRegistered } from "../../../src/commands/predictions/checkRegistered.js";
import { trainVerb } from "../../../src/commands/train/trainVerb.js";
import { readPredictionLedger } from "../../../src/io/predictions/predictionLedger.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const directory = join(folder, "models");
const at = (name: string): string => join(folder, name);
const training = projectPath("data", "examples", "made-up-wells.csv");
const toAsk = projectPath("data", "examples", "made-up-wells-to-ask.csv");
let model = "";

type Cells = Readonly<Record<string, string>>;

async function wells(path = toAsk): Promise<readonly Cells[]> {
  const [header, ...lines] = (await readFile(path, "utf8")).trim().split("\n");
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
}

const put = async (name: string, rows: readonly Cells[]): Promise<string> => {
  const header = Object.keys(rows[0]);
  await writeFile(at(name), [header, ...rows.map((row) => header.map((column) => row[column]))].join("\n"));
  return at(name);
};

beforeAll(async () => {
  const { data } = await trainVerb.run({ problem: "crystallisation", seed: 1, data: training, out: directory });
  model = data.model!;
}, 120_000);

describe("twin train --problem crystallisation", { timeout: 60_000 }, () => {
  it("says what it is worth on unseen plates, beside the constant", async () => {
    const { text, passed } = await trainVerb.run({
      ...{ problem: "crystallisation", seed: 1, data: training, out: directory },
    });
    expect(passed).toBe(true);
    expect(text).toMatch(/^96 crystallisations on 8 plates, seed 1\n/);
    expect(text).toMatch(/on plates that it had not seen, 95 % intervals by plate +accuracy +log loss \(nats\)/);
    expect(text).toMatch(/forest +0\.\d+ \[.*\n {2}constant +0\.\d+ \[/);
    expect(text).toMatch(/it is better than "constant" by 0\.\d+ ± 0\.\d+ nats/);
    expect(text).toContain(`saved as ${model}`);
  });

  it("leaves out what cannot be read, says so, and fails for it with --strict", async () => {
    const [first, ...others] = await wells(training);
    const data = await put("faulty.csv", [{ ...first, M_PbI2: "much" }, ...others]);
    const { text, passed } = await trainVerb.run({
      ...{ problem: "crystallisation", seed: 1, data, out: at("strict"), strict: true },
    });
    expect(passed).toBe(false);
    expect(text).toMatch(
      /left out: 1 rows that cannot be used\n {2}row 1, column M_PbI2: must be a number; got "much"/,
    );
  });

  it("refuses wells without scores, a single plate, and options of other models", async () => {
    const train = (data: string, more = {}): Promise<unknown> =>
      Promise.resolve(trainVerb.run({ problem: "crystallisation", seed: 1, data, out: at("refused"), ...more }));
    await expect(train(toAsk)).rejects.toThrow(/column crystal_score: must be there: a model learns from scores/);
    const one = (await wells(training)).map((well, i) => ({ ...well, plate: "one", well: String(i) }));
    await expect(train(await put("one.csv", one))).rejects.toThrow(/column plate: must tell two plates or more.*got 1/);
    await expect(train(await put("few.csv", one.slice(0, 30)))).rejects.toThrow(/of 40 wells or more; got 30/);
    await expect(train(training, { epochs: 3 })).rejects.toThrow("--epochs: must belong to a model of another problem");
    await expect(train(training, { twinPrior: true })).rejects.toThrow("--twin-prior: must belong to");
  });
});

describe("twin predict by a model of crystallisations", { timeout: 60_000 }, () => {
  it("registers what its model says, and the model says it again, byte for byte", async () => {
    const ledger = at("own/ledger.jsonl");
    const { data } = await predictVerb.run({ ...{ file: toAsk, model, directory }, register: "wells", ledger });
    expect(data.registered).toMatchObject({ name: "wells", lines: 6, isNew: true });
    const { lines } = await readPredictionLedger(ledger);
    expect(lines[0]).toMatchObject({ recipe: "made up 9_A3", form: "crystallisation", notes: [] });
    expect(lines[0].remaking.command).toMatch(/^twin train --problem crystallisation --seed 1 --data FILE/);
    expect(lines[5].notes).toContain("no training well has its organic salt");
    expect(await readFile(ledger, "utf8")).not.toMatch(/iodide|UHFFFAOYSA|NH3/);
    const { answeredAgain, names } = await checkRegistered({ name: "wells", file: toAsk, ledger });
    expect(answeredAgain).toMatchObject({ equal: 6, different: [] });
    expect(names).toMatchObject([{ isKept: true, damage: null }]);
  });

  it("finds a kept model of which a byte was changed", async () => {
    const ledger = at("damaged/ledger.jsonl");
    await predictCrystallisation(toAsk, { model, directory, register: "wells", ledger });
    const path = join(folder, "damaged", "models", model, "crystallisation.json");
    await writeFile(path, (await readFile(path, "utf8")).replace('"seed":1', '"seed":2'));
    const { names } = await checkRegistered({ ledger });
    expect(names[0]).toMatchObject({ isKept: false });
    expect(names[0].damage).toMatch(/must have the hash that its folder is named after/);
  });

  it("gives probabilities that sum to 1, a set with the likeliest score, and the label", async () => {
    const { text, data } = await predictVerb.run({ file: toAsk, model, directory });
    const { rows } = data as Awaited<ReturnType<typeof predictCrystallisation>>;
    for (const { score, probabilities, set } of rows) {
      expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(Math.max(...probabilities)).toBe(probabilities[score - 1]);
      expect(set).toContain(score);
    }
    expect(text).toMatch(/made up 9_A3: \d with \d.* %.*, set at 90 %: \d.*; inside/);
    expect(text).toMatch(/made up 9_C3:.*outside: no training well has LYHPZBKXSHVBDW/);
    expect(text).toContain("experimental: confirm in the lab");
  });

  it("answers unknown salts, empty cells, blanks and odd columns, each with its reason and no NaN", async () => {
    const [first] = await wells();
    const file = await put(
      "strange.csv",
      [
        first,
        { ...first, well: "no salt", M_organic1: "", organic1_inchikey: "", organic1_smiles: "" },
        { ...first, well: "no text", organic1_inchikey: "NEW", organic1_smiles: "" },
        { ...first, well: "by key", organic1_smiles: "" },
        { ...first, well: "second", M_organic2: "0.3", organic2_inchikey: "UNKNOWN" },
        { ...first, well: "cold", temperature_C: "", bulk_temperature_C: "" },
        { ...first, well: "strong", M_PbI2: "9" },
        { ...first, well: first.well },
      ].map((row) => ({ ...row, remark: "more" })),
    );
    const { rows, refused } = await predictCrystallisation(file, { model, directory });
    expect(refused).toEqual([]);
    expect(JSON.stringify(rows)).not.toContain("null");
    const told = rows.map(({ outside }) => outside.map(({ why }) => why));
    expect(told).toEqual([
      [],
      ["no training well has its organic salt"],
      ["no training well has its organic salt", "what an organic salt of it is cannot be read from its SMILES"],
      [],
      [
        "what an organic salt of it is cannot be read from its SMILES",
        "second organic salt is more than in any training well",
      ],
      ["its temperature is not told", "its temperature of the liquid is not told"],
      ["lead iodide is more than in any training well"],
      [],
    ]);
    expect(rows.at(-1)!.experiment).toBe("made up 9_A3, 2");
    // The same well by its key alone is the same well.
    expect(rows[3].probabilities).toEqual(rows[0].probabilities);
  });

  it("looks at no score that stands in the file, and says that it was known", async () => {
    const rows = (await wells()).map((well, i) => ({ ...well, crystal_score: i === 0 ? "4" : "" }));
    const file = await put("known.csv", rows);
    const ledger = at("known/ledger.jsonl");
    const { rows: answers } = await predictCrystallisation(file, { model, directory, register: "known", ledger });
    expect(answers).toEqual((await predictCrystallisation(toAsk, { model, directory })).rows);
    const { lines } = await readPredictionLedger(ledger);
    expect(lines.map(({ notes }) => notes.includes("its outcome stood in the file"))).toEqual([
      ...[true, false, false],
      ...[false, false, false],
    ]);
  });

  it("refuses a bad row alone, a missing column by its name, and a file of which nothing can be answered", async () => {
    const rows = await wells();
    const file = await put("bad.csv", [rows[0], { ...rows[1], M_GBL: "-1" }]);
    const { text, passed } = await predictVerb.run({ file, model, directory, strict: true });
    expect(passed).toBe(false);
    expect(text).toMatch(/refused: 1 of 2 wells\n {2}row 2, column M_GBL: must be 0 to 100 mol\/L; got "-1"/);
    const none = await put("none.csv", [{ ...rows[0], M_GBL: "x" }]);
    await expect(predictCrystallisation(none, { model, directory })).rejects.toThrow(
      /row 1, column M_GBL: must be a number/,
    );
    const less = rows.map(({ M_DMF: _, ...row }) => row);
    await expect(predictCrystallisation(await put("less.csv", less), { model, directory })).rejects.toThrow(
      'the column "M_DMF" must be there',
    );
  });

  it("says where a model of crystallisations cannot answer", async () => {
    await expect(predictPhases(toAsk, { model, directory })).rejects.toThrow(
      /must be a model of the phase; got a model of crystallisations; leave --form out, and give a file/,
    );
    await expect(
      Promise.resolve(predictVerb.run({ file: toAsk, form: "platelets", model, directory })),
    ).rejects.toThrow(/must be a model of platelets for --form platelets; got a model of crystallisations/);
    await expect(Promise.resolve(predictVerb.run({ file: toAsk, model, directory, explain: true }))).rejects.toThrow(
      /--explain: must belong to recipes of a model of the phase/,
    );
  });
});
