import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataStatus, fetchData, importData, readRealTable } from "../../src/experiments/dataStore.js";
import { realTable, realTables } from "../../src/experiments/manifest.js";
import { download } from "../../src/io/download.js";
import { hasRealData, realData } from "../support/realData.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

const folder = await temporaryFolder();
const absent = join(folder, "nothing");
const failing = (() =>
  Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } }))) as typeof fetch;
const answering = (content: string, status = 200) =>
  (() => Promise.resolve(new Response(content, { status }))) as typeof fetch;

describe("realTables", () => {
  it("have distinct names, hashes, and a fetchable address unless they are subsets that must be imported", () => {
    expect(new Set(realTables.map(({ id }) => id)).size).toBe(realTables.length);
    expect(realTables.filter(({ address }) => address === undefined).map(({ id }) => id)).toEqual([
      "recipes",
      "nanoplatelets",
      "nanoplatelets-all",
      "nanoplatelet-spectra",
      "crystallisation-campaigns",
      "cadmium-selenide",
    ]);
    for (const { sha256 } of realTables) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(() => realTable("nothing")).toThrow("must be one of recipes");
  });
});

describe("dataStatus", () => {
  it("tells for every absent table how to get it", async () => {
    const status = await dataStatus({ folder: absent });
    expect(status.every(({ state, mend }) => state === "absent" && /twin data (fetch|import)/.test(mend))).toBe(true);
    expect(status.find(({ table }) => table.id === "recipes")?.mend).toMatch(/subset.*another hash/);
  });
});

describe("importData", () => {
  it("refuses a folder without any table", async () => {
    await expect(importData({ from: absent, folder: absent })).rejects.toThrow(
      /must hold tables of the manifest; got none; put files there by their names: cs_pb_br_recipes\.csv/,
    );
  });

  it("refuses a changed table by name and hash, and imports nothing then", async () => {
    const from = join(folder, "changed");
    await mkdir(from);
    if (hasRealData)
      await copyFile(join(realData, realTable("solubility").file), join(from, realTable("solubility").file));
    await writeFile(join(from, realTable("antisolvents").file), "x".repeat(realTable("antisolvents").bytes));
    await expect(importData({ from, folder: join(folder, "kept-clean") })).rejects.toThrow(
      /nanoplatelet_antisolvents\.csv: SHA-256 must be 575b.*; got [0-9a-f]{64}; .*nothing was imported/,
    );
    expect(existsSync(join(folder, "kept-clean"))).toBe(false);
  });

  it.skipIf(!hasRealData)(
    "copies every table once, and readRealTable reads them (skipped without ../shared/real-data)",
    async () => {
      const to = join(folder, "real");
      expect((await importData({ from: realData, folder: to })).map(({ did }) => did)).toEqual(
        realTables.map(() => "copied"),
      );
      expect((await importData({ from: realData, folder: to })).map(({ did }) => did)).toEqual(
        realTables.map(() => "was there"),
      );
      expect((await readdir(to)).sort()).toEqual(realTables.map(({ file }) => file).sort());
      expect((await dataStatus({ folder: to })).every(({ state }) => state === "present")).toBe(true);
      const rows = await Promise.all(
        (
          [
            "recipes",
            "nanoplatelets",
            "nanoplatelets-all",
            "nanoplatelet-spectra",
            "crystallisations",
            "crystallisation-campaigns",
            "cadmium-selenide",
          ] as const
        ).map(async (id) => (await readRealTable(id, { folder: to })).table.numRows),
      );
      expect(rows).toEqual([87, 225, 357, 326, 554, 10_599, 234]);
      await writeFile(
        join(to, realTable("recipes").file),
        await readFile(join(to, realTable("recipes").file), "utf8").then((text) => text.replace("160.0", "161.0")),
      );
      await expect(readRealTable("recipes", { folder: to })).rejects.toThrow(
        /must be imported unchanged; got different; the file was changed: remove it/,
      );
    },
  );

  it.skipIf(!hasRealData)(
    "the manifest counts rows and bytes as the files do (skipped without ../shared/real-data)",
    async () => {
      for (const { file, bytes, rows } of realTables) {
        const content = await readFile(join(realData, file));
        expect(content.length, file).toBe(bytes);
        if (
          rows > 0 &&
          file !== realTable("olympus").file &&
          file !== realTable("crystallisations").file &&
          file !== realTable("solubility").file
        ) {
          expect(content.toString("utf8").trimEnd().split("\n").length - 1, file).toBe(rows);
        }
      }
    },
  );
});

describe("fetchData", () => {
  it("says that subsets must be imported, without asking the network", async () => {
    const notes = await fetchData({ only: ["recipes", "nanoplatelets"], folder: absent, get: failing });
    expect(notes.map(({ did }) => did)).toEqual(["must be imported", "must be imported"]);
    expect(notes[0].note).toMatch(/twin data import --from FOLDER/);
  });

  it("names the mend when the network fails or the file is not there", async () => {
    await expect(fetchData({ only: ["antisolvents"], folder: absent, get: failing })).rejects.toThrow(
      new RegExp(
        /the network must answer; got ENOTFOUND; /.source +
          /download leoluber\/synthesizer.* by hand as nanoplatelet_antisolvents\.csv/.source,
      ),
    );
    await expect(fetchData({ only: ["antisolvents"], folder: absent, get: answering("gone", 404) })).rejects.toThrow(
      /got HTTP status 404/,
    );
    await expect(fetchData({ only: ["all"], folder: absent })).rejects.toThrow(/the table must be one of recipes/);
  });

  it("keeps nothing of a file with another hash", async () => {
    await expect(fetchData({ only: ["antisolvents"], folder: absent, get: answering("other") })).rejects.toThrow(
      /SHA-256 must be 575b.*nothing was kept/,
    );
    expect(existsSync(absent)).toBe(false);
  });

  it.skipIf(!hasRealData)("keeps a file with the right hash (skipped without ../shared/real-data)", async () => {
    const content = await readFile(join(realData, realTable("antisolvents").file), "latin1");
    const get = (() => Promise.resolve(new Response(Buffer.from(content, "latin1")))) as typeof fetch;
    expect(await fetchData({ only: ["antisolvents"], folder: join(folder, "fetched"), get })).toMatchObject([
      { did: "fetched" },
    ]);
    expect((await fetchData({ only: ["antisolvents"], folder: join(folder, "fetched"), get: failing }))[0].did).toBe(
      "was there",
    );
  });
});

describe("download", () => {
  it("refuses plain http, answers that are too large, and one that never ends", async () => {
    await expect(download("http://example.org/a.csv")).rejects.toThrow("must begin with https://");
    await expect(download("https://example.org/a", { maximumBytes: 3, get: answering("four") })).rejects.toThrow(
      "at most 3 bytes; got more",
    );
    const server = createServer((_, answer) => void answer.write("first"));
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const local = ((_: string, options: RequestInit) =>
      fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, options)) as typeof fetch;
    await expect(download("https://example.org/a", { timeoutSecond: 0.3, get: local })).rejects.toThrow(
      "nothing whole in 0.3 s; download it by hand",
    );
    server.closeAllConnections();
    server.close();
  });
});
