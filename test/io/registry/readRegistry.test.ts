import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, mkdirSync, writeFileSync } from "node:fs";
import type * as promises from "node:fs/promises";
import { chmod, link } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { canonicalJson } from "../../../src/core/canonicalJson.js";
import { filesBelow } from "../../../src/io/filesBelow.js";
import { rollBack } from "../../../src/io/registry/moveAlias.js";
import { readRegistry } from "../../../src/io/registry/readRegistry.js";
import { type RegistryEntry, sealedEntry } from "../../../src/io/registry/RegistryEntry.js";
import { verifyRegistry } from "../../../src/io/registry/verifyRegistry.js";
import { readVersion, versionPlace } from "../../../src/io/registry/version.js";
import { asNobody } from "../../support/asNobody.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { playedAnswer, playedRegistry, playedVersions, reasons } from "./playedRegistry.js";

vi.mock("node:fs/promises", async (load) => {
  const real = await load<typeof promises>();
  return { ...real, link: vi.fn(real.link) };
});

const root = temporaryProject();
const whole = join(root, "registry");
let versions: readonly string[];
beforeAll(async () => {
  versions = await playedRegistry(root);
});

const copied = (): string => {
  const copy = join(temporaryProject(), "registry");
  cpSync(whole, copy, { recursive: true });
  return copy;
};
const entryPath = (registry: string, entry: number): string =>
  join(registry, "history", `${String(entry).padStart(6, "0")}.json`);
const entryAt = (registry: string, entry: number): RegistryEntry =>
  JSON.parse(readFileSync(entryPath(registry, entry), "utf8")) as RegistryEntry;
const rewrite = (registry: string, number: number, change: Partial<RegistryEntry>): void => {
  const { sha256, ...body } = entryAt(registry, number);
  writeFileSync(entryPath(registry, number), canonicalJson(sealedEntry({ ...body, ...change })));
  expect(sha256).toHaveLength(64);
};

