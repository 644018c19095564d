import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { judgeEvidence } from "../../../src/analyses/99-scorecard/scorecard.js";
import { readAllEvidence } from "../../../src/io/evidence/evidenceFiles.js";
import { codeProof } from "../../../src/workspace/proofs/codeProof.js";
import { commandsProof } from "../../../src/workspace/proofs/commandsProof.js";
import { mutationProof } from "../../../src/workspace/proofs/mutationProof.js";
import type { Proof } from "../../../src/workspace/proofs/Proof.js";
import { proofStandings } from "../../../src/workspace/proofs/proofStanding.js";
import { reproducibilityEvidence, reproducibilityProof } from "../../../src/workspace/proofs/reproducibilityProof.js";
import { testsProof } from "../../../src/workspace/proofs/testsProof.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  const inside = (...parts: string[]): string => path.join(place.root, ...parts);
  return {
    ...(await original<object>()),
    projectPath: inside,
    outputPath: inside,
    projectName: (file: string) => path.relative(place.root, file),
  };
});

const proofs: readonly Proof[] = [codeProof, testsProof, mutationProof, commandsProof, reproducibilityProof];

/** Stand-ins for the programs that proofs run: no type error, no lint, one test that passes, one fault noticed. */
const programs = {
  "node_modules/typescript/bin/tsc": "",
  "node_modules/eslint/bin/eslint.js": 'console.log("[]");',
  "node_modules/vitest/vitest.mjs": `
    import { writeFileSync } from "node:fs";
    const file = process.argv.find((one) => one.startsWith("--outputFile=")).slice(13);
    const testResults = [{ name: process.cwd() + "/test/core/a.test.ts", status: "passed", assertionResults: [] }];
    writeFileSync(file, JSON.stringify({ numPassedTests: 1, numFailedTests: 0, numPendingTests: 0, testResults }));
    const total = { branches: { total: 10, covered: 9 } };
    writeFileSync(file.replace("tests.json", "coverage-summary.json"), JSON.stringify({ total }));`,
  "node_modules/@stryker-mutator/core/bin/stryker.js": `
    const { readFileSync, writeFileSync } = require("node:fs");
    const { mutate, jsonReporter } = JSON.parse(readFileSync(process.argv[3], "utf8"));
    const files = Object.fromEntries(mutate.map((path) => [path, { mutants: [{ status: "Killed" }] }]));
    writeFileSync(jsonReporter.fileName, JSON.stringify({ files }));`,
};
const project = {
  ...programs,
  "README.md": "```sh\ntrue\n```\n",
  "bench/a.ts": "",
  "data/literature/facts.json": "{}",
  "eslint.config.js": "",
  "figures/01-a.svg": "",
  "notebooks/01-a.nb.ts": "",
  "notebooks/99-scorecard.nb.ts": "",
  "notebooks/kernels/kernel.json": "{}",
  "notebooks/tsconfig.json": "{}",
  "notebooks/needs.json": "{}",
  "package-lock.json": "{}",
  "package.json": "{}",
  "src/cli.ts": "",
  "src/core/a.ts": "\n".repeat(300),
  "src/core/b.ts": "\n".repeat(300),
  "src/index.ts": 'export * from "./core/a.js";\nexport * from "./scorecard/judge.js";\n',
  "src/scorecard/judge.ts": "",
  "src/workspace/kernel/launch.ts": "",
  "src/workspace/notebooks/verifyNotebooks.ts": "",
  "src/workspace/proofs/amidFileNoise.ts": "",
  "src/workspace/proofs/mutationScore.ts": "",
  "src/workspace/proofs/reproducibilityProof.ts": "",
  "test/core/a.test.ts": 'import values from "../golden/a.json";\n',
  "test/core/b.test.ts": "",
  "test/golden/a.json": "{}",
  "test/tsconfig.json": "{}",
  "tsconfig.json": "{}",
  "vitest.config.ts": "",
};

function put(name: string, text: string): void {
  mkdirSync(dirname(join(place.root, name)), { recursive: true });
  writeFileSync(join(place.root, name), text);
}

/** Names of the proofs that are void. */
async function voids(): Promise<string[]> {
  const standings = await proofStandings(proofs);
  return proofs.filter((_, at) => standings[at].isVoid).map(({ name }) => name);
}

