import { link } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { followWriters, settledLine, type Writers } from "../../../src/io/studies/followWriters.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";
import { type PlayedWriter, playedWriter } from "./playedWriter.js";

const place = await temporaryFolder();
let count = 0;

/** Two writers, and one who looks, by a clock that is turned by hand. */
async function played(): Promise<{
  readonly folder: string;
  readonly one: PlayedWriter;
  readonly other: PlayedWriter;
  readonly seen: Writers;
  readonly pass: (milliseconds: number) => Promise<void>;
}> {
  const folder = join(place, String(++count));
  const [one, other] = [await playedWriter(folder, "1"), await playedWriter(folder, "2")];
  let time = 0;
  const seen = followWriters(folder, { staleMilliseconds: 100, onWarning: () => undefined, now: () => time });
  const pass = async (milliseconds: number): Promise<void> => {
    time += milliseconds;
    await seen.look();
  };
  await pass(0);
  return { folder, one, other, seen, pass };
}

const settled = async (folder: string, number: number, seen: Writers): Promise<unknown> =>
  (await settledLine(folder, number, seen, link))?.value ?? null;

describe("followWriters and settledLine", () => {
  it("take a writer for dead whose heart has not beaten for so long by the clock of who looks", async () => {
    const { one, seen, pass } = await played();
    await pass(99);
    expect(seen.isDead(one.name)).toBe(false);
    await one.beat();
    await pass(99);
    expect(seen.isDead(one.name)).toBe(false);
    await pass(101);
    expect(seen.isDead(one.name)).toBe(true);
    // It was merely slow.
    await one.beat();
    await pass(1);
    expect(seen.isDead(one.name)).toBe(false);
    expect(seen.isDead("twin-99999999-1-1-abcdef")).toBe(true);
  });

  it("give a claim to one, and to the next only when its owner has died", async () => {
    const { one, other, seen, pass } = await played();
    expect(await one.claim(4, seen)).toBe(true);
    expect(await other.claim(4, seen)).toBe(false);
    await pass(101);
    await other.beat();
    await pass(1);
    expect(await other.claim(4, seen)).toBe(true);
  });

  it("let count what a writer said that died before it could link it", async () => {
    const { folder, one, seen, pass } = await played();
    await one.claim(0, seen);
    await one.say(0, "first");
    await pass(1);
    expect(await settled(folder, 0, seen)).toBeNull();
    await pass(101);
    expect(await settled(folder, 0, seen)).toBe("first");
  });

  it("let count for good what was linked first, where a slow writer says another thing later", async () => {
    const { folder, one, other, seen, pass } = await played();
    await one.claim(0, seen);
    await pass(101);
    await other.beat();
    await pass(1);
    await other.claim(0, seen);
    await other.say(0, "of the second");
    await other.settle(0, seen);
    await one.beat();
    await one.say(0, "of the slow one");
    await pass(1);
    await one.settle(0, seen);
    expect(await settled(folder, 0, seen)).toBe("of the second");
    const later = followWriters(folder, { staleMilliseconds: 100, onWarning: () => undefined });
    await later.look();
    expect(await settled(folder, 0, later)).toBe("of the second");
  });

  it("agree on one outcome of each piece, whoever claims, says, stalls, comes back and looks", async () => {
    const step = fc.record({
      does: fc.constantFrom("claim", "say", "settle", "stall", "wake", "look", "look"),
      who: fc.nat(2),
      number: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const folder = join(place, String(++count));
        const writers = [
          await playedWriter(folder, "1"),
          await playedWriter(folder, "2"),
          await playedWriter(folder, "3"),
        ];
        let time = 0;
        const options = { staleMilliseconds: 100, onWarning: () => undefined, now: () => time };
        const views = writers.map(() => followWriters(folder, options));
        for (const view of views) await view.look();
        const stalled = new Set<number>();
        const [claimed, said] = [new Set<string>(), new Set<string>()];
        const accepted = new Map<number, unknown>();
        const look = async (view: Writers): Promise<void> => {
          await view.look();
          for (const number of [0, 1, 2]) {
            const value = await settled(folder, number, view);
            if (value === null) continue;
            if (!accepted.has(number)) accepted.set(number, value);
            expect(value).toBe(accepted.get(number));
          }
        };
        for (const { does, who, number } of steps) {
          const [writer, view, key] = [writers[who], views[who], `${who} ${number}`];
          time += 30;
          for (const [at, one] of writers.entries()) if (!stalled.has(at)) await one.beat();
          if (does === "stall") stalled.add(who);
          else if (does === "wake") stalled.delete(who);
          else if (does === "look") await look(view);
          else if (does === "claim") {
            if (!claimed.has(key) && !accepted.has(number) && (await writer.claim(number, view))) claimed.add(key);
          } else if (does === "say") {
            if (claimed.has(key) && !said.has(key)) await writer.say(number, `of ${who}`);
            if (claimed.has(key)) said.add(key);
          } else if (said.has(key)) {
            await view.look();
            await writer.settle(number, view);
          }
        }
        // In the end all have died, and one looks who was there from the beginning, one who came just now.
        const late = followWriters(folder, options);
        await late.look();
        time += 1000;
        for (const view of [late, ...views]) await look(view);
        for (const number of [0, 1, 2])
          expect(accepted.has(number)).toBe([0, 1, 2].some((who) => said.has(`${who} ${number}`)));
      }),
      { numRuns: 60 },
    );
  });
});
