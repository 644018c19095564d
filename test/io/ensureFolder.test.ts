import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ensureFolder } from "../../src/io/ensureFolder.js";
import { folderNames } from "../../src/io/folderNames.js";
import { asNobody } from "../support/asNobody.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

const folder = await temporaryFolder();

it("ensureFolder makes a folder, leaves one that stands, and refuses one where it may not write", async () => {
  await mkdir(join(folder, "some", "a"), { recursive: true });
  await writeFile(join(folder, "file"), "");
  await ensureFolder(join(folder, "new"));
  await ensureFolder(join(folder, "some"));
  expect([await folderNames(folder), await folderNames(join(folder, "some"))]).toEqual([["new", "some"], ["a"]]);
  await expect(ensureFolder(join(folder, "newer", "one"))).rejects.toThrow(/make it with `mkdir -p [^`]*newer`/);
  await expect(ensureFolder(join(folder, "file", "models"))).rejects.toMatchObject({ name: "InputError" });
  await asNobody(() => expect(ensureFolder(join(folder, "some"))).rejects.toMatchObject({ name: "InputError" }));
});
