import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dropAllProgress, dropProgress, readProgress, writeProgress } from "../../../src/io/studies/keptProgress.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const progress = { head: { steps: [{ step: 1, value: 0.5 }] }, bytes: Uint8Array.of(10, 0, 255, 10) };

describe("what is kept of a piece of work", () => {
  it("comes back as it went, line breaks among its bytes, and is gone when it is dropped", async () => {
    expect(await readProgress(folder, 3)).toBeNull();
    await writeProgress(folder, 3, progress);
    const found = await readProgress(folder, 3);
    expect(found?.bytes).toEqual(progress.bytes);
    expect(found?.head).toEqual(progress.head);
    await dropProgress(folder, 3);
    expect(await readProgress(folder, 3)).toBeNull();
  });

  it("counts for nothing where a byte was changed or is missing", async () => {
    await writeProgress(folder, 4, progress);
    const path = join(folder, "kept", "4.bin");
    const bytes = await readFile(path);
    for (const damaged of [bytes.subarray(0, -1), bytes.subarray(0, 9), bytes.with(-1, 11), bytes.with(3, 65)]) {
      await writeFile(path, damaged);
      expect(await readProgress(folder, 4)).toBeNull();
    }
  });

  it("is dropped of all pieces that have ended, not of those that go on", async () => {
    await mkdir(join(folder, "kept"), { recursive: true });
    for (const number of [4, 9, 10]) await writeProgress(folder, number, progress);
    await dropAllProgress(folder, 10);
    expect(await readdir(join(folder, "kept"))).toEqual(["10.bin"]);
  });
});