describe("readRegistry", () => {
  it("is empty where there is no folder", async () => {
    const none = await readRegistry(join(root, "none"));
    expect(none).toMatchObject({ entries: [], aliases: {}, head: "0".repeat(64) });
    expect(await verifyRegistry(join(root, "none"))).toEqual({
      ...{ entries: 0, versions: 0, mismatches: [], unregistered: [] },
    });
  });

  it("holds entries to each other by hashes that any program can find", async () => {
    const { entries } = await readRegistry(whole);
    for (const [i, { sha256, ...body }] of entries.entries()) {
      expect(sha256).toBe(
        createHash("sha256")
          .update(`${JSON.stringify(body, null, 2)}\n`)
          .digest("hex"),
      );
      expect(body.previous).toBe(i === 0 ? "0".repeat(64) : entries[i - 1].sha256);
    }
  });

  it("finds any byte that is changed in any file, and names the file", async () => {
    const registry = copied();
    const files = await filesBelow(registry);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, flip) => {
        const name = files[which % files.length];
        const path = join(registry, name);
        const bytes = readFileSync(path);
        const changed = Uint8Array.from(bytes);
        changed[at % bytes.length] ^= flip;
        writeFileSync(path, changed);
        const { mismatches } = await verifyRegistry(registry);
        writeFileSync(path, bytes);
        expect(mismatches.join("\n")).toContain(name);
      }),
      { numRuns: 300 },
    );
    expect((await verifyRegistry(registry)).mismatches).toEqual([]);
  });

  it("finds bytes that are added or cut off in any file", async () => {
    for (const name of await filesBelow(whole)) {
      for (const change of [
        (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from("\n")]),
        (bytes: Buffer): Buffer => Buffer.concat([Buffer.from("\ufeff"), bytes]),
        (bytes: Buffer): Buffer => bytes.subarray(0, -1),
        (): Buffer => Buffer.alloc(0),
      ]) {
        const registry = copied();
        writeFileSync(join(registry, name), change(readFileSync(join(registry, name))));
        expect((await verifyRegistry(registry)).mismatches.join("\n")).toContain(name);
      }
    }
  });

  it.each<[string, (registry: string) => void, RegExp]>([
    [
      "removed",
      (registry) => rmSync(entryPath(registry, 3)),
      /000003\.json: must be there, as a later entry is: an entry was removed or renumbered/,
    ],
    [
      "put in another's place",
      (registry) => {
        renameSync(entryPath(registry, 2), join(registry, "aside"));
        renameSync(entryPath(registry, 3), entryPath(registry, 2));
        renameSync(join(registry, "aside"), entryPath(registry, 3));
      },
      /000002\.json: must be entry 2, which follows hash.*got entry 3/,
    ],
    [
      "renamed",
      (registry) => renameSync(entryPath(registry, 6), join(registry, "history", "6.json")),
      /6\.json: a history must hold entries alone, called by their numbers/,
    ],
    [
      "written twice",
      (registry) => cpSync(entryPath(registry, 6), entryPath(registry, 7)),
      /000007\.json: must be entry 7.*got entry 6/,
    ],
    [
      "changed together with its hash",
      (registry) => rewrite(registry, 4, { who: "Somebody else" }),
      /000005\.json: must be entry 5, which follows hash/,
    ],
    [
      "made against the rules: a version that nobody registered",
      (registry) => rewrite(registry, 6, { version: "9".repeat(64) }),
      /000006\.json: must be a version that the history registers/,
    ],
    [
      "made against the rules: what stood there before is another one",
      (registry) => rewrite(registry, 6, { before: versions[0] }),
      /000006\.json: the challenger must be/,
    ],
  ])("names the entry that was %s", async (_, change, message) => {
    const registry = copied();
    change(registry);
    await expect(readRegistry(registry)).rejects.toThrow(message);
    await expect(versionPlace(registry, "champion")).rejects.toThrow(message);
  });

  it("sees that the end was cut off if it is told a head, and not otherwise", async () => {
    const registry = copied();
    const { head } = await readRegistry(registry);
    expect((await readRegistry(registry, { head })).head).toBe(head);
    rmSync(entryPath(registry, 6));
    expect((await readRegistry(registry)).entries).toHaveLength(5);
    await expect(readRegistry(registry, { head })).rejects.toThrow(`must have an entry of hash ${head}; got 5 entries`);
  });

  it("still has a head that was noted down when others were added", async () => {
    const registry = copied();
    const { head } = await readRegistry(registry);
    await rollBack(registry, { ...reasons, answer: playedAnswer, alias: "champion" });
    expect((await readRegistry(registry, { head })).entries).toHaveLength(7);
  });

  it("does not count hidden files, which systems leave in folders that are looked at", async () => {
    const registry = copied();
    writeFileSync(join(registry, "history", ".DS_Store"), "x");
    writeFileSync(join(registry, "versions", versions[0], ".DS_Store"), "x");
    expect((await verifyRegistry(registry)).mismatches).toEqual([]);
  });
});

describe("versionPlace", () => {
  it("refuses the beginning of a hash that several versions have, and lists them", async () => {
    const registry = copied();
    let { head: previous } = await readRegistry(registry);
    for (const [entry, digit] of [
      [7, "0"],
      [8, "1"],
    ] as const) {
      const version = `abcd${digit.repeat(60)}`;
      const own = { action: "register", alias: null, version, before: null, at: "2026-11-30T00:00:00.000Z" } as const;
      const sealed = sealedEntry({ entry, ...own, ...reasons, evidence: [], previous });
      previous = sealed.sha256;
      writeFileSync(entryPath(registry, entry), canonicalJson(sealed));
    }
    await expect(versionPlace(registry, "abcd")).rejects.toThrow(
      /got 2 that begin so; choose among abcd000000000000, abcd111111111111/,
    );
    await expect(versionPlace(registry, "abcd0")).rejects.toThrow(/version\.json: the file must be readable/);
  });
});

