import { execFileSync } from "node:child_process";
import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headOf, isSealed, lastBodyOf, type LineHead, sealedLine } from "../../../src/io/requests/logLine.js";
import { openRequestLog, type RequestLogOptions } from "../../../src/io/requests/requestLog.js";
import { mountSmall } from "../../support/mountSmall.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
let count = 0;
const fresh = (): string => join(folder, `log ${count++}`);
const bodies = ["asked", "answer"];

type Opened = Awaited<ReturnType<typeof openRequestLog>> & {
  readonly heads: readonly LineHead[];
  readonly warnings: readonly string[];
};

async function opened(path: string, options: Partial<RequestLogOptions> = {}): Promise<Opened> {
  const [heads, warnings]: [LineHead[], string[]] = [[], []];
  const log = await openRequestLog(path, {
    bodies,
    onLine: (head) => heads.push(head),
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
  return { ...log, heads, warnings };
}

const numbersOf = (heads: readonly LineHead[]): unknown[] => heads.map(({ number }) => number);

describe("a sealed line", () => {
  it("gives its head and its last body again, whatever they hold, and is JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), fc.jsonValue(), (own, asked, answer) => {
        const head = { kind: "x", own };
        const [first, second] = [asked, answer].map((value) => Buffer.from(JSON.stringify(value)));
        const line = sealedLine(head, { asked: first, answer: second });
        const bytes = line.subarray(0, -1);
        expect(line.at(-1)).toBe(10);
        expect(isSealed(bytes)).toBe(true);
        expect(JSON.stringify(headOf(bytes, bodies))).toBe(JSON.stringify(head));
        expect(Buffer.from(lastBodyOf(bytes, "answer")!).toString()).toBe(second.toString());
        expect(Object.keys(JSON.parse(line.toString()) as object)).toEqual([
          "kind",
          "own",
          "asked",
          "answer",
          "sha256",
        ]);
      }),
    );
  });

  it("is one no more where a byte of it changed", () => {
    const line = sealedLine({ kind: "x", number: 17 }, { answer: Buffer.from('{"a": 1}') }).subarray(0, -1);
    for (let at = 0; at < line.length; at++) {
      const other = Buffer.from(line);
      other[at] ^= 1;
      expect(isSealed(other), `byte ${at}`).toBe(false);
    }
  });
});

