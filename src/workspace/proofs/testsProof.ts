import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { goldenTests, type TestFileReport } from "./goldenTests.js";
import type { Proof } from "./Proof.js";
import { runScript } from "./runProgram.js";

/** The whole test suite with coverage, reference values of peers among it. */
export const testsProof: Proof = {
  name: "tests",
  id: "assure-tests",
  about: "the test suite with coverage, and reference values of peers",
  record: testsEvidence,
};

/** What vitest's JSON reporter says of a run. */
interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly TestFileReport[];
}

function testsEvidence(): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: testsProof.id,
      inputs: ["data/literature", "package-lock.json", "test", "vitest.config.ts"],
      source: "src",
      madeBy: "assure",
    },
    async () => ({ result: null, measurements: await testMeasurements() }),
  );
}

async function testMeasurements(): Promise<Measurement[]> {
  const folder = projectPath(".twin", "assure");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await runScript(
    "node_modules/vitest/vitest.mjs",
    "run",
    "--coverage",
    `--coverage.reportsDirectory=${folder}`,
    "--reporter=json",
    `--outputFile=${folder}/tests.json`,
  );
  const tests = (await readJson(`${folder}/tests.json`)) as TestReport;
  const ran = tests.numPassedTests + tests.numFailedTests;
  return [
    measurement({
      id: "CQ2.passed",
      meaning: "tests that pass",
      value: tests.numPassedTests,
      unit: "tests",
      n: ran,
    }),
    measurement({
      id: "CQ2.failed",
      meaning: "tests that fail",
      value: tests.numFailedTests,
      unit: "tests",
      n: ran,
    }),
    measurement({
      id: "CQ2.skipped",
      meaning: "tests skipped for want of a browser, Jupyter or tables",
      value: tests.numPendingTests,
      unit: "tests",
    }),
    await coverageMeasurement(`${folder}/coverage-summary.json`),
    ...(await goldenMeasurements(tests.testResults)),
  ];
}

async function coverageMeasurement(path: string): Promise<Measurement> {
  const known = { id: "CQ4.branchCoverage", meaning: "share of branches in src that the tests take", unit: "share" };
  if (!existsSync(path))
    return measurement({ ...known, value: null, reason: "no coverage is written while a test fails" });
  const { total } = (await readJson(path)) as {
    readonly total: { readonly branches: { readonly total: number; readonly covered: number } };
  };
  return measurement({ ...known, value: total.branches.covered / total.branches.total, n: total.branches.total });
}

async function goldenMeasurements(report: readonly TestFileReport[]): Promise<Measurement[]> {
  const { cases, failed, readers } = await goldenTests(report, projectPath());
  const compared = "tests in files that compare with reference values of peers and independent scripts";
  return [
    measurement({
      id: "CQ6.cases",
      meaning: `${compared} (${Object.keys(readers).length} files of values)`,
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
