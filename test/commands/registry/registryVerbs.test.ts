import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findModel } from "../../../src/commands/predict/findModel.js";
import { predictPhases } from "../../../src/commands/predict/predictPhases.js";
import { addModel, promote, takeBack } from "../../../src/commands/registry/changeRegistry.js";
import { probeRecipes } from "../../../src/commands/registry/probeRecipes.js";
import {
  registryAddVerb,
  registryHistoryVerb,
  registryListVerb,
  registryPromoteVerb,
  registryRehearseVerb,
  registryRollbackVerb,
  registryShowVerb,
} from "../../../src/commands/registry/registryVerbs.js";
import { rehearseRollback } from "../../../src/commands/registry/rehearseRollback.js";
import { trainPhaseModel } from "../../../src/commands/train/trainPhaseModel.js";
import { InputError } from "../../../src/core/InputError.js";
import { readRehearsals } from "../../../src/io/evidence/rehearsalLedger.js";
import { keptModels } from "../../../src/io/predictions/keepModel.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { readRegistry } from "../../../src/io/registry/readRegistry.js";
import { versionPlace } from "../../../src/io/registry/version.js";
import { drillSmallRollback } from "../../../src/problems/phase/drillSmallRollback.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const root = await temporaryFolder();
const registry = join(root, "registry");
const models = join(root, "models");
const own = { registry, who: "A. Chemist", why: "because" };
const evidence = ["06-calibration-sets", projectPath("README.md")];
/** A committed network of registered predictions, and a small one. */
const committed = readdirSync(keptModels()).find((name) => existsSync(join(keptModels(), name, "model.json")))!;
const platelets = readdirSync(keptModels()).find((name) => existsSync(join(keptModels(), name, "platelets.json")))!;
let small: string;
let first: string;
let second: string;

beforeAll(async () => {
  small = (await trainPhaseModel({ seed: 5, rows: 1000, hidden: [8], epochs: 1, out: models, workers: 1 })).model!;
  first = (await addModel(join(keptModels(), committed), own)).version;
  second = (await addModel(small, { ...own, directory: models })).version;
  await promote(first, { ...own, alias: "champion", evidence });
}, 120_000);

