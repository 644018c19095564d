import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireStudyPage, writeStudyPage } from "../../../src/commands/tune/writeStudyPage.js";
import { failedRecord } from "../../tuning/studyExample.js";
import { withTemporaryFolder } from "../../../src/io/withTemporaryFolder.js";

const objectives = [{ name: "log loss", unit: "nats" }];

describe("writeStudyPage", () => {
  it("writes one file, over an earlier one, and nothing beside it", async () => {
    await withTemporaryFolder(async (folder) => {
      const path = join(folder, "study.html");
      await writeFile(path, "earlier");
      await writeStudyPage(path, failedRecord(), { objectives });
      expect(await readFile(path, "utf8")).toMatch(/^<!doctype html>/);
      expect(await readdir(folder)).toEqual(["study.html"]);
    });
  });

  it("refuses before the work a file of another kind, and one in a folder that is not there", async () => {
    await expect(requireStudyPage("study.json")).rejects.toThrow(/--page: must name a file that ends in .html/);
    await withTemporaryFolder(async (folder) => {
      await expect(requireStudyPage(join(folder, "none", "study.html"))).rejects.toThrow(/none/);
    });
  });
});
