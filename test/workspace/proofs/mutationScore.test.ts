import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { mutatedFiles, mutationScore, ownTest } from "../../../src/workspace/proofs/mutationScore.js";
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
const mutants = [{ status: "Killed" }, { status: "Ignored" }];
const files = Object.fromEntries(mutate.map((path) => [path, { mutants }]));
writeFileSync(jsonReporter.fileName, JSON.stringify({ files }));
`;
const project = { "src/core/a.ts": "", "src/core/room/b.ts": "", "test/core/a.test.ts": "" };
const paths = ["src/core/a.ts", "src/core/room/b.ts"];

describe("ownTest", () => {
  it("mirrors the source, however deep", () => {
    expect(paths.map(ownTest)).toEqual(["test/core/a.test.ts", "test/core/room/b.test.ts"]);
  });
});

describe("mutatedFiles", () => {
  it("takes a fault as noticed if tests fail or do not end, as missed if they pass or miss it, else as untried", () => {
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

  it("mutates the files it is given and shows their own tests alone", async () => {
    install(stryker);
    expect(await mutationScore(paths)).toEqual(paths.map((path) => ({ path, killed: 1, mutants: 1 })));
    expect(readFileSync(join(place.root, ".twin/mutation/vitest.config.mjs"), "utf8")).toContain(
      '"include": [\n      "test/core/a.test.ts",\n      "test/core/room/b.test.ts"\n    ]',
    );
  });

  it("gives null where Stryker is not installed, and its words where it leaves no report", async () => {
    place.root = temporaryProject(project);
    expect(await mutationScore(paths)).toBeNull();
    install('console.error("no tests were found"); process.exit(1);');
    await expect(mutationScore(paths)).rejects.toThrow("Stryker must leave a report; got no tests were found");
  });
});