const message = async (act: () => Promise<unknown>): Promise<string> => {
  const error: unknown = await act().then(
    () => "nothing refused",
    (one: unknown) => one,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
};

describe("probes of a version", () => {
  it("are answered as `twin predict` answers them, bit for bit", async () => {
    const { directory, name } = await versionPlace(registry, "champion");
    const answered = await predictPhases(join(directory, "..", "probes.json"), {
      model: join(directory, name),
    });
    const stored = JSON.parse(readFileSync(join(directory, "..", "predictions.json"), "utf8")) as {
      readonly rows: readonly object[];
      readonly refused: readonly object[];
    };
    expect(stored.rows.length).toBeGreaterThan(60);
    expect(answered.rows.map(({ advice, ...row }) => [advice, row])).toEqual(stored.rows.map((row) => [null, row]));
  });

  it("are 64 recipes of all routes, the same each time, some of which do not tell everything", async () => {
    const probes = await probeRecipes("network");
    expect(probes).toHaveLength(64);
    expect(await probeRecipes("laboratory")).toEqual(probes);
    expect(new Set(probes.map(({ route }) => route)).size).toBe(4);
    expect(probes.filter(({ timeSecond }) => timeSecond === null).length).toBeGreaterThanOrEqual(4);
    expect(new Set(probes.map((one) => JSON.stringify(one))).size).toBe(64);
  });

  it("are made-up syntheses of a model of platelets", async () => {
    const { version, isNew, kind } = await addModel(join(keptModels(), platelets), own);
    expect([kind, isNew]).toEqual(["platelets", true]);
    const place = await versionPlace(registry, version);
    const predictions = readFileSync(join(place.directory, "..", "predictions.json"), "utf8");
    expect(JSON.parse(predictions)).toHaveLength(16);
    expect(predictions).not.toContain("null");
  });
});

describe("twin registry", () => {
  it("lists versions, shows where one came from, and prints the head to note down", async () => {
    const list = await registryListVerb.run({ registry });
    expect(list.passed).toBe(true);
    expect(list.text).toMatch(/every byte has its hash/);
    expect(list.text).toMatch(new RegExp(`${first.slice(0, 12)}  champion +registered .* by A\\. Chemist: because`));
    const { text, data } = await registryShowVerb.run({ version: "champion", registry });
    expect(text).toMatch(/made by twin train --seed 1 --rows/);
    expect(text).toMatch(/evidence 06-calibration-sets@[0-9a-f]{12}, README\.md@[0-9a-f]{12}/);
    expect(data.lineage).toMatchObject({ kind: "network", limits: { promise: { share: 0.9 } } });
    const history = await registryHistoryVerb.run({ registry });
    expect(history.text).toMatch(new RegExp(`head: ${history.data.head}\nnote it down elsewhere`));
    expect(history.text).toMatch(/1 {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}registered/);
  });

  it("promotes and rolls back, and `twin predict --registry` answers as before, to the bit", async () => {
    const recipes = join(root, "recipes.json");
    writeFileSync(recipes, JSON.stringify(await probeRecipes("network")));
    const said = async (): Promise<string> => JSON.stringify((await predictPhases(recipes, { registry })).rows);
    const before = await said();
    await registryPromoteVerb.run({ ...own, version: second, alias: "challenger", evidence });
    const promoted = await registryPromoteVerb.run({ ...own, version: "challenger", alias: "champion", evidence });
    expect(promoted.text).toMatch(/is the champion now, in place of .* to the bit\nhead of the history/);
    expect(await said()).not.toBe(before);
    const back = await registryRollbackVerb.run({ ...own, alias: "champion" });
    expect(back.text).toMatch(/^rolled back: .* is the champion again/);
    expect(await said()).toBe(before);
  });

  it("withdraws a challenger", async () => {
    await promote(second, { ...own, alias: "challenger", evidence });
    expect((await findModel("challenger", { registry })).name).toBe(small);
    expect((await registryRollbackVerb.run({ ...own, alias: "challenger" })).text).toMatch(
      /^the challenger .* withdrawn/,
    );
    expect(await message(() => findModel("challenger", { registry }))).toMatch(/there must be a challenger; got none/);
  });

  it("takes the champion where a registry is named and no model", async () => {
    expect((await findModel(undefined, { registry })).name).toBe(committed);
    expect((await findModel(second.slice(0, 9), { registry })).name).toBe(small);
  });

  it("says so where a model was registered before", async () => {
    const again = await registryAddVerb.run({ ...own, model: small, directory: models });
    expect(again.text).toMatch(/^registered before, nothing was added/);
  });

  it("refuses evidence that is not there, a promotion without any, and a registry that is not there", async () => {
    const asked = { ...own, version: second, alias: "champion" } as const;
    expect(await message(() => promote(second, { ...asked, evidence: ["no-such"] }))).toMatch(
      /--evidence: must be the id of a file in data\/evidence, or a file; got "no-such"/,
    );
    expect(await message(() => promote(second, asked))).toMatch(/promoted on evidence; got none/);
    for (const read of [
      () => registryListVerb.run({ registry: join(root, "none") }),
      () => registryHistoryVerb.run({ registry: join(root, "none") }),
      () => takeBack({ ...own, registry: join(root, "none"), alias: "champion" }),
    ])
      expect(await message(read)).toMatch(/must be a registry; got no such folder; correct --registry/);
  });

  it("fails the check where a byte of a version was changed, and refuses it as a model", async () => {
    const damaged = join(root, "damaged");
    cpSync(registry, damaged, { recursive: true });
    const { directory, name } = await versionPlace(damaged, first);
    const weights = join(directory, name, "weights.bin");
    const bytes = readFileSync(weights);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(weights, bytes);
    const { passed, text } = await registryListVerb.run({ registry: damaged });
    expect(passed).toBe(false);
    expect(text).toMatch(/damaged: .*weights\.bin: must have the hash that version\.json says/);
    expect(await message(() => findModel("champion", { registry: damaged }))).toMatch(
      /weights\.bin: must have the hash/,
    );
  });

  it("refuses other aliases", () => {
    const { parse } = registryPromoteVerb.options.find(({ flags }) => flags.startsWith("--alias"))!;
    expect(() => parse!("shadow")).toThrow(/must be champion, .* or challenger/);
    expect(parse!("challenger")).toBe("challenger");
  });
});

describe("twin registry rehearse", { timeout: 60_000 }, () => {
  const ledger = join(root, "rehearsals.jsonl");

  it("rehearses with two small models and in a copy, and writes both down, without a time", async () => {
    const before = await readRegistry(registry);
    const { data, text, passed } = await registryRehearseVerb.run({ registry, ledger });
    expect(passed).toBe(true);
    expect(data.drills.map(({ of }) => of)).toEqual([null, registry]);
    for (const drill of data.drills) {
      expect(drill).toMatchObject({ bitwiseEqual: true, tellsApart: true, hashMismatches: 0, withinTimeLimit: true });
      expect(drill.proof.before).toBe(drill.proof.after);
    }
    expect(data.drills[1].proof.versions[0]).toBe(first);
    expect(text.match(/as before, to the bit/g)).toHaveLength(2);
    const written = (await readRehearsals(ledger)).map(({ check, evidenceSha256 }) => [check, evidenceSha256]);
    expect(written).toEqual(data.drills.map(({ evidenceSha256 }) => ["PI6", evidenceSha256]));
    expect(await readRegistry(registry)).toEqual(before);
  });

  it("proves the same each time, as a notebook does: the same hashes, and no second line on one day", async () => {
    const { drills } = await rehearseRollback({ registry, ledger });
    const written = await readRehearsals(ledger);
    expect(written.map((one) => one.evidenceSha256)).toEqual(drills.map((one) => one.evidenceSha256));
    expect((await drillSmallRollback()).evidenceSha256).toBe(written[0].evidenceSha256);
  });

  it("says that it took too long, writes that down, and fails the check", async () => {
    let clock = 0;
    const { drills } = await rehearseRollback({ registry, ledger, limit: 60, seconds: () => (clock += 61) });
    expect(drills.map(({ withinTimeLimit }) => withinTimeLimit)).toEqual([false, false]);
    expect((await readRehearsals(ledger)).at(-1)).toMatchObject({ check: "PI6", withinTimeLimit: false });
    expect(await message(() => rehearseRollback({ registry, ledger, limit: 0 }))).toMatch(/--limit/);
  });

  it("writes nothing down of a registry that is damaged", async () => {
    const broken = join(root, "broken");
    cpSync(registry, broken, { recursive: true });
    const { directory } = await versionPlace(broken, "champion");
    writeFileSync(join(directory, "..", "probes.json"), "[]");
    const other = join(root, "other.jsonl");
    expect(await message(() => rehearseRollback({ registry: broken, ledger: other }))).toMatch(
      /probes\.json: must have/,
    );
    expect((await readRehearsals(other)).length).toBeLessThan(2);
  });
});
