import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderNames } from "../../src/io/folderNames.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

const folder = await temporaryFolder();

it("folderNames lists folders, not files, by the alphabet, and none of a folder that is not there", async () => {
  for (const name of ["b", "a"]) await mkdir(join(folder, "some", name), { recursive: true });
  await writeFile(join(folder, "some", "c"), "");
  expect(await folderNames(join(folder, "some"))).toEqual(["a", "b"]);
  expect(await folderNames(join(folder, "none"))).toEqual([]);
  expect(await folderNames(join(folder, "some", "c"))).toEqual([]);
});