describe("openRequestLog", () => {
  it("reads all lines again in their order, and each at its place", async () => {
    const path = fresh();
    const log = await opened(path);
    const places = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        log.append({ number }, { bodies: { answer: Buffer.from(`[${number}]`) } }),
      ),
    );
    await log.close();
    const again = await opened(path);
    expect(numbersOf(again.heads)).toEqual(Array.from({ length: 20 }, (_, number) => number));
    const line = await again.read(places[7]);
    expect(Buffer.from(lastBodyOf(line, "answer")!).toString()).toBe("[7]");
    expect(again.warnings).toEqual([]);
    await again.close();
  });

  it("brings all that wait to the disk with one fsync, and tells of each in its order before it resolves", async () => {
    const groups: number[] = [];
    const log = await opened(fresh(), { onSync: (_, lines) => groups.push(lines) });
    const told: number[] = [];
    await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        log.append({ number }, { onDurable: () => told.push(number) }).then(() => expect(told).toContain(number)),
      ),
    );
    await log.close();
    expect(told).toEqual(Array.from({ length: 100 }, (_, number) => number));
    expect(groups.length).toBeLessThan(5);
  });

  it("begins a new segment where one is full", async () => {
    const path = fresh();
    const log = await opened(path, { segmentBytes: 300 });
    for (let number = 0; number < 10; number++) await log.append({ number });
    await log.close();
    expect((await readdir(path)).filter((name) => name.startsWith("requests-")).length).toBeGreaterThan(2);
    const again = await opened(path, { segmentBytes: 300 });
    expect(numbersOf(again.heads)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await again.close();
  });

  it("keeps every whole line of a file that was cut anywhere, and goes on behind it", async () => {
    const path = fresh();
    const log = await opened(path);
    for (let number = 0; number < 5; number++) await log.append({ number });
    await log.close();
    const file = join(path, "requests-000001.jsonl");
    const whole = await readFile(file);
    const ends = Array.from(whole.keys()).filter((at) => whole[at] === 10);
    for (let cut = whole.length - 1; cut >= 0; cut -= 7) {
      await writeFile(file, whole);
      await truncate(file, cut);
      const again = await opened(path);
      const lines = ends.filter((end) => end < cut).length;
      expect(numbersOf(again.heads)).toEqual([0, 1, 2, 3, 4].slice(0, lines));
      const isTorn = cut > 0 && whole[cut - 1] !== 10;
      expect(again.warnings.length, `cut at ${cut}`).toBe(isTorn ? 1 : 0);
      await again.append({ number: 9 });
      await again.close();
      const third = await opened(path);
      expect(numbersOf(third.heads)).toEqual([...[0, 1, 2, 3, 4].slice(0, lines), 9]);
      expect(third.warnings).toEqual([]);
      await third.close();
    }
  });

  it("refuses a log in which a line before the last was damaged, and changes nothing", async () => {
    const path = fresh();
    const log = await opened(path);
    for (let number = 0; number < 3; number++) await log.append({ number });
    await log.close();
    const file = join(path, "requests-000001.jsonl");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"number":1', '"number":7'));
    await expect(opened(path)).rejects.toThrow(/requests-000001\.jsonl, line 2: must be a line with the hash/);
    expect(await readFile(file, "utf8")).toBe(text.replace('"number":1', '"number":7'));
    await writeFile(file, text);
    await (await opened(path)).close();
  });

  it("lets one process have a folder, and says which one has it", async () => {
    const path = fresh();
    const log = await opened(path);
    await expect(opened(path)).rejects.toThrow(`process ${process.pid}, still running`);
    await log.close();
    await (await opened(path)).close();
  });

  it("acknowledges nothing in a folder that was removed, and goes on when it is back", async () => {
    const path = fresh();
    const log = await opened(path);
    await log.append({ number: 0 });
    await rm(path, { recursive: true });
    expect(await log.isWritable()).toBe(false);
    await expect(log.append({ number: 1 })).rejects.toThrow(/must be writable; got ENOENT/);
    await expect(log.append({ number: 2 })).rejects.toThrow("must be writable");
    expect(await log.isWritable()).toBe(false);
    await mkdir(path);
    await setTimeout(1050);
    expect(await log.isWritable()).toBe(true);
    await log.append({ number: 3 });
    await log.close();
    const again = await opened(path);
    expect(numbersOf(again.heads)).toEqual([3]);
    await again.close();
  });

  const small = join(folder, "small");
  const isMounted = mountSmall(small);
  it.skipIf(!isMounted)("acknowledges nothing that a full disk did not take, and cuts it off later", async () => {
    try {
      const path = join(small, "log");
      const log = await opened(path);
      await log.append({ number: 0 });
      const much = { bodies: { answer: Buffer.from(`"${"x".repeat(200_000)}"`) } };
      await expect(log.append({ number: 1 }, much)).rejects.toThrow(/got ENOSPC; free disk space/);
      expect(await log.isWritable()).toBe(false);
      await setTimeout(1050);
      await log.append({ number: 2 });
      await log.close();
      const again = await opened(path);
      expect(numbersOf(again.heads)).toEqual([0, 2]);
      expect(again.warnings).toEqual([]);
      await again.close();
    } finally {
      execFileSync("umount", [small]);
    }
  });

  it("does not take lines of other names for its own", async () => {
    const path = fresh();
    await mkdir(path);
    await appendFile(join(path, "notes.txt"), "mine\n");
    const log = await opened(path);
    expect(log.heads).toEqual([]);
    await log.close();
  });
});
