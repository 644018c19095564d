import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeInGroups } from "../../src/io/writeInGroups.js";

describe("writeInGroups", () => {
  it("writes what comes in one turn as one group, and what comes meanwhile as the next", async () => {
    const groups: (readonly string[])[] = [];
    let go = (): void => undefined;
    const { add, settled } = writeInGroups<string, string>(async (items) => {
      groups.push(items);
      await new Promise<void>((resolve) => (go = resolve));
      return items.map((item) => item.toUpperCase());
    });
    const first = [add("a"), add("b")];
    await Promise.resolve();
    await Promise.resolve();
    const second = [add("c"), add("d"), add("e")];
    go();
    expect(await Promise.all(first)).toEqual(["A", "B"]);
    go();
    expect(await Promise.all(second)).toEqual(["C", "D", "E"]);
    await settled();
    expect(groups).toEqual([
      ["a", "b"],
      ["c", "d", "e"],
    ]);
  });

  it("tells a failure to its group alone, and writes the next", async () => {
    const { add, settled } = writeInGroups<number, number>(async (items) => {
      await Promise.resolve();
      if (items.includes(0)) throw new Error("disk");
      return items;
    });
    const failed = [add(1), add(0)];
    await expect(failed[0]).rejects.toThrow("disk");
    await expect(failed[1]).rejects.toThrow("disk");
    expect(await add(2)).toBe(2);
    await settled();
  });

  it("loses and repeats nothing, and keeps the order, however items come", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 30 }), async (pauses) => {
        const written: number[] = [];
        const { add, settled } = writeInGroups<number, number>(async (items) => {
          await Promise.resolve();
          written.push(...items);
          return items.map((item) => 2 * item);
        });
        const results: Promise<number>[] = [];
        for (const [i, turns] of pauses.entries()) {
          results.push(add(i));
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        }
        await settled();
        expect(await Promise.all(results)).toEqual(pauses.map((_, i) => 2 * i));
        expect(written).toEqual([...pauses.keys()]);
      }),
    );
  });
});
