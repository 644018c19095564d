import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeFirst } from "../../src/io/writeFirst.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

const folder = await temporaryFolder();
const words = { folder: "a study", mend: "choose another folder" };

describe("writeFirst", () => {
  it("lets one of several write, whole, and leaves what stands there", async () => {
    const path = join(folder, "new", "settings.json");
    const first = await Promise.all([1, 2, 3, 4, 5].map((one) => writeFirst(path, `text of ${one}`, words)));
    expect(first.filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await readFile(path, "utf8")).toBe(`text of ${first.indexOf(true) + 1}`);
    expect(await writeFirst(path, "later", words)).toBe(false);
    expect(await readdir(join(folder, "new"))).toEqual(["settings.json"]);
  });

  it("says where nothing can be written", async () => {
    await expect(writeFirst("/proc/none/settings.json", "", words)).rejects.toThrow("must be writable");
  });
});