describe("readVersion", () => {
  it("refuses a file that is missing, or one that the version does not name", async () => {
    const registry = copied();
    const folder = join(registry, "versions", versions[0]);
    writeFileSync(join(folder, "model", "more.txt"), "x");
    await expect(readVersion(registry, versions[0])).rejects.toThrow(/more\.txt: version\.json must name every file/);
    rmSync(join(folder, "model", "more.txt"));
    rmSync(join(folder, "probes.json"));
    await expect(readVersion(registry, versions[0])).rejects.toThrow(/probes\.json: the file must be readable/);
  });

  it("tells where the model came from, what it promises, and every file by its hash", async () => {
    const record = await readVersion(whole, versions[1]);
    expect(record.lineage).toMatchObject({ kind: "played", command: "twin train --seed 12", limits: { promise: 0.9 } });
    const names = [`model/${record.model}/model.txt`, "predictions.json", "probes.json"];
    expect(Object.keys(record.files)).toEqual(names);
  });
});

describe("verifyRegistry", () => {
  it("names versions that are missing, and those that the history does not name", async () => {
    const registry = copied();
    rmSync(join(registry, "versions", versions[0]), { recursive: true });
    rmSync(entryPath(registry, 6));
    rmSync(entryPath(registry, 5));
    rmSync(entryPath(registry, 4));
    rmSync(entryPath(registry, 3));
    const { mismatches, unregistered, entries } = await verifyRegistry(registry);
    expect([entries, unregistered]).toEqual([2, [versions[2]]]);
    expect(mismatches).toHaveLength(1);
    expect(mismatches[0]).toContain(versions[0]);
  });

  it("does not stop at a folder that is no version", async () => {
    const registry = copied();
    const text = "no JSON";
    const name = createHash("sha256").update(text).digest("hex");
    mkdirSync(join(registry, "versions", name));
    writeFileSync(join(registry, "versions", name, "version.json"), text);
    expect((await verifyRegistry(registry)).mismatches[0]).toMatch(/must describe a version/);
  });
});

describe("a registry that is written", () => {
  it("sweeps what a killed process left a day ago, and leaves what is in the making now", async () => {
    const project = temporaryProject();
    await playedVersions(project, ["a"]);
    const making = join(project, "registry", "making");
    for (const [name, days] of [
      ["0123456789abcdef", 2],
      ["fedcba9876543210", 0],
    ] as const) {
      mkdirSync(join(making, name));
      const time = Date.now() / 1000 - 86_400 * days;
      utimesSync(join(making, name), time, time);
    }
    await playedVersions(project, ["b"]);
    expect(readdirSync(making)).toEqual(["fedcba9876543210"]);
  });

  it("says that a file system has no hard links, and writes nothing", async () => {
    const project = temporaryProject();
    vi.mocked(link).mockRejectedValueOnce(Object.assign(new Error("EPERM"), { code: "EPERM", syscall: "link" }));
    await expect(playedVersions(project, ["a"])).rejects.toThrow(
      /must lie on one file system that makes hard links.*got EPERM; choose another folder with --registry/,
    );
    expect((await readRegistry(join(project, "registry"))).entries).toEqual([]);
  });

  it("knows its own entry where a network says that the link it made stands there already", async () => {
    const project = temporaryProject();
    const real = await vi.importActual<typeof promises>("node:fs/promises");
    vi.mocked(link).mockImplementationOnce(async (from, to) => {
      await real.link(from, to);
      throw Object.assign(new Error("EEXIST"), { code: "EEXIST", syscall: "link" });
    });
    await playedVersions(project, ["a"]);
    expect((await readRegistry(join(project, "registry"))).entries).toHaveLength(1);
  });

  it("refuses in a folder that may not be written, and still reads there", async () => {
    const registry = copied();
    await chmod(join(registry, ".."), 0o755);
    for (const name of ["", "making", "history", "versions"]) await chmod(join(registry, name), 0o555);
    const moving = { ...reasons, answer: playedAnswer, alias: "champion" } as const;
    const error: unknown = await asNobody(() => rollBack(registry, moving).catch((one: unknown) => one));
    expect(String(error)).toMatch(/the file must be writable; got EACCES; give yourself write permission/);
    expect((await asNobody(() => readRegistry(registry))).entries).toHaveLength(6);
    for (const name of ["", "making", "history", "versions"]) await chmod(join(registry, name), 0o755);
  });
});
