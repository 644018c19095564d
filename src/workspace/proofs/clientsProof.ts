import { rm } from "node:fs/promises";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { moduleSource } from "../../io/moduleSource.js";
import type { Proof } from "./Proof.js";
import { reproducibilitySources } from "./reproducibilityProof.js";
import { runProgram } from "./runProgram.js";

/** All notebooks through the clients of Jupyter in Python; the test suite runs the first one alone. */
export const clientsProof: Proof = {
  name: "clients",
  id: "assure-clients",
  about: "notebooks through nbclient, nbconvert, papermill and nbval",
  record: () => clientsEvidence(),
};

/** Says to the test of clients that it is to run all notebooks. */
export const allNotebooksVariable = "TWIN_ALL_NOTEBOOKS";

const tests = "test/workspace/kernel/pythonClients.test.ts";

/** What vitest's JSON reporter says of a run. */
export interface ClientTests {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/**
 * Runs the test of clients on all notebooks but 99, which prints proofs.
 *
 * @param run  the run of the tests: by a process of its own
 */
export function clientsEvidence({ run = runTests }: { readonly run?: () => Promise<ClientTests> } = {}): Promise<
  EvidenceFile<null>
> {
  return recordedEvidence(
    {
      id: clientsProof.id,
      inputs: [
        "data/literature",
        "notebooks/kernels",
        "package-lock.json",
        tests,
        "test/support/pythonPeers.ts",
        "test/workspace/kernel/papermill_typescript.py",
        "test/workspace/kernel/requirements.txt",
        moduleSource(import.meta.url),
      ],
      source: reproducibilitySources,
      madeBy: "assure",
    },
    async () => ({ result: null, measurements: clientMeasurements(await run()) }),
  );
}

function clientMeasurements({ numPassedTests: passed, numFailedTests: failed }: ClientTests): Measurement[] {
  const known = {
    id: "clients.different",
    meaning: "runs by nbclient, nbconvert, papermill and nbval whose outputs are not the committed ones, or that fail",
    unit: "runs",
  };
  const n = passed + failed;
  if (n > 0) return [measurement({ ...known, value: failed, n })];
  const reason = "no Python with the packages of test/workspace/kernel/requirements.txt was found";
  return [measurement({ ...known, value: null, reason })];
}

async function runTests(): Promise<ClientTests> {
  const report = projectPath(".twin", "clients.json");
  await rm(report, { force: true });
  const parameters = ["node_modules/vitest/vitest.mjs", "run", tests, "--reporter=json", `--outputFile=${report}`];
  const { stderr } = await runProgram(process.execPath, parameters, { environment: { [allNotebooksVariable]: "1" } });
  console.error(stderr);
  return (await readJson(report)) as ClientTests;
}
