import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { promoteVersion, rollBack } from "../../../src/io/registry/moveAlias.js";
import { readRegistry } from "../../../src/io/registry/readRegistry.js";
import { versionPlace } from "../../../src/io/registry/version.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { evidence, playedAnswer, playedRegistry, playedVersions, reasons } from "./playedRegistry.js";

let registry: string;
let root: string;
let first: string;
let second: string;
let third: string;
const moving = { ...reasons, evidence, answer: playedAnswer };

beforeEach(async () => {
  root = temporaryProject();
  registry = join(root, "registry");
  [first, second, third] = await playedRegistry(root);
});

const refusal = async (act: () => Promise<unknown>): Promise<string> => {
  const { entries } = await readRegistry(registry);
  const error: unknown = await act().then(
    () => "nothing refused",
    (one: unknown) => one,
  );
  expect(error).toBeInstanceOf(InputError);
  expect((await readRegistry(registry)).entries).toEqual(entries);
  return (error as Error).message;
};

describe("promoteVersion", () => {
  it("writes down who, when, why, the evidence, what stood there, and the hash of the entry before", async () => {
    const { entries, aliases, head } = await readRegistry(registry);
    expect(aliases).toEqual({ champion: second, challenger: third });
    expect(entries.map(({ entry, action, alias, before }) => [entry, action, alias, before])).toEqual([
      [1, "register", null, null],
      [2, "register", null, null],
      [3, "register", null, null],
      [4, "promote", "champion", null],
      [5, "promote", "champion", first],
      [6, "promote", "challenger", null],
    ]);
    expect(entries[4]).toMatchObject({ version: second, ...reasons, evidence, previous: entries[3].sha256 });
    expect(Math.abs(Date.parse(entries[4].at) - Date.now())).toBeLessThan(60_000);
    expect(head).toBe(entries[5].sha256);
  });

  it("makes a challenger champion, who then challenges nobody", async () => {
    await promoteVersion(registry, { ...moving, version: "challenger", alias: "champion" });
    expect((await readRegistry(registry)).aliases).toEqual({ champion: third });
  });

  it("refuses without evidence, or with evidence that has no hash", async () => {
    const one = { ...moving, version: first, alias: "champion" } as const;
    expect(await refusal(() => promoteVersion(registry, { ...one, evidence: [] }))).toMatch(
      /promoted on evidence; got none/,
    );
    expect(await refusal(() => promoteVersion(registry, { ...one, evidence: ["a"] }))).toMatch(/id and hash.*got "a"/);
  });

  it("refuses an unknown version, a beginning that is too short, and a version that stands there", async () => {
    const versions = await playedVersions(
      root,
      Array.from({ length: 10 }, (_, i) => `model ${i}`),
    );
    const of = (version: string): Promise<unknown> =>
      promoteVersion(registry, { ...moving, version, alias: "champion" });
    expect(await refusal(() => of("0".repeat(64)))).toMatch(/got none of that name; choose among/);
    expect(await refusal(() => of("../../x"))).toMatch(/got none of that name/);
    expect(await refusal(() => of(versions[0].slice(0, 3)))).toMatch(/at least its first 4 digits/);
    expect(await refusal(() => of("champion"))).toMatch(/which is the champion already/);
    expect(await refusal(() => promoteVersion(registry, { ...moving, version: second, alias: "challenger" }))).toMatch(
      /which is the champion already/,
    );
    await promoteVersion(registry, { ...moving, version: versions[7].slice(0, 8), alias: "champion" });
    expect((await readRegistry(registry)).aliases.champion).toBe(versions[7]);
  });

  it("refuses a version of which a byte was changed, and names the file", async () => {
    const { directory, name } = await versionPlace(registry, first);
    writeFileSync(join(directory, name, "model.txt"), "First model");
    expect(await refusal(() => promoteVersion(registry, { ...moving, version: first, alias: "champion" }))).toMatch(
      /model\.txt: must have the hash that version\.json says/,
    );
  });

  it("refuses a version that answers its probes otherwise than when it was registered, by one bit", async () => {
    const answer = async (...asked: Parameters<typeof playedAnswer>): Promise<string> =>
      (await playedAnswer(...asked)).replace("0.04", "0.040000000000000001");
    expect(
      await refusal(() => promoteVersion(registry, { ...moving, answer, version: first, alias: "champion" })),
    ).toMatch(/must answer its probes as when it was registered.*from line 6 of predictions\.json/);
  });

  it("refuses in words where the alias moved since it was decided", async () => {
    const decided = { ...moving, version: first, alias: "champion", before: third } as const;
    expect(await refusal(() => promoteVersion(registry, decided))).toMatch(/somebody else moved it/);
  });

  it("refuses in words where the alias moves while the version is asked", async () => {
    let isMoved = false;
    const answer: typeof playedAnswer = async (...asked) => {
      if (!isMoved) {
        isMoved = true;
        await promoteVersion(registry, { ...moving, version: third, alias: "champion" });
      }
      return playedAnswer(...asked);
    };
    await expect(promoteVersion(registry, { ...moving, answer, version: first, alias: "champion" })).rejects.toThrow(
      new RegExp(`must be ${second.slice(0, 12)}.*got ${third.slice(0, 12)}: somebody else moved it`),
    );
    expect((await readRegistry(registry)).aliases).toEqual({ champion: third });
  });

  it("of many at once writes each under a number of its own, and refuses the others", async () => {
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        promoteVersion(registry, { ...moving, version: i % 2 === 0 ? first : third, alias: "champion" }).then(
          ({ entry, sha256 }) => ({ entry, sha256 }),
          (error: Error) => error.message,
        ),
      ),
    );
    const { entries } = await readRegistry(registry);
    const written = told.filter((one) => typeof one !== "string");
    expect(written.length).toBeGreaterThan(0);
    expect(written.sort((a, b) => a.entry - b.entry)).toEqual(
      entries.slice(6).map(({ entry, sha256 }) => ({ entry, sha256 })),
    );
    for (const one of told) if (typeof one === "string") expect(one).toMatch(/somebody else moved it/);
  });
});

