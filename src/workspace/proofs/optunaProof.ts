import { rm } from "node:fs/promises";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import type { Proof } from "./Proof.js";
import { runProgram } from "./runProgram.js";

/** Studies that go to Optuna and come back, and the other way round. */
export const optunaProof: Proof = {
  name: "optuna",
  id: "assure-optuna",
  about: "studies as journals in Optuna 5: read, judged, continued there, and back",
  record: () => optunaEvidence(),
};

/** Names to the test of journals the file that it writes its counts to. */
export const optunaCountsVariable = "TWIN_OPTUNA_COUNTS";

const test = "test/tuning/files/optunaPeer.test.ts";
const requirements = "bench/peers/judge_optuna.requirements.txt";
/** That the importance of a parameter, a share, may be off. */
const tolerance = 1e-9;

/** How studies came over, of one way (test/tuning/files/optunaPeer.test.ts). */
export interface OptunaCounts {
  /** Times that a study was read by the other program. */
  readonly read: number;
  /** Trials that were compared then, and those of them that are not the same. */
  readonly checked: number;
  readonly different: number;
  /** Times that a study has another best trial, or another front. */
  readonly bestDifferent: number;
  /** Importances of parameters that were compared, and the greatest difference. */
  readonly importances: number;
  readonly importance: number;
  /** Trials that one program was to add to a study of the other, and those that came not back. */
  readonly added: number;
  readonly lost: number;
}

/**
 * Runs the test of journals and counts what it found, way by way; the counts of a test that fails count too.
 *
 * @param run  the run of the test: by a process of its own
 * @returns by way
 */
export function optunaEvidence({
  run = runTest,
}: { readonly run?: () => Promise<Readonly<Record<string, OptunaCounts>>> } = {}): Promise<EvidenceFile<null>> {
  return recordedEvidence(
    {
      id: optunaProof.id,
      inputs: [
        "package-lock.json",
        test,
        requirements,
        "bench/peers/judge_optuna.py",
        "test/support/pythonWith.ts",
        moduleSource(import.meta.url),
      ],
      source: ["src/tuning"],
      madeBy: "assure",
    },
    async () => ({ result: null, measurements: optunaMeasurements(Object.values(await run())) }),
  );
}

function optunaMeasurements(ways: readonly OptunaCounts[]): Measurement[] {
  const sum = (of: keyof OptunaCounts): number => ways.reduce((total, one) => total + one[of], 0);
  const none = { threshold: 0, direction: "atMost" as const };
  const known = [
    {
      id: "optuna.different",
      meaning: "trials with another state, value, step, constraint or parameter in the other program than in ours",
      unit: "trials",
      value: () => sum("different"),
      n: sum("checked"),
      ...none,
    },
    {
      id: "optuna.bestDifferent",
      meaning: "studies with another best trial, or another front of several objectives, there than here",
      unit: "studies",
      value: () => sum("bestDifferent"),
      n: sum("read"),
      ...none,
    },
    {
      id: "optuna.importance",
      meaning: "greatest difference of the importance of a parameter, by PED-ANOVA, between Optuna and us",
      unit: "1",
      value: () => Math.max(...ways.map(({ importance }) => importance)),
      n: sum("importances"),
      ...{ threshold: tolerance, direction: "atMost" as const },
    },
    {
      id: "optuna.lost",
      meaning: "trials that one program added to a study of the other, and that did not come back",
      unit: "trials",
      value: () => sum("lost"),
      n: sum("added"),
      ...none,
    },
  ];
  const reason = `no Python with the packages of ${requirements} was found`;
  return known.map(({ value, ...one }) =>
    ways.length === 0 ? measurement({ ...one, n: null, value: null, reason }) : measurement({ ...one, value: value() }),
  );
}

async function runTest(): Promise<Readonly<Record<string, OptunaCounts>>> {
  const report = projectPath(".twin", "optuna.json");
  await rm(report, { force: true });
  const parameters = ["node_modules/vitest/vitest.mjs", "run", test];
  const { stderr } = await runProgram(process.execPath, parameters, {
    environment: { [optunaCountsVariable]: report },
  });
  console.error(stderr);
  return (await readJson(report)) as Readonly<Record<string, OptunaCounts>>;
}
