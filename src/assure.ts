import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { engineAgreement } from "./analyses/02-generation/engineAgreement.js";
import { measurement, type EvidenceFile, type Measurement } from "./core/Evidence.js";
import { groupBootstrapInterval } from "./core/statistics/groupBootstrapInterval.js";
import { InputError } from "./core/InputError.js";
import { seededRandom } from "./core/random/Random.js";
import { recordedEvidence } from "./io/evidence/evidenceFiles.js";
import { appendToLedger } from "./io/evidence/evidenceLedger.js";
import { projectPath } from "./io/projectPath.js";
import { commandsEvidence } from "./workspace/proofs/commandsEvidence.js";
import { goldenTests, type TestFileReport } from "./workspace/proofs/goldenTests.js";
import { mutationScore, type MutatedFile } from "./workspace/proofs/mutationScore.js";
import type { Verification } from "./workspace/notebooks/verifyNotebooks.js";

/** The other Node line on which notebooks must come out byte for byte; npm carries it as a package. */
const otherNode = "node@22.23.3";

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Numbers of threads, each for a run of its own, in which stages that train may work. */
const workerCounts = [1, 2];

const proofs: Readonly<Record<string, () => Promise<EvidenceFile>>> = {
  code: codeEvidence,
  mutation: mutationEvidence,
  engines: () => engineAgreement({ seed: 1 }),
  commands: commandsEvidence,
  reproducibility: reproducibilityEvidence,
};

/**
 * The long proofs, run by hand (`npm run assure`) and committed as evidence: types and lint, the
 * test suite with coverage, reference values of peers, planted faults, the advisory database, a million rows by both engines of the twin, the commands
 * of the documents, and repeated verification of every notebook with two numbers of threads and on two versions of Node. A proof that could not be run is recorded as not measured, with the reason.
 *
 * @param names  the proofs to run, of those below; none for all
 * @throws InputError if there is no proof of a name
 */
async function assure(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(proofs, name));
  if (unknown !== undefined)
    throw new InputError({
      where: "npm run assure",
      must: `proofs must be of ${Object.keys(proofs).join(", ")}`,
      got: `"${unknown}"`,
      mend: "name some of them, or none for all",
    });
  for (const [name, proof] of Object.entries(proofs)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const file = await proof();
    await appendToLedger([file]);
    console.log(`\ndata/evidence/${file.id}.json`);
    for (const one of file.measurements)
      console.log(
        `  ${one.id.padEnd(20)} ${one.value === null ? `UNKNOWN: ${one.reason}` : `${one.value} ${one.unit}`}`,
      );
  }
}

function codeEvidence(): Promise<EvidenceFile> {
  return recordedEvidence(
    { id: "assure-code", inputs: ["package-lock.json"], source: "src", madeBy: "assure" },
    async () => ({
      result: null,
      measurements: [await lintMeasurement(), ...(await testMeasurements()), await advisoryMeasurement()],
    }),
  );
}

async function lintMeasurement(): Promise<Measurement> {
  const types = await Promise.all(
    ["tsconfig.json", "test/tsconfig.json", "notebooks/tsconfig.json"].map((project) =>
      node("node_modules/typescript/bin/tsc", "-p", project, "--noEmit"),
    ),
  );
  const lint = await node("node_modules/eslint/bin/eslint.js", "--format", "json");
  const lintErrors = (JSON.parse(lint.stdout) as { errorCount: number }[]).reduce(
    (total, { errorCount }) => total + errorCount,
    0,
  );
  // A compiler that fails without naming an error (it could not start) is no clean result.
  const typeErrors = types
    .map(({ code, stdout }) => Math.max((stdout.match(/error TS\d+/g) ?? []).length, code === 0 ? 0 : 1))
    .reduce((total, count) => total + count, 0);
  return measurement({
    id: "CQ1.errors",
    meaning: "errors of strict type checks and lint over sources, tests and notebooks",
    value: typeErrors + lintErrors,
    unit: "errors",
  });
}