describe("rollBack", () => {
  it("gives the champion before, whose files and answers are those of before the promotion, to the bit", async () => {
    const said = async (): Promise<string> => {
      const { directory, name } = await versionPlace(registry, "champion");
      return playedAnswer({ directory, name }, "probes");
    };
    const before = await said();
    await promoteVersion(registry, { ...moving, version: third, alias: "champion" });
    expect(await said()).not.toBe(before);
    const entry = await rollBack(registry, { ...reasons, answer: playedAnswer, alias: "champion" });
    expect(entry).toMatchObject({ action: "rollback", version: second, before: third, evidence: [] });
    expect(await said()).toBe(before);
  });

  it("goes back one promotion at a time, and refuses where there is none", async () => {
    const back = (): Promise<unknown> => rollBack(registry, { ...moving, alias: "champion" });
    await back();
    expect((await readRegistry(registry)).aliases.champion).toBe(first);
    expect(await refusal(() => back())).toMatch(/must be a champion before this one to roll back; got none/);
  });

  it("does not go back to who was rolled back", async () => {
    await rollBack(registry, { ...moving, alias: "champion" });
    await promoteVersion(registry, { ...moving, version: third, alias: "champion" });
    await rollBack(registry, { ...moving, alias: "champion" });
    expect((await readRegistry(registry)).aliases).toEqual({ champion: first });
  });

  it("withdraws a challenger, puts nobody in its place, and refuses where there is none", async () => {
    await promoteVersion(registry, { ...moving, version: first, alias: "challenger" });
    await rollBack(registry, { ...moving, alias: "challenger" });
    expect((await readRegistry(registry)).aliases).toEqual({ champion: second });
    expect(await refusal(() => rollBack(registry, { ...moving, alias: "challenger" }))).toMatch(/must be a challenger/);
  });

  it("does not withdraw another challenger than the one that was decided about", async () => {
    expect(await refusal(() => rollBack(registry, { ...moving, alias: "challenger", before: first }))).toMatch(
      /the challenger must be .*somebody else moved it/,
    );
  });

  it("refuses where the champion before was damaged, and leaves the one that answers", async () => {
    const { directory } = await versionPlace(registry, first);
    writeFileSync(join(directory, "..", "predictions.json"), "");
    expect(await refusal(() => rollBack(registry, { ...moving, alias: "champion" }))).toMatch(
      /predictions\.json: must have/,
    );
  });
});

describe("registerVersion", () => {
  it("gives the same version for the same model and lineage, and adds nothing", async () => {
    const [again] = await playedVersions(root, ["first model"]);
    expect(again).toBe(first);
    expect((await readRegistry(registry)).entries).toHaveLength(6);
  });

  it("registers what a killed process had copied and not yet written down", async () => {
    const other = temporaryProject();
    const [version] = await playedVersions(other, ["fourth model"]);
    cpSync(join(other, "registry", "versions", version), join(registry, "versions", version), { recursive: true });
    await expect(versionPlace(registry, version)).rejects.toThrow(/none of that name/);
    await playedVersions(root, ["fourth model"]);
    expect((await versionPlace(registry, version)).version).toBe(version);
  });

  it("leaves nothing in the making", () => {
    expect(readdirSync(join(registry, "making"))).toEqual([]);
  });

  it("refuses a folder without a model, and a why of nothing", async () => {
    const { registerVersion } = await import("../../../src/io/registry/registerVersion.js");
    const { playedModel } = await import("./playedRegistry.js");
    const model = playedModel(join(root, "models"), "fifth model");
    const none = { ...model, model: { directory: root, name: "f".repeat(64) } };
    expect(await refusal(() => registerVersion(registry, none))).toMatch(/must be the folder of a model; got no files/);
    expect(await refusal(() => registerVersion(registry, { ...model, why: " " }))).toMatch(/--why: must be told/);
    expect(existsSync(join(registry, "versions"))).toBe(true);
    expect(readFileSync(join(registry, "history", "000001.json"), "utf8")).toContain('"entry": 1,');
  });
});
