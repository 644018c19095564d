import { describe, expect, it, vi } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { mutatedFiles, mutationScore } from "../../../src/workspace/proofs/mutationScore.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  return {
    ...(await original<object>()),
    projectPath: (...parts: string[]): string => path.join(place.root, ...parts),
  };
});

const mutants = (...statuses: readonly string[]) => ({ mutants: statuses.map((status) => ({ status })) });

/** A stand-in for Stryker that kills every mutant of the files it is given, and adds one that it does not try. */
const stryker = `
const { readFileSync, writeFileSync } = require("node:fs");
const { mutate, jsonReporter } = JSON.parse(readFileSync(process.argv[3], "utf8"));
const files = Object.fromEntries(mutate.map((path) => [path, { mutants: [{ status: "Killed" }, { status: "Ignored" }] }]));
writeFileSync(jsonReporter.fileName, JSON.stringify({ files }));
`;
const names = ["a", "b", "c", "d", "workerPool"];
const project = Object.fromEntries([
  ...names.flatMap((name) => [
    [`src/core/${name}.ts`, "\n".repeat(9)],
    [`test/core/${name}.test.ts`, ""],
  ]),
  ["src/core/untested.ts", "\n".repeat(9)],
  ...["scorecard/e", "core/room/f", "core/room/inner/g"].flatMap((name) => [
    [`src/${name}.ts`, "\n".repeat(9)],
    [`test/${name}.test.ts`, ""],
  ]),
]) as Record<string, string>;

describe("mutatedFiles", () => {
  it("counts a fault as noticed when tests fail or do not end, as missed when they pass or do not reach it, and leaves out what could not be tried", () => {
    const files = {
      "src/b.ts": mutants("Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "RuntimeError", "Ignored"),
      "src/a.ts": mutants("Ignored"),
    };
    expect(mutatedFiles({ files })).toEqual([
      { path: "src/a.ts", killed: 0, mutants: 0 },
      { path: "src/b.ts", killed: 2, mutants: 4 },
    ]);
  });
});

describe("mutationScore", () => {
  const install = (program: string): void => {
    place.root = temporaryProject({ ...project, "node_modules/@stryker-mutator/core/bin/stryker.js": program });
  };

  it("draws files with a test of their own, however deep their folder, none that runs in threads, until they hold the lines asked for; the same for the same seed", async () => {
    install(stryker);
    const drawn = async (seed: number, lines: number): Promise<string[]> =>
      (await mutationScore(seededRandom(seed), { lines }))!.map(({ path }) => path);
    expect(await drawn(1, 1000)).toEqual([
      "src/core/a.ts",
      "src/core/b.ts",
      "src/core/c.ts",
      "src/core/d.ts",
      "src/core/room/f.ts",
      "src/core/room/inner/g.ts",
      "src/scorecard/e.ts",
    ]);
    expect(await drawn(1, 15)).toHaveLength(2);
    expect(await drawn(1, 15)).toEqual(await drawn(1, 15));
    const samples: string[] = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) samples.push((await drawn(seed, 15)).join());
    expect(new Set(samples).size).toBeGreaterThan(1);
  });

  it("gives null where Stryker is not installed, and its words where it leaves no report", async () => {
    place.root = temporaryProject(project);
    expect(await mutationScore(seededRandom(1))).toBeNull();
    install('console.error("no tests were found"); process.exit(1);');
    await expect(mutationScore(seededRandom(1))).rejects.toThrow(
      "Stryker must leave a report; got no tests were found",
    );
  });
});