async function testMeasurements(): Promise<Measurement[]> {
  const folder = projectPath(".twin", "assure");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await node(
    "node_modules/vitest/vitest.mjs",
    "run",
    "--coverage",
    `--coverage.reportsDirectory=${folder}`,
    "--reporter=json",
    `--outputFile=${folder}/tests.json`,
  );
  const tests = JSON.parse(await readFile(`${folder}/tests.json`, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: readonly TestFileReport[];
  };
  const passed = measurement({
    id: "CQ2.passed",
    meaning: "tests that pass",
    value: tests.numPassedTests,
    unit: "tests",
    n: tests.numPassedTests + tests.numFailedTests,
  });
  const failed = measurement({
    id: "CQ2.failed",
    meaning: "tests that fail",
    value: tests.numFailedTests,
    unit: "tests",
    n: tests.numPassedTests + tests.numFailedTests,
  });
  const skipped = measurement({
    id: "CQ2.skipped",
    meaning: "tests skipped for want of a browser, Jupyter or tables",
    value: tests.numPendingTests,
    unit: "tests",
  });
  return [
    passed,
    failed,
    skipped,
    await coverageMeasurement(`${folder}/coverage-summary.json`),
    ...(await goldenMeasurements(tests.testResults)),
  ];
}

async function goldenMeasurements(report: readonly TestFileReport[]): Promise<Measurement[]> {
  const { cases, failed, readers } = await goldenTests(report, projectPath());
  const goldens = Object.keys(readers).length;
  return [
    measurement({
      id: "CQ6.cases",
      meaning: `tests in files that compare with reference values of peers and independent scripts (${goldens} files of values)`,
      value: cases,
      unit: "tests",
    }),
    measurement({
      id: "CQ6.failed",
      meaning: "tests of those that fail, and files of reference values that no test reads",
      value: failed,
      unit: "tests",
      n: cases,
    }),
  ];
}

/** Faults planted in a sample of source files. */
function mutationEvidence(): Promise<EvidenceFile<readonly MutatedFile[]>> {
  const seed = 1;
  return recordedEvidence(
    { id: "assure-mutation", inputs: ["package-lock.json"], source: "src", seed, madeBy: "assure" },
    async () => {
      const random = seededRandom(seed);
      console.log("… planted faults");
      const files = await mutationScore(random.fork("files"));
      const known = {
        id: "CQ3.mutationScore",
        meaning: "share of planted faults that the own tests of the sampled source files notice",
        unit: "share",
      };
      if (files === null)
        return {
          result: [],
          measurements: [measurement({ ...known, value: null, reason: "Stryker is not installed" })],
        };
      const share = (some: readonly MutatedFile[]): number =>
        some.reduce((sum, { killed }) => sum + killed, 0) / some.reduce((sum, { mutants }) => sum + mutants, 0);
      const counted = files.filter(({ mutants }) => mutants > 0);
      // Faults in one file are noticed by the same tests: files are drawn again, not faults.
      const interval = groupBootstrapInterval(
        counted.map(({ path }) => path),
        (rows) => share(Array.from(rows, (row) => counted[row])),
        random.fork("interval"),
        { unit: "source file" },
      );
      return {
        result: files,
        measurements: [
          measurement({
            ...known,
            value: share(counted),
            interval,
            n: counted.reduce((sum, { mutants }) => sum + mutants, 0),
          }),
        ],
      };
    },
  );
}

async function coverageMeasurement(path: string): Promise<Measurement> {
  const known = { id: "CQ4.branchCoverage", meaning: "share of branches in src that the tests take", unit: "share" };
  if (!existsSync(path))
    return measurement({ ...known, value: null, reason: "no coverage is written while a test fails" });
  const { total } = JSON.parse(await readFile(path, "utf8")) as {
    total: { branches: { total: number; covered: number } };
  };
  return measurement({ ...known, value: total.branches.covered / total.branches.total, n: total.branches.total });
}

async function advisoryMeasurement(): Promise<Measurement> {
  const known = {
    id: "CQ7.highAdvisories",
    meaning: "advisories of high or critical severity against installed packages",
    unit: "advisories",
  };
  const { stdout } = await run(process.platform === "win32" ? "npm.cmd" : "npm", ["audit", "--json"]);
  const counts = (JSON.parse(stdout || "{}") as { metadata?: { vulnerabilities: { high: number; critical: number } } })
    .metadata?.vulnerabilities;
  return measurement({
    ...known,
    value: counts ? counts.high + counts.critical : null,
    reason: counts ? null : "the registry's advisory service did not answer",
  });
}

function reproducibilityEvidence(): Promise<EvidenceFile> {
  return recordedEvidence(
    { id: "assure-reproducibility", inputs: ["package-lock.json"], source: "src", madeBy: "assure" },
    async () => {
      const here: Finished[] = [];
      for (const workers of workerCounts)
        here.push(
          await run(process.execPath, ["dist/cli.js", "notebooks", "verify", "--json"], {
            TWIN_WORKERS: String(workers),
          }),
        );
      const there = await run(process.platform === "win32" ? "npx.cmd" : "npx", [
        "--yes",
        "--package",
        otherNode,
        "node",
        "dist/cli.js",
        "notebooks",
        "verify",
        "--json",
      ]);
      const runs = [...here, there].map(({ stdout, stderr }) => {
        if (stdout.trim() === "") throw new Error(`twin notebooks verify gave no report: ${stderr}`);
        return JSON.parse(stdout) as Verification;
      });
      // Notebook 99 prints this very evidence, so it cannot be part of it.
      const counted = ({ path }: { readonly path: string }): boolean => !/\/99-/.test(path);
      const differences = runs.reduce(
        (total, { different, missing, extra, failed }) =>
          total + failed.length + [...different, ...missing, ...extra].filter(counted).length,
        0,
      );
      const files = runs[0].equal.filter(counted).length;
      return {
        result: { files, nodeVersions: ["the version in use, once per number of threads", otherNode], workerCounts },
        measurements: [
          measurement({
            id: "CQ5.differences",
            meaning: "files that differ from the committed ones over all runs (executed notebooks, figures, evidence)",
            value: differences,
            unit: "files",
            n: files * runs.length,
          }),
          measurement({
            id: "CQ5.runs",
            meaning: "repeated runs, one of them on another version of Node",
            value: runs.length,
            unit: "runs",
          }),
          measurement({
            id: "CQ5.workerCounts",
            meaning: "numbers of worker threads compared",
            value: workerCounts.length,
            unit: "counts",
          }),
        ],
      };
    },
  );
}

function node(script: string, ...parameters: readonly string[]): Promise<Finished> {
  return run(process.execPath, [script, ...parameters]);
}

/** A failing command is a finding, not an exception. */
function run(
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  console.log(
    `… ${[...Object.entries(environment).map(([name, value]) => `${name}=${value}`), ...parameters.slice(0, 6)].join(" ")}`,
  );
  return new Promise((resolve) => {
    execFile(
      command,
      parameters,
      { cwd: projectPath(), maxBuffer: 1 << 28, env: { ...process.env, ...environment } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      },
    );
  });
}

assure(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
