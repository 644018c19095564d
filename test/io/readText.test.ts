import { writeFileSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/core/InputError.js";
import { projectPath } from "../../src/io/projectPath.js";
import { readBytes, readJson, readText } from "../../src/io/readText.js";
import { asNobody } from "../support/asNobody.js";
import { temporaryProject } from "../support/temporaryProject.js";

const root = temporaryProject({
  "text.txt": "\uFEFFCs₄PbBr₆ at 25 °C\r\n",
  "good.json": '{"a": [1, null]}',
  "bad.json": '{"a": [1,\n 2',
});

async function refusal(read: Promise<unknown>): Promise<string> {
  const error = await read.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
}

describe("readBytes", () => {
  it("gives a file byte for byte, and refuses what readText cannot read", async () => {
    writeFileSync(join(root, "bytes.bin"), Uint8Array.of(0xef, 0xbb, 0xbf, 0, 255));
    expect([...(await readBytes(join(root, "bytes.bin")))]).toEqual([0xef, 0xbb, 0xbf, 0, 255]);
    expect(await refusal(readBytes(join(root, "absent.bin")))).toMatch(
      /absent\.bin: the file must be readable; got ENOENT; check the path$/,
    );
  });
});

describe("readText", () => {
  it("gives a UTF-8 text as it stands, without the mark of its byte order", async () => {
    expect(await readText(join(root, "text.txt"))).toBe("Cs₄PbBr₆ at 25 °C\r\n");
  });

  it("names what is missing by its path from the project root, and a folder as such", async () => {
    expect(await refusal(readText(projectPath("data", "no-such.json")))).toBe(
      "data/no-such.json: the file must be readable; got ENOENT; check the path",
    );
    expect(await refusal(readText(root))).toContain("the file must be readable; got EISDIR; name a readable file");
  });

  it.each([
    ["Latin-1", [0x43, 0xe9]],
    ["UTF-16", [0xff, 0xfe, 0x43, 0x00]],
    ["a letter cut in half", [0x43, 0xc2]],
  ])("refuses %s instead of guessing letters", async (_, bytes) => {
    writeFileSync(join(root, "other.txt"), Uint8Array.from(bytes));
    expect(await refusal(readText(join(root, "other.txt")))).toMatch(
      /other\.txt: the file must be UTF-8 text; got other bytes; save it as UTF-8$/,
    );
  });

  it("says how to mend a file that may not be read", async () => {
    writeFileSync(join(root, "secret.txt"), "x");
    await chmod(root, 0o755);
    await chmod(join(root, "secret.txt"), 0);
    expect(
      await refusal(
        asNobody(() => readText(join(root, "secret.txt")).catch((error: unknown) => Promise.reject(error as Error))),
      ),
    ).toContain("got EACCES; give yourself read permission");
  });
});

describe("readJson", () => {
  it("gives the value, or refuses with the place where it breaks", async () => {
    expect(await readJson(join(root, "good.json"))).toEqual({ a: [1, null] });
    expect(await refusal(readJson(join(root, "bad.json")))).toMatch(
      /bad\.json: the file must hold JSON; got .*(?:position|line|end of JSON).*; restore or rewrite the file$/,
    );
    expect(await refusal(readJson(join(root, "no-such.json")))).toContain("ENOENT");
  });
});
