import { describe, expect, it, vi } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { mutationSample } from "../../../src/workspace/proofs/mutationSample.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  return {
    ...(await original<object>()),
    projectPath: (...parts: string[]): string => path.join(place.root, ...parts),
  };
});

const tested = ["core/a", "core/b", "core/c", "core/d", "core/room/f", "core/room/inner/g", "scorecard/e"];
const project = Object.fromEntries([
  ...[...tested, "core/workerPool", "io/h"].flatMap((name) => [
    [`src/${name}.ts`, "\n".repeat(9)],
    [`test/${name}.test.ts`, ""],
  ]),
  ["src/core/untested.ts", "\n".repeat(9)],
]) as Record<string, string>;

describe("mutationSample", () => {
  const drawn = (seed: number, lines: number): Promise<readonly string[]> => {
    place.root = temporaryProject(project);
    return mutationSample(seededRandom(seed), { lines });
  };

  it("draws files of pure folders with a test of their own, however deep, and none that runs in threads", async () => {
    expect(await drawn(1, 1000)).toEqual(tested.map((name) => `src/${name}.ts`));
  });

  it("draws until the files hold the lines asked for, the same for the same seed", async () => {
    expect(await drawn(1, 15)).toHaveLength(2);
    expect(await drawn(1, 15)).toEqual(await drawn(1, 15));
    const samples: string[] = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) samples.push((await drawn(seed, 15)).join());
    expect(new Set(samples).size).toBeGreaterThan(1);
  });
});
