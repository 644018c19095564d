import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keptBytes } from "../../src/io/keptBytes.js";

const folder = mkdtempSync(join(tmpdir(), "twin-kept-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("keptBytes", () => {
  it("gives back what was kept last, and null where nothing was", async () => {
    const kept = keptBytes(join(folder, "made", "when needed"));
    expect(await kept.read("3.paused")).toBeNull();
    await kept.write("3.paused", Uint8Array.of(1, 2));
    await kept.write("3.paused", Uint8Array.of(3));
    expect([...(await kept.read("3.paused"))!]).toEqual([3]);
    expect(readdirSync(join(folder, "made", "when needed"))).toEqual(["3.paused"]);
  });

  it("says where it cannot write, and loses nothing", async () => {
    writeFileSync(join(folder, "file"), "stands");
    const kept = keptBytes(join(folder, "file"));
    await expect(kept.write("3.paused", Uint8Array.of(1))).rejects.toMatchObject({ name: "InputError" });
    expect(kept.whereOf("3.paused")).toBe(join(folder, "file", "3.paused"));
  });
});
