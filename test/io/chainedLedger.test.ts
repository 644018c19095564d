import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { appendChained, type ChainedKind, emptyHead, readChained } from "../../src/io/chainedLedger.js";
import { temporaryProject } from "../support/temporaryProject.js";

interface Sight {
  readonly bird: string;
  readonly count: number;
}
const kind: ChainedKind<Sight> = {
  shape: z.strictObject({ bird: z.string(), count: z.int().positive() }),
  line: "a sight",
  work: "write down birds here",
};
let path: string;
beforeEach(() => {
  path = join(temporaryProject(), "birds.jsonl");
});
const add = (bird: string, count = 1): ReturnType<typeof appendChained<Sight>> =>
  appendChained(path, kind, () => ({ count, bird }));

describe("a chained ledger", () => {
  it("is empty where there is no file, and each line that is added holds the hash of the one before", async () => {
    expect(await readChained(path, kind)).toEqual([]);
    await add("wren");
    const [first, second] = await add("rook", 2);
    expect([first.previous, second.previous]).toEqual([emptyHead, first.sha256]);
    // In the order of the shape, whatever the order of the fields that came.
    expect(readFileSync(path, "utf8")).toMatch(/^\{"bird":"wren","count":1,"previous":"0{64}","sha256":"/);
  });

  it("adds nothing where it is told so, and refuses what is no line of it", async () => {
    await add("wren");
    const text = readFileSync(path, "utf8");
    await appendChained(path, kind, () => null);
    await expect(add("rook", -1)).rejects.toThrow(/birds\.jsonl: must be a sight; got .*nothing was written/);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  it("names the line of any letter that was changed, and adds nothing to it", async () => {
    for (const bird of ["wren", "rook", "kite"]) await add(bird);
    const whole = readFileSync(path, "utf8");
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.constantFrom("0", "1", "a", '"', " ", "}"), async (at, letter) => {
        fc.pre(whole[at] !== letter);
        writeFileSync(path, whole.slice(0, at) + letter + whole.slice(at + 1));
        await expect(add("crow")).rejects.toThrow(/line \d/);
      }),
      { numRuns: 50 },
    );
  });

  it("loses no line of several who write at once", async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => add("wren", i + 1)));
    expect(new Set((await readChained(path, kind)).map(({ count }) => count)).size).toBe(8);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});