let proven = "";
beforeAll(async () => {
  for (const method of ["log", "error"] as const) vi.spyOn(console, method).mockReturnValue();
  place.root = proven = temporaryProject(project);
  put("bin/npm", '#!/bin/sh\necho \'{"metadata":{"vulnerabilities":{"high":0,"critical":0}}}\'\n');
  chmodSync(join(proven, "bin/npm"), 0o755);
  vi.stubEnv("PATH", `${join(proven, "bin")}${delimiter}${process.env.PATH}`);
  for (const { record } of proofs.slice(0, -1)) await record();
  const parts = { different: [], missing: [], extra: [], failed: [], recorded: [], withoutThreads: [] };
  const equal = [{ path: "notebooks/01-a.ipynb", sha256: "0" }];
  await reproducibilityEvidence({ verify: () => Promise.resolve({ passed: true, equal, ...parts }) });
  vi.unstubAllEnvs();
});

beforeEach(() => {
  place.root = temporaryProject();
  cpSync(proven, place.root, { recursive: true });
});

describe("proofStandings", () => {
  it("are void before anything was recorded, and hold right after", async () => {
    expect(await voids()).toEqual([]);
    rmSync(join(place.root, "data/evidence"), { recursive: true });
    expect(await voids()).toEqual(proofs.map(({ name }) => name));
  });

  it.each([
    ["a test", "test/core/c.test.ts", ["code", "tests"]],
    ["a reference value", "test/golden/a.json", ["code", "tests"]],
    ["the own test of a mutated file", "test/core/a.test.ts", ["code", "tests", "mutation"]],
    ["a mutated file", "src/core/a.ts", ["code", "tests", "mutation", "commands", "reproducibility"]],
    ["a source that no notebook reaches", "src/cli.ts", ["code", "tests", "commands"]],
    ["the scorecard", "src/scorecard/judge.ts", ["code", "tests", "commands"]],
    ["a notebook", "notebooks/01-a.nb.ts", ["code", "reproducibility"]],
    ["a notebook that is new", "notebooks/07-b.nb.ts", ["code", "reproducibility"]],
    ["notebook 99", "notebooks/99-scorecard.nb.ts", ["code"]],
    ["a fact of the literature", "data/literature/facts.json", ["tests", "reproducibility"]],
    ["a document with commands", "README.md", ["commands"]],
    ["the rules of lint", "eslint.config.js", ["code"]],
    ["a figure or an executed notebook", "figures/01-a.svg", []],
    ["the locked dependencies", "package-lock.json", proofs.map(({ name }) => name)],
  ])("that rest on %s are void when it changes, and no others", async (_, file, expected) => {
    put(file, "changed");
    expect(await voids()).toEqual(expected);
  });

  it("name what changed", async () => {
    put("test/golden/a.json", "[]");
    const [code, tests, mutation] = await proofStandings(proofs);
    expect([code.why, tests.why, mutation.why]).toEqual([
      "test changed since assure-code was made",
      "test changed since assure-tests was made",
      "",
    ]);
  });

  it("flip the checks of the scorecard with them: a changed test takes tests away, not planted faults", async () => {
    const statusOf = async (...ids: readonly string[]): Promise<string[]> => {
      const { checks } = (await judgeEvidence()).scorecard;
      return ids.map((id) => checks.find((check) => check.id === id)!.status);
    };
    const ids = ["CQ1", "CQ2", "CQ5", "CQ7", "DOC4"];
    expect(await statusOf(...ids)).toEqual(Array(5).fill("PASS"));
    const planted = await statusOf("CQ3");
    put("test/core/c.test.ts", "");
    expect(await statusOf(...ids)).toEqual(["UNKNOWN", "UNKNOWN", "PASS", "UNKNOWN", "PASS"]);
    expect(await statusOf("CQ3")).toEqual(planted);
    put("src/cli.ts", "changed");
    expect(await statusOf("CQ5", "DOC4")).toEqual(["PASS", "UNKNOWN"]);
  });

  it("are recorded in files of a few dozen lines of hashes", async () => {
    for (const { id, inputs, source } of await readAllEvidence())
      expect([id, Object.keys(inputs).length + [source].flat().length < 60]).toEqual([id, true]);
  });
});
