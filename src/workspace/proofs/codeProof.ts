import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import type { Proof } from "./Proof.js";
import { npmProgram, runProgram, runScript } from "./runProgram.js";

const projects = ["tsconfig.json", "test/tsconfig.json", "notebooks/tsconfig.json"];

/** Types and lint over sources, tests, benchmarks and notebooks, and the advisory database: what a minute shows. */
export const codeProof: Proof = {
  name: "code",
  id: "assure-code",
  about: "types, lint, advisories",
  record: codeEvidence,
};

function codeEvidence(): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: codeProof.id,
      inputs: [...new Set(["eslint.config.js", "package-lock.json", "test", ...projects])],
      source: ["src", "bench", "notebooks/*.nb.ts"],
      madeBy: "assure",
    },
    async () => ({ result: null, measurements: [await lintMeasurement(), await advisoryMeasurement()] }),
  );
}

async function lintMeasurement(): Promise<Measurement> {
  const types = await Promise.all(
    projects.map((project) => runScript("node_modules/typescript/bin/tsc", "-p", project, "--noEmit")),
  );
  const lint = await runScript("node_modules/eslint/bin/eslint.js", "--format", "json");
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

async function advisoryMeasurement(): Promise<Measurement> {
  const { stdout } = await runProgram(npmProgram("npm"), ["audit", "--json"]);
  const { metadata } = JSON.parse(stdout || "{}") as {
    readonly metadata?: { readonly vulnerabilities: { readonly high: number; readonly critical: number } };
  };
  const counts = metadata?.vulnerabilities;
  return measurement({
    id: "CQ7.highAdvisories",
    meaning: "advisories of high or critical severity against installed packages",
    value: counts ? counts.high + counts.critical : null,
    unit: "advisories",
    reason: counts ? null : "the registry's advisory service did not answer",
  });
}
