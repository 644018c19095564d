import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOnce } from "../../../src/io/evidence/readOnce.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "twin-test-"))));
afterAll(() => rm(folder, { recursive: true }));

describe("readOnce", () => {
  it("gives what stood in a file when it was first read; another pass sees the change", async () => {
    const path = join(folder, "a.ts");
    await writeFile(path, "one");
    const read = readOnce();
    expect(await Promise.all([read(path), read(path)])).toEqual(["one", "one"]);
    await writeFile(path, "two");
    expect(await read(path)).toBe("one");
    expect(await readOnce()(path)).toBe("two");
  });

  it("fails as readText does, each time it is asked", async () => {
    const read = readOnce();
    for (let again = 0; again < 2; again++)
      await expect(read(join(folder, "none.ts"))).rejects.toThrow("the file must be readable; got ENOENT");
  });
});
