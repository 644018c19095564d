import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { mapTable } from "../../../src/commands/data/mapTable.js";
import { formatPredictions } from "../../../src/commands/predict/formatPredictions.js";
import { predictionsShape } from "../../../src/commands/predict/predictionsShape.js";
import { predictPhases, type PredictOptions } from "../../../src/commands/predict/predictPhases.js";
import { predictVerb } from "../../../src/commands/predict/predictVerb.js";
import { recipeForm } from "../../../src/commands/predict/registerOptions.js";
import { trainPhaseModel } from "../../../src/commands/train/trainPhaseModel.js";
import { readPredictionLedger } from "../../../src/io/predictions/predictionLedger.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const directory = join(folder, "models");
const at = (name: string): string => join(folder, name);
let model = "";

const blindRecipes = projectPath("..", "shared", "blind", "recipes.csv");
if (!existsSync(blindRecipes)) console.warn("a test on recipes kept aside is skipped: ../shared/blind is not here");

beforeAll(async () => {
  model = (await trainPhaseModel({ seed: 3, rows: 3_000, hidden: [16], epochs: 4, out: directory })).model!;
}, 60_000);

const put = async (name: string, text: string): Promise<string> => {
  await writeFile(at(name), text);
  return at(name);
};

const header = "caesiumMolar,leadMolar,bromideMolar,temperatureCelsius,caesiumSource";
const table = `${header}\n0.008,0.03,0.06,170,Cs2CO3\n0.01,0.0271828182,0.0667,180,CsOAc\n`;
/** 6.4 mL of liquid, and what else is given. */
const publishedRow = (id: string, more: Readonly<Record<string, number>>): string => {
  const all = JSON.stringify({ Cs2CO3: 0.03, ODE: 16.875, OLA: 1.5197, OA: 1.5755, ...more }).replaceAll('"', "'");
  return `${id},170,170,0.0833,0.06,0.188,1.5755,1.5197,16.875,0,0.376,"${all}"`;
};
const published = [
  "id,Tinj,Trxn,t_min,Cs,Pb,OA,OLA,ODE,DMF,Br,all",
  publishedRow("one", { PbBr2: 0.188 }),
  publishedRow("two", { PbBr2: 0.188, ZnBr2: 0.1 }),
  publishedRow("three", { elixir: 1 }),
].join("\n");

let ledgers = 0;
const registering = (name: string): PredictOptions & { readonly ledger: string; readonly register: string } => ({
  directory,
  register: name,
  ledger: at(`ledger-${++ledgers}/ledger.jsonl`),
});

