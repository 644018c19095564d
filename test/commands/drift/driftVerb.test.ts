import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { driftVerb } from "../../../src/commands/drift/driftVerb.js";
import { trainPhaseModel } from "../../../src/commands/train/trainPhaseModel.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { selectRows } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { temporaryProject } from "../../support/temporaryProject.js";

/** A table of batches of ten: each day has a temperature of its own. */
function table(seed: number, days: number, { warmer = 0, hexane = 0.5, unit = "temperatureCelsius" } = {}): string {
  const random = seededRandom(seed);
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const lines = Array.from({ length: days }, (_, day) => {
    const own = 160 + warmer + 4 * gauss();
    return Array.from({ length: 10 }, () => {
      const solvent = random() < hexane ? "hexane" : "toluene";
      return `day ${seed}-${day},${(own + 6 * gauss()).toFixed(2)},${solvent}`;
    });
  });
  return `day,${unit},solvent\n${lines.flat().join("\n")}\n`;
}

const folder = temporaryProject({
  "before.csv": table(1, 40),
  "same.csv": table(2, 30),
  "warm.csv": table(3, 30, { warmer: 12, hexane: 0.8 }),
  "few.csv": table(4, 1),
  "bare.csv": "day,temperatureCelsius,solvent\n",
  "strange.csv": "colour\nred\n",
});
const file = (name: string): string => join(folder, name);
const drift = (current: string, options = {}) =>
  driftVerb.run({ reference: file("before.csv"), current: file(current), ...options });

describe("twin drift", { timeout: 60_000 }, () => {
  it("passes days like those before, and says that rows of a day were kept together", async () => {
    const { text, data, passed } = await drift("same.csv", { groups: "day" });
    expect([passed, data.drifted, data.unknown]).toEqual([true, 0, 0]);
    expect(text).toContain("same.csv: 300 rows against 400 of ");
    expect(text).toMatch(/smallest shifts that would mostly be found: temperatureCelsius \d\.\d °C\n?$/);
    expect(text).toContain("drift: none in 2 comparisons (Holm, 5 % for all together; kept together by day)");
  });

  it("fails a table that moved, says how far in °C, and draws a figure of each column that did", async () => {
    const figures = join(folder, "figures");
    const { text, data, passed } = await drift("warm.csv", { groups: "day", figures });
    expect([passed, data.drifted]).toEqual([false, 2]);
    expect(text).toMatch(
      /temperatureCelsius: values differ by up to 0\.\d+: mean 1\d\d to 1\d\d °C, \+1\d(?:\.\d+)? \(/,
    );
    expect(text).toMatch(/solvent: shares of levels differ by up to 0\.\d+: share of (?:hexane|toluene) \d/);
    expect(data.figures).toHaveLength(2);
    const svg = await readFile(data.figures[0], "utf8");
    expect(svg).toContain("temperatureCelsius (°C)");
    expect(svg).toContain("Rows (share)");
  });

  it("does not pass a single day: nobody can tell, and it says how many days would do", async () => {
    const { text, passed, data } = await drift("few.csv", { groups: "day" });
    expect([passed, data.drifted, data.unknown]).toEqual([false, 0, 2]);
    expect(text).toContain("2 current batches are needed");
  });

  it("points to the column of days where rows are taken as independent", async () => {
    const { text } = await drift("same.csv");
    expect(text).toContain("rows of one day are not independent and pass for drift: keep them whole with --groups day");
  });

  it("asks a model about both files, read as they are, whose header is not the first line", async () => {
    const options = { seed: 3, rows: 2_000, hidden: [8], epochs: 4, out: join(folder, "models") };
    const { model } = await trainPhaseModel(options);
    const name = "recipes.csv";
    const { table: made } = await generateExperiments({ rows: 1_200, seed: 5 });
    for (const [side, from] of [
      ["before", 0],
      ["now", 600],
    ] as const) {
      await writeTable(
        selectRows(
          made,
          Uint32Array.from({ length: 600 }, (_, row) => from + row),
        ),
        file(name),
      );
      const text = await readFile(file(name), "utf8");
      const cells = text.slice(0, text.indexOf("\n")).split(",");
      await writeFile(file(`${side}-recipes.csv`), `${cells.map((_, i) => `sheet ${i}`).join()}\n${text}`);
    }
    const { data, text } = await driftVerb.run({
      reference: file("before-recipes.csv"),
      current: file("now-recipes.csv"),
      headerLine: 2,
      groups: "batch",
      model: join(folder, "models", model!),
    });
    expect(data.answers!.features.map(({ feature }) => feature)).toContain("probability of CsPbBr3");
    expect(data.answers!.features[0].rows).toEqual({ reference: 600, current: 600 });
    expect(text).toContain(`answers of ${join(folder, "models", model!)}:\ndrift: `);
  });

  it("gives equal answers to equal seeds", async () => {
    const [one, other] = [await drift("warm.csv", { groups: "day" }), await drift("warm.csv", { groups: "day" })];
    expect(one.data).toEqual(other.data);
  });

  it.each([
    [
      "a column of groups that is not there",
      "same.csv",
      { groups: "batch" },
      /--groups: must name a column of .*before\.csv; got "batch"/,
    ],
    ["a table without rows", "bare.csv", {}, /bare\.csv: must have rows to be compared; got none/],
    [
      "a table of other columns",
      "strange.csv",
      {},
      /--current: must be a file with columns of .*got .*strange\.csv, with colour/,
    ],
    [
      "a folder that cannot be made",
      "same.csv",
      { figures: "/no/such/folder" },
      /the folder of an output must be there/,
    ],
  ])("refuses %s", async (_, current, options, message) => {
    await writeFile(file("touched"), "");
    await expect(drift(current, options)).rejects.toThrow(message);
  });
});
