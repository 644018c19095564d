import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { predictionsSchema, predictionsShape } from "../../../src/commands/predict/predictionsShape.js";
import { predictPhases } from "../../../src/commands/predict/predictPhases.js";
import { predictVerb } from "../../../src/commands/predict/predictVerb.js";
import { recipesReport } from "../../../src/commands/predict/recipesReport.js";
import { trainPhaseModel } from "../../../src/commands/train/trainPhaseModel.js";
import { numbersOf, textsOf } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { readTable } from "../../../src/io/tables/readTable.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { answerRecipes, type RecipeAnswer } from "../../../src/predictor/answerRecipes.js";
import { phaseModelOf } from "../../../src/predictor/phaseModelOf.js";
import { simdTraining } from "../../../src/training/engines/simd/simdTraining.js";
import { loadModel } from "../../../src/training/files/loadModel.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const directory = join(folder, "models");
const at = (name: string): string => join(folder, name);
let model = "";

beforeAll(async () => {
  model = (await trainPhaseModel({ seed: 3, rows: 3_000, hidden: [16], epochs: 4, out: directory })).model!;
}, 60_000);

const put = async (name: string, text: string): Promise<string> => {
  await writeFile(at(name), text);
  return at(name);
};

/** What the verb prints as JSON, and in how many pieces. */
async function printed(
  options: Parameters<typeof predictVerb.run>[0],
): Promise<{ readonly value: unknown; readonly pieces: readonly string[]; readonly passed: boolean | undefined }> {
  const pieces: string[] = [];
  const { passed, isWritten } = await predictVerb.run(
    { directory, ...options },
    {
      json: async (text) => {
        await Promise.resolve();
        pieces.push(text);
      },
    },
  );
  expect(isWritten).toBe(true);
  return { value: JSON.parse(pieces.join("")), pieces, passed };
}

const header = "route,temperatureCelsius,timeSecond,caesiumMolar,leadMolar,bromideMolar,caesiumSource,bromideSource";
const line = (over: Readonly<Record<string, string | number>> = {}): string =>
  Object.values({
    route: "hot injection",
    temperatureCelsius: 170,
    timeSecond: 5,
    caesiumMolar: 0.008,
    leadMolar: 0.03,
    bromideMolar: 0.06,
    caesiumSource: "caesium oleate",
    bromideSource: "lead bromide",
    ...over,
  }).join(",");
const faulty = [header, line(), line({ timeSecond: "soon" }), line({ leadMolar: -1 }), "1,2", line({ route: "mixed" })];