describe("twin predict --register", { timeout: 60_000 }, () => {
  it("registers what it answers, with all that remakes the model, and keeps the model beside the ledger", async () => {
    const options = registering("spring");
    const answered = await predictPhases(await put("table.csv", table), options);
    expect(answered.registered).toMatchObject({ name: "spring", lines: 2, isNew: true, ledger: options.ledger });
    const { lines, head } = await readPredictionLedger(options.ledger);
    expect(answered.registered!.head).toBe(head);
    expect(lines.map(({ recipe, form }) => `${recipe} ${form}`)).toEqual(["row 1 table", "row 2 table"]);
    expect(lines[0]).toMatchObject({
      model,
      remaking: {
        command: "twin train --seed 3 --rows 3000 --hidden 16 --epochs 4 --learning-rate 0.004 --members 1",
        seed: 3,
        codeSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        dataSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
      inDomain: answered.rows[0].inDomain,
      predictions: {
        phase: answered.rows[0].phase,
        probabilities: answered.rows[0].probabilities,
        set: answered.rows[0].set,
        quantities: answered.rows[0].quantities,
      },
    });
    for (const file of ["model.json", "weights.bin"])
      expect(await readFile(join(answered.registered!.model, file))).toEqual(
        await readFile(join(directory, model, file)),
      );
  });

  it("writes no value and no name of a recipe into the ledger", async () => {
    const options = registering("secret");
    const strange = `${header}\n0.008,0.0271828182,0.06,3.14159,unobtainium\n`;
    await predictPhases(await put("strange.csv", strange), options);
    const text = await readFile(options.ledger, "utf8");
    expect(text).toContain("(name kept back): no reagent of the list");
    for (const told of ["271828", "3.14159", "unobtainium"]) expect(text).not.toContain(told);
  });

  it("says of refused recipes that they are not registered", async () => {
    const file = await put("faulty.csv", `${table}0.01,-1,0.06,170,Cs2CO3\n`);
    const answered = await predictPhases(file, registering("some"));
    expect(answered.registered).toMatchObject({ lines: 2 });
    expect(formatPredictions(answered)).toMatch(
      new RegExp(
        "refused: 1 of 3 recipes\\n {2}row 3, column leadMolar: .*" +
          'registered: "some", 2 predictions.*not registered: 1 recipe that is refused above',
        "s",
      ),
    );
  });

  it("marks recipes whose outcome stands in the file, of a plain, a mapped and a published table", async () => {
    const known = async (name: string, file: string, more: Partial<PredictOptions> = {}): Promise<boolean[]> => {
      const options = registering(name);
      const answered = await predictPhases(file, { ...options, ...more });
      const { lines } = await readPredictionLedger(options.ledger);
      const marks = lines.map(({ notes }) => notes.includes("its outcome stood in the file"));
      expect(answered.registered!.known).toBe(marks.filter(Boolean).length);
      return marks;
    };
    const [head, ...rows] = table.trim().split("\n");
    const plain = [`${head},phase,sizeNanometre`, `${rows[0]},,`, `${rows[1]},CsPbBr3,`, `${rows[1]},,8.5`].join("\n");
    expect(await known("plain", await put("plain.csv", plain))).toEqual([false, true, true]);
    // What stands there need not be readable: that it stands there is enough.
    const odd = [`${head},phase`, `${rows[0]},greenish`, `${rows[1]},`].join("\n");
    expect(await known("odd", await put("odd.csv", odd))).toEqual([true, false]);
    const mapped = await put("m.csv", "Pb (mM),Cs (mM),Br (mM),T (C),phase\n30,8,60,170,CsPbBr3\n25,7,50,160,\n");
    const { out: columns } = await mapTable(mapped, { out: at("m.columns.json") });
    expect(await known("mapped", mapped, { columns })).toEqual([true, false]);
    const [top, one, two] = published.split("\n");
    const told = await put("told.csv", [`comp,D_nm,${top}`, `,,${one}`, `CsPbBr3,9,${two}`].join("\n"));
    expect(await known("told", told, { form: "recipes" })).toEqual([false, true]);
    expect(await known("untold", await put("untold.csv", published), { form: "recipes" })).toEqual([false, false]);
  });

  it("says that known outcomes are not predicted, and lets outcomes be filled in later", async () => {
    const options = registering("later");
    await predictPhases(await put("later.csv", table), options);
    const filled = table
      .trim()
      .split("\n")
      .map((line, i) => `${line},${i === 0 ? "phase" : "CsPbBr3"}`);
    const file = await put("filled.csv", filled.join("\n"));
    expect((await predictPhases(file, options)).registered).toMatchObject({ isNew: false, known: 0 });
    const answered = await predictPhases(file, registering("known"));
    expect(formatPredictions(answered)).toMatch(/\nof all of them the outcome stood in the file, as their notes say: /);
  });

  it("adds nothing the second time, and refuses other answers under the name", async () => {
    const options = registering("twice");
    const file = await put("table.csv", table);
    await predictPhases(file, options);
    const again = await predictPhases(file, options);
    expect(again.registered).toMatchObject({ isNew: false, lines: 2 });
    expect(formatPredictions(again)).toMatch(/registered on \d{4}-\d\d-\d\d already, nothing was added: "twice"/);
    await expect(predictPhases(await put("other.csv", table.replace("180", "181")), options)).rejects.toThrow(
      /--register twice: must be a new name, .*another recipe of recipe "row 2"/,
    );
  });

  it("prints as JSON what was registered", async () => {
    const pieces: string[] = [];
    const json = (text: string): Promise<void> => Promise.resolve(void pieces.push(text));
    await predictVerb.run({ file: await put("table.csv", table), ...registering("as-json") }, { json });
    const printed = predictionsShape.parse(JSON.parse(pieces.join("")));
    expect(printed.registered).toMatchObject({ name: "as-json", lines: 2 });
    expect(printed.rows).toHaveLength(2);
  });

  it("reads recipes written as the published ones, by their names; foreign metals are outside", async () => {
    const options = { ...registering("published"), form: "recipes" as const };
    const { rows, refused } = await predictPhases(await put("published.csv", published), options);
    expect(rows[1].outside.join()).toContain('"zinc bromide": brings what the model does not count');
    expect(refused.map(({ at: place, got }) => `${place}: ${got}`)).toEqual([
      "row 3, column all: the list of reagents does not have elixir",
    ]);
    const { lines } = await readPredictionLedger(options.ledger);
    expect(lines.map(({ recipe, inDomain }) => [recipe, inDomain])).toEqual([
      ["one", rows[0].inDomain],
      ["two", false],
    ]);
  });

  it("refuses a form that there is not, and one of a recipe of flags, which nobody could check", async () => {
    expect(() => recipeForm("--form")("poems")).toThrow(/--form: must be one of recipes.*; got "poems"/);
    await expect(predictPhases({ lead: "5mM" }, { directory, form: "recipes" })).rejects.toThrow(
      /--form: must belong to recipes of a file; got a recipe of flags/,
    );
    await expect(predictPhases({ lead: "5mM" }, registering("flags"))).rejects.toThrow(
      /--register: must belong to recipes of a file; got a recipe of flags/,
    );
  });

  it.skipIf(!existsSync(blindRecipes))(
    "answers all 24 recipes kept aside, and holds those with foreign ions outside (skipped without ../shared/blind)",
    async () => {
      const options = { ...registering("blind"), form: "recipes" as const };
      const { answered, unanswered } = await predictPhases(blindRecipes, options);
      expect({ answered, unanswered }).toEqual({ answered: 24, unanswered: 0 });
      const { lines } = await readPredictionLedger(options.ledger);
      const foreign = ["03", "10", "12", "13", "14", "16", "23", "24"];
      expect(lines.flatMap(({ notes }) => notes)).not.toContain("its outcome stood in the file");
      for (const one of foreign)
        expect(lines.find(({ recipe }) => recipe === `recipe-${one}`)).toMatchObject({ inDomain: false });
      expect(await readFile(options.ledger, "utf8")).not.toMatch(/zinc|rubidium|bismuth|copper|iodide/);
    },
  );
});
