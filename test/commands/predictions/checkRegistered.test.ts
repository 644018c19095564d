import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { mapTable } from "../../../src/commands/data/mapTable.js";
import { predictPhases } from "../../../src/commands/predict/predictPhases.js";
import { checkRegistered } from "../../../src/commands/predictions/checkRegistered.js";
import { formatLedgerCheck } from "../../../src/commands/predictions/formatLedgerCheck.js";
import { predictionsCheckVerb } from "../../../src/commands/predictions/predictionsVerbs.js";
import { trainPhaseModel } from "../../../src/commands/train/trainPhaseModel.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const directory = join(folder, "models");
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  await trainPhaseModel({ seed: 3, rows: 3_000, hidden: [16], epochs: 2, out: directory });
}, 60_000);

const put = async (name: string, text: string): Promise<string> => {
  await writeFile(at(name), text);
  return at(name);
};

const header = "caesiumMolar,leadMolar,bromideMolar,temperatureCelsius,caesiumSource";
const table = `${header}\n0.008,0.03,0.06,170,Cs2CO3\n0.01,0.0271828182,0.0667,180,CsOAc\n`;

describe("twin predictions check", { timeout: 60_000 }, () => {
  it("lists names, and finds that the kept model says what it said, byte for byte", async () => {
    const { ledger } = await registered("first");
    const check = await checkRegistered({ name: "first", file: at("table.csv"), ledger });
    expect(check).toMatchObject({
      lines: 2,
      names: [{ name: "first", predictions: 2, isKept: true, form: "table" }],
      answeredAgain: { equal: 2, different: [] },
    });
    expect(formatLedgerCheck(check)).toMatch(
      /: whole, 2 lines, head [0-9a-f]{64}\nfirst: 2 predictions of .*2 of 2 predictions as registered, byte/s,
    );
  });

  it("fails where another recipe stands in the file, and says which", async () => {
    const { ledger } = await registered("second");
    const file = await put("changed.csv", table.replace("180", "150"));
    const { passed, text } = await predictionsCheckVerb.run({ name: "second", file, ledger });
    expect(passed).toBe(false);
    expect(text).toMatch(/1 of 2 predictions as registered.*\n {2}line 2, recipe "row 2": another recipe/);
  });

  it("reads recipes by the map that they were registered by: without it they could not be read", async () => {
    const file = await put("mapped.csv", "Pb (mM),Cs (mM),Br (mM),T (C)\n30,8,60,170\n25,7,50,160\n");
    const { out: columns } = await mapTable(file, { out: at("mapped.columns.json") });
    const ledger = at("mapped/ledger.jsonl");
    await predictPhases(file, { directory, columns, register: "mapped", ledger });
    const check = await checkRegistered({ name: "mapped", file, columns, ledger });
    expect(check.answeredAgain).toMatchObject({ equal: 2, different: [] });
    await expect(checkRegistered({ name: "mapped", file, ledger })).rejects.toThrow(/mapped\.csv/);
  });

  it("knows a head that the ledger had once, and refuses one that it never had", async () => {
    const { ledger, head } = await registered("third");
    await predictPhases(at("table.csv"), { directory, register: "fourth", ledger });
    expect((await checkRegistered({ ledger, head })).lines).toBe(4);
    await expect(checkRegistered({ ledger, head: "f".repeat(64) })).rejects.toThrow(/must have a line of hash ffff/);
  });

  it("says what is missing: the name, or its recipes", async () => {
    const { ledger } = await registered("fifth");
    await expect(checkRegistered({ ledger, name: "sixth" })).rejects.toThrow(/registered name: fifth; got "sixth"/);
    await expect(checkRegistered({ ledger, name: "fifth" })).rejects.toThrow(/must be given the file of the recipes/);
  });

  it("names a ledger that is not there, and a model that is damaged or gone, and fails", async () => {
    await expect(predictionsCheckVerb.run({ ledger: at("none/ledger.jsonl") })).rejects.toThrow(
      /none\/ledger\.jsonl: must be a ledger; got no file/,
    );
    const { ledger, model } = await registered("seventh");
    await appendFile(join(model, "weights.bin"), "x");
    const damaged = await predictionsCheckVerb.run({ ledger });
    expect(damaged.passed).toBe(false);
    expect(damaged.text).toMatch(/its model is damaged: .*weights\.bin: must have \d+ bytes/);
    await rm(model, { recursive: true });
    const gone = await predictionsCheckVerb.run({ ledger });
    expect(gone).toMatchObject({ passed: false, data: { names: [{ isKept: false, damage: null }] } });
    expect(gone.text).toContain("which does not stand beside the ledger");
  });

  it("says of the project's own ledger that nothing is registered as long as there is none", () => {
    const none = { ledger: "own.jsonl", exists: false, lines: 0, head: "0", names: [], answeredAgain: null };
    expect(formatLedgerCheck(none)).toMatch(/^own\.jsonl: nothing is registered yet/);
  });

  async function registered(name: string): Promise<{
    readonly ledger: string;
    readonly head: string;
    readonly model: string;
  }> {
    const ledger = at(`${name}/ledger.jsonl`);
    const answers = await predictPhases(await put("table.csv", table), { directory, register: name, ledger });
    const { head, model } = answers.registered!;
    return { ledger, head, model };
  }
});
