import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keptResult } from "../../../src/io/evidence/keptResult.js";

const folder = mkdtempSync(join(tmpdir(), "twin-kept-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("keptResult", () => {
  it("makes a part once, and gives what was kept from then on", async () => {
    const path = join(folder, "below", "part.json");
    let made = 0;
    const make = (): Promise<{ readonly made: number }> => Promise.resolve({ made: ++made });
    expect(await keptResult(path, make)).toEqual({ made: 1 });
    expect(await keptResult(path, make)).toEqual({ made: 1 });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ made: 1 });
  });

  it("keeps nothing of a part that failed", async () => {
    const path = join(folder, "failed.json");
    await expect(keptResult(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await keptResult(path, () => Promise.resolve(2))).toBe(2);
  });

  it("names a kept file that is no JSON", async () => {
    const path = join(folder, "damaged.json");
    writeFileSync(path, "{");
    await expect(keptResult(path, () => Promise.resolve(1))).rejects.toThrow("damaged.json");
  });
});
