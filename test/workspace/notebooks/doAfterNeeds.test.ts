import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { doAfterNeeds } from "../../../src/workspace/notebooks/doAfterNeeds.js";

describe("doAfterNeeds", () => {
  it("begins equals in order, at most so many at once, each after what it needs; results are in order", async () => {
    const told: string[] = [];
    const needs = [[], [], [0], [0, 1, 2]];
    const results = await doAfterNeeds(["a", "b", "c", "d"], {
      most: 2,
      needs: (place) => needs[place],
      work: async (job, needed: readonly string[]) => {
        told.push(`${job} begins`);
        await delay(job === "b" ? 60 : 10);
        told.push(`${job} ends`);
        return job + needed.join("");
      },
    });
    expect(results).toEqual(["a", "b", "ca", "dabca"]);
    expect(told).toEqual(["a begins", "b begins", "a ends", "c begins", "c ends", "b ends", "d begins", "d ends"]);
  });

  it("begins with the head of the longest chain, so that it does not end alone", async () => {
    const begun: string[] = [];
    const needs: Readonly<Record<string, readonly number[]>> = { long: [], longer: [2], last: [0, 1, 2, 3] };
    const jobs = ["a", "b", "long", "longer", "last"];
    const results = await doAfterNeeds(jobs, {
      most: 2,
      needs: (place) => needs[jobs[place]] ?? [],
      work: async (job) => {
        begun.push(job);
        await delay(job === "long" ? 30 : 10);
        return job;
      },
    });
    expect(begun).toEqual(["long", "a", "b", "longer", "last"]);
    expect(results).toEqual(jobs);
  });

  it("does one after the other where only one may run", async () => {
    let running = 0;
    await doAfterNeeds([1, 2, 3], {
      most: 1,
      needs: () => [],
      work: async () => {
        expect(++running).toBe(1);
        await delay(5);
        running--;
      },
    });
  });

  it("begins no other after one has thrown, and throws when those that had begun have ended", async () => {
    const ended: string[] = [];
    const work = async (job: string): Promise<void> => {
      if (job === "bad") throw new RangeError("planted");
      await delay(20);
      ended.push(job);
    };
    await expect(doAfterNeeds(["slow", "bad", "later"], { most: 2, needs: () => [], work })).rejects.toThrow("planted");
    expect(ended).toEqual(["slow"]);
  });
});
