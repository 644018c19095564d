import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRawCsv } from "../../../src/io/tables/readRawCsv.js";
import { sha256 } from "../../../src/io/sha256.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();

async function given(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe("readRawCsv", () => {
  it("gives texts as they stand, null for empty cells, and the hash of the file", async () => {
    const content = "a;b\r\n1.50;\r\n;x,y\r\n";
    const raw = await readRawCsv(await given("semicolon.csv", content), { separator: ";" });
    expect(raw).toMatchObject({
      numRows: 2,
      headerLine: 1,
      sha256: sha256(content),
      columns: { a: ["1.50", null], b: [null, "x,y"] },
    });
  });

  it("skips the lines above the header", async () => {
    const raw = await readRawCsv(await given("above.csv", "#made on a day,,\n#by: somebody\na,b\n1,2\n"), {
      headerLine: 3,
    });
    expect(raw.columns).toEqual({ a: ["1"], b: ["2"] });
    await expect(readRawCsv(await given("few.csv", "a,b\n"), { headerLine: 5 })).rejects.toThrow(
      "the header must stand in line 5",
    );
  });

  it("reads a header with a quoted line break in a file with another line end", async () => {
    const raw = await readRawCsv(await given("break.csv", 'a,"b\n (mL)"\r\n1,2\r\n3,4\r\n'));
    expect(raw.columns).toEqual({ a: ["1", "3"], "b\n (mL)": ["2", "4"] });
  });

  it("names an index column without a name", async () => {
    const raw = await readRawCsv(await given("index.csv", ",a\n0,1\n"), { unnamed: "index" });
    expect(raw.columns).toEqual({ index: ["0"], a: ["1"] });
  });

  it("reads a file whose last line has no end, and one with old Mac line ends", async () => {
    expect((await readRawCsv(await given("open.csv", "a,b\n1,2"))).columns).toEqual({ a: ["1"], b: ["2"] });
    expect((await readRawCsv(await given("mac.csv", "a,b\r1,2\r"))).columns).toEqual({ a: ["1"], b: ["2"] });
  });

  it("names the line of the first wide row among many", async () => {
    const path = await given("wide.csv", `a,b\n${"1,2\n".repeat(5000)}1,2,3\n`);
    await expect(readRawCsv(path)).rejects.toThrow("wide.csv, line 5002: every line must have 2 cells");
  });
});