describe("predictVerb", { timeout: 60_000 }, () => {
  it("answers a long table as it answers its rows together, bit for bit, in one object of many pieces", async () => {
    const { table } = await generateExperiments({ rows: 10_000, seed: 9 });
    await writeTable(table, at("long.parquet"));
    await writeTable(table, at("long.csv"));
    const inMemory = phaseModelOf(await loadModel(directory, model), "model", { engine: await simdTraining() });
    const inOne = async (file: string): Promise<readonly RecipeAnswer[]> =>
      answerRecipes(inMemory, await readTable(file)).rows.map((answer) => ({ ...answer, advice: null }));
    const whole = await inOne(at("long.parquet"));
    const { value, pieces } = await printed({ file: at("long.parquet"), out: at("answers.parquet") });
    const { rows, refused } = predictionsShape.parse(value);
    expect(pieces.length).toBeGreaterThan(2);
    expect(refused).toEqual([]);
    expect(JSON.stringify(rows)).toBe(JSON.stringify(whole));
    const written = await readTable(at("answers.parquet"));
    expect(textsOf(written, "phase")).toEqual(whole.map(({ phase }) => phase));
    expect(numbersOf(written, "quantumYieldHigh")).toEqual(
      Float32Array.from(whole, ({ quantities }) => quantities.quantumYield.high ?? Number.NaN),
    );
    const fromCsv = predictionsShape.parse((await printed({ file: at("long.csv") })).value);
    expect(JSON.stringify(fromCsv.rows)).toBe(JSON.stringify(await inOne(at("long.csv"))));
  });

  it("writes the same bytes by one thread and by three more, and ends with the first that fails", async () => {
    const { table } = await generateExperiments({ rows: 30_000, seed: 10 });
    const [file, outs] = [at("threads.parquet"), [0, 3].map((workers) => at(`threads${workers}.csv`))];
    await writeTable(table, file);
    const texts = await Promise.all(
      [0, 3].map(async (workers, i) => {
        let json = "";
        const onJson = (some: string): Promise<void> => Promise.resolve(void (json += some));
        await predictPhases(file, { directory, workers, out: outs[i], mostRows: 0, onJson });
        return json;
      }),
    );
    expect(texts[1]).toBe(texts[0]);
    expect((await readFile(outs[1])).equals(await readFile(outs[0]))).toBe(true);
    const failing = predictPhases(file, { directory, workers: 3, onJson: () => Promise.reject(new Error("no room")) });
    await expect(failing).rejects.toThrow("no room");
  });

  it("lists rows that it cannot answer, whatever keeps them from it, and answers the others", async () => {
    const file = await put("faulty.csv", faulty.join("\n"));
    const { value, passed } = await printed({ file, out: at("faulty-answers.csv") });
    const { rows, refused, answered, unanswered } = predictionsShape.parse(value);
    expect(rows.map(({ row, inDomain }) => [row, inDomain])).toEqual([
      [1, expect.any(Boolean)],
      [4, false],
    ]);
    expect([answered, unanswered, passed]).toEqual([2, 3, true]);
    expect(refused.map(({ row, column, got }) => [row, column, got])).toEqual([
      [null, null, "2"],
      [2, "timeSecond", '"soon"'],
      [3, "leadMolar", "-1 mol/L"],
    ]);
    const written = await readTable(at("faulty-answers.csv"));
    expect(Array.from(numbersOf(written, "row"))).toEqual([Number.NaN, 1, 2, 3, 4]);
    expect(textsOf(written, "refused")[3]).toMatch(
      /^row 3, column leadMolar: must be above 0 and at most 2 mol\/L; got/,
    );
    expect(textsOf(written, "phase").map((phase) => phase === "")).toEqual([true, false, true, true, false]);
    expect((await printed({ file, strict: true })).passed).toBe(false);
    const { text } = await predictVerb.run({ file, directory });
    expect(text).toContain("refused: 3 of 5 recipes\n  line 5: every line must have 8 cells like the header");
  });

  it("refuses a row once and in its place, wherever it stands in a long file (later pieces answered it)", async () => {
    const lines = Array.from({ length: 12_000 }, (_, i) =>
      line(i === 5_999 || i === 11_999 ? { timeSecond: "soon" } : {}),
    );
    const long = await put("long-faulty.csv", [header, ...lines].join("\n"));
    await predictPhases(long, { directory, out: at("long-faulty-answers.parquet"), mostRows: 0 });
    const written = await readTable(at("long-faulty-answers.parquet"));
    expect(Array.from(numbersOf(written, "row"))).toEqual(Array.from({ length: 12_000 }, (_, i) => i + 1));
    const refusals = textsOf(written, "refused");
    expect(refusals.flatMap((text, i) => (text === "" ? [] : [i + 1]))).toEqual([6_000, 12_000]);
    const { answered, unanswered } = await predictPhases(long, { directory, mostRows: 0 });
    expect([answered, unanswered]).toEqual([11_998, 2]);
  });

  it("refuses flags with a column map, which says nothing of them (it was passed over)", async () => {
    const flags = { lead: "30mM", caesium: "8mM" };
    await expect(predictVerb.run({ ...flags, directory, columns: "x.columns.json" })).rejects.toThrow(
      "--columns: must belong to a table; got a recipe of flags",
    );
  });

  it("writes over neither the map nor the reagents that it reads (it could)", async () => {
    const [table, map] = [await put("kept.csv", `${header}\n${line()}\n`), await put("kept.columns.json", "{}")];
    for (const other of [{ columns: map }, { columns: "x.json", reagents: map }])
      await expect(predictVerb.run({ file: table, directory, ...other, out: map })).rejects.toThrow(
        "--out: must be another file than that of the recipes, their map and the reagents",
      );
    expect(await readFile(map, "utf8")).toBe("{}");
  });

  it("refuses a file of which no row can be answered, and prints and writes nothing", async () => {
    const file = await put("none.csv", [header, line({ leadMolar: 5 }), line({ timeSecond: "soon" })].join("\n"));
    const pieces: string[] = [];
    const json = (text: string): Promise<void> => Promise.resolve(void pieces.push(text));
    await expect(predictVerb.run({ file, directory, out: at("never.csv") }, { json })).rejects.toThrow(
      "none.csv, row 1, column leadMolar: must be above 0 and at most 2 mol/L; " +
        "got 5 mol/L, and none of the 2 recipes can be answered; ",
    );
    expect(pieces).toEqual([]);
    await expect(readFile(at("never.csv"))).rejects.toThrow("ENOENT");
    const outcomes = await put("outcomes.csv", "phase,sizeNanometre\nCsPbBr3,9\n");
    await expect(predictVerb.run({ file: outcomes, directory })).rejects.toThrow(
      "outcomes.csv: the columns caesiumMolar, leadMolar, bromideMolar must be there",
    );
  });

  it("refuses a column twice before it answers a row, and a damaged end after: an old table stands", async () => {
    await put("old.csv", "old");
    const twice = await put("twice.csv", `${header},leadMolar\n${line()},1\n`);
    await expect(predictVerb.run({ file: twice, directory, out: at("old.csv") })).rejects.toThrow(
      'got "leadMolar" twice',
    );
    const torn = await put("torn.csv", `${header}\n${`${line()}\n`.repeat(30_000)}"open`);
    await expect(predictVerb.run({ file: torn, directory, out: at("old.csv") })).rejects.toThrow(
      "every quote must be closed",
    );
    expect(await readFile(at("old.csv"), "utf8")).toBe("old");
  });

  it("answers a recipe of flags as that of a file, and takes one or the other", async () => {
    const flags = {
      ...{ route: "hot injection", temperature: "170C", time: "5s", caesium: "8mM", lead: "30mM", bromide: "60mM" },
      ...{ caesiumSource: "caesium oleate", bromideSource: "lead bromide" },
    };
    const file = await put("one.csv", `${header}\n${line()}\n`);
    const [ofFlags, ofFile] = [await printed(flags as object), await printed({ file })].map(({ value }) =>
      predictionsShape.parse(value),
    );
    const [{ advice, ...plain }] = ofFlags.rows;
    expect([{ ...plain, advice: null }]).toEqual(ofFile.rows);
    expect(advice).toMatchObject({ changes: null, secondOpinion: null, rule: { rule: expect.any(String) as string } });
    expect([ofFlags.file, ofFile.file]).toEqual([null, file]);
    await expect(predictVerb.run({ ...flags, file, directory })).rejects.toThrow("as a file or as flags; got both");
    await expect(predictVerb.run({ directory })).rejects.toThrow(
      "got neither; name a file, or write for example --lead",
    );
  });

  it("stands advice beside the answers of a table where it is asked for, as objects and as columns", async () => {
    const file = await put(
      "advised.csv",
      [header, line(), line({ leadMolar: -1 }), line({ timeSecond: 900 })].join("\n"),
    );
    const asked = { file, explain: true, secondOpinion: true, out: at("advised-answers.csv") };
    const { rows } = predictionsShape.parse((await printed(asked)).value);
    expect(rows.map(({ advice }) => [advice?.changes?.length, advice?.nearest])).toEqual([
      [4, null],
      [4, null],
    ]);
    const written = await readTable(asked.out);
    expect(textsOf(written, "secondPhase")).toEqual([
      rows[0].advice?.secondOpinion?.phase,
      "",
      rows[1].advice?.secondOpinion?.phase,
    ]);
    expect(textsOf(written, "ruleSays")[1]).toBe("");
  });

  it("prints of a table without rows an object without rows", async () => {
    const { value } = await printed({ file: await put("bare.csv", `${header}\n`) });
    expect(predictionsShape.parse(value)).toMatchObject({ version: 1, rows: [], answered: 0, unanswered: 0 });
  });

  it("prints what the committed schema says, which is that of its own check", async () => {
    await expect(`${JSON.stringify(predictionsSchema(), null, 2)}\n`).toMatchFileSnapshot(
      projectPath("docs", "schemas", "predict.schema.json"),
    );
    const { value } = await printed({ file: await put("plain.csv", `${header}\n${line()}\n`) });
    expect(predictionsShape.parse(value)).toEqual(value);
    expect(predictionsShape.safeParse({ ...(value as object), version: 2 }).success).toBe(false);
  });

  it("passes the list of reagents on to the model: a salt of the user's is no stranger", async () => {
    const reagents = await put(
      "mine.json",
      JSON.stringify([{ name: "house caesium", formula: "C18H33CsO2", role: "caesium source", ions: { caesium: 1 } }]),
    );
    const file = await put("house.csv", `${header}\n${line({ caesiumSource: "house caesium" })}\n`);
    const outside = async (more: object): Promise<string> =>
      predictionsShape.parse((await printed({ file, ...more })).value).rows[0].outside.join();
    expect(await outside({})).toContain('"house caesium": no reagent of the list');
    expect(await outside({ reagents })).not.toContain("house caesium");
  });
});

describe("recipesReport", () => {
  it("draws a bar on a terminal, now and then; elsewhere lines; of short work nothing", () => {
    const told = (isTTY: boolean, times: readonly number[], share: number | null): string => {
      let text = "";
      let time = 0;
      const stream = { isTTY, columns: 80, write: (some: string) => (text += some) };
      const report = recipesReport(stream, { now: () => time });
      for (const one of times) {
        time = one;
        report(one * 10, share);
      }
      return text;
    };
    expect(told(true, [100, 150], 0.5)).toBe("");
    expect(told(true, [250, 300, 500], 0.5)).toBe(
      ["2,500", "5,000"].map((n) => `\r\x1b[2K[############............] 50 %, ${n} recipes`).join(""),
    );
    expect(told(false, [4000, 6000], 0.257)).toBe("25 %, 60,000 recipes\n");
    expect(told(false, [6000], null)).toBe("60,000 recipes\n");
  });
});
