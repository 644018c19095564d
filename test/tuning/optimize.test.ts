import { describe, expect, it } from "vitest";
import { optimize } from "../../src/tuning/optimize.js";
import { halvingPruner } from "../../src/tuning/pruners/halvingPruner.js";
import type { SearchSpace } from "../../src/tuning/SearchSpace.js";

const space: SearchSpace = { x: { kind: "float", low: -5, high: 5 } };

describe("optimize", () => {
  it("gives the same study with one worker and with four that end in another order, pruned trials too", async () => {
    const of = async (workers: number): Promise<unknown> => {
      const { trials } = await optimize(
        async ({ number, parameters, report }) => {
          await new Promise((resolve) => setTimeout(resolve, (number * 7) % 4));
          const value = ((parameters.x as number) - 1) ** 2;
          for (let epoch = 1; epoch <= 16; epoch++)
            if (report(epoch, value + 1 / epoch)) return { state: "pruned", reason: `at epoch ${epoch}` };
          return value;
        },
        { seed: 3, space, trials: 40, window: 3, workers, pruner: halvingPruner() },
      );
      return trials.map(({ parameters, outcome }) => ({ parameters, outcome }));
    };
    const alone = await of(1);
    expect(await of(4)).toEqual(alone);
    expect(JSON.stringify(alone)).toContain("at epoch 1");
  });

  it("goes on after trials that throw, hang or are no number", async () => {
    const study = await optimize(
      ({ number, parameters }) => {
        if (number === 0) throw new Error("no memory");
        if (number === 1) return new Promise<number>(() => undefined);
        return number === 2 ? NaN : (parameters.x as number) ** 2;
      },
      { seed: 1, space, trials: 6, timeoutMilliseconds: 30 },
    );
    expect(study.trials.map(({ outcome }) => outcome?.reason ?? outcome?.state)).toEqual([
      "no memory",
      "it took longer than 30 ms",
      "objectives and constraints must be finite numbers; got NaN",
      ...new Array<string>(3).fill("complete"),
    ]);
  });

  it("refuses more workers than the window lets run", async () => {
    await expect(optimize(() => 0, { seed: 1, space, workers: 2 })).rejects.toThrow(
      /workers must be a whole number from 1 to 1, as a trial sees all but the 0 before it; got 2; give a window/,
    );
  });

  it("comes near the best of a bowl, nearer than chance", async () => {
    const study = await optimize(({ parameters }) => (parameters.x as number) ** 2, { seed: 2, space, trials: 60 });
    expect(study.best()?.outcome?.values[0]).toBeLessThan(1e-3);
  });

  // With NaN no trial was carried out, and nothing said so.
  it.each([NaN, 2.5, -1])("refuses %s trials", async (trials) => {
    await expect(optimize(() => 0, { seed: 1, space, trials })).rejects.toThrow(
      `optimize: trials must be a whole number, at least 0; got ${trials}`,
    );
  });
});
