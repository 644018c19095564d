import { rm } from "node:fs/promises";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import type { Proof } from "./Proof.js";
import { runProgram } from "./runProgram.js";

/** Models as ONNX files, answered by onnxruntime in Python and by our predictor. */
export const onnxProof: Proof = {
  name: "onnx",
  id: "assure-onnx",
  about: "models as ONNX files in onnxruntime, against our own answers",
  record: () => onnxEvidence(),
};

/** Names to the test of ONNX files the file that it writes its counts to. */
export const onnxCountsVariable = "TWIN_ONNX_COUNTS";

const test = "test/predictor/onnx/onnxPhaseGraph.test.ts";
/** That probabilities, and numbers as a share of themselves, may be off. */
const tolerance = 1e-5;

/** How far an ONNX file's answers are from ours (test/support/onnxAgreement.ts). */
export interface OnnxCounts {
  readonly answered: number;
  readonly whole: number;
  readonly probability: number;
  readonly quantity: number;
  readonly setsDifferent: number;
  readonly setsNear: number;
  readonly phasesDifferent: number;
  readonly flagsDifferent: number;
  readonly overclaimed: number;
}

/**
 * Runs the test of ONNX files and counts what it found, model by model; the counts of a test that fails count too.
 *
 * @param run  the run of the test: by a process of its own
 * @returns by model
 */
export function onnxEvidence({
  run = runTest,
}: { readonly run?: () => Promise<Readonly<Record<string, OnnxCounts>>> } = {}): Promise<EvidenceFile<null>> {
  return recordedEvidence(
    {
      id: onnxProof.id,
      inputs: [
        "package-lock.json",
        test,
        "test/predictor/onnx/oddRecipes.ts",
        "test/predictor/onnx/requirements.txt",
        "test/predictor/onnx/run_onnx.py",
        "test/support/onnxAgreement.ts",
        moduleSource(import.meta.url),
      ],
      source: [
        "src/predictor",
        "src/training",
        "src/features",
        "src/calibration",
        "src/chemistry",
        "src/problems/phase",
      ],
      madeBy: "assure",
    },
    async () => ({ result: null, measurements: onnxMeasurements(Object.values(await run())) }),
  );
}

function onnxMeasurements(models: readonly OnnxCounts[]): Measurement[] {
  const sum = (of: (one: OnnxCounts) => number): number => models.reduce((total, one) => total + of(one), 0);
  const most = (of: keyof OnnxCounts): number => Math.max(...models.map((one) => one[of]));
  const phases = 5;
  const answered = sum((one) => one.answered);
  const members = phases * sum((one) => one.whole);
  const none = { threshold: 0, direction: "atMost" as const };
  const known = [
    {
      id: "onnx.probability",
      meaning: "greatest difference of a probability between onnxruntime and our predictor, over all models",
      unit: "1",
      value: () => most("probability"),
      n: answered * phases,
      ...{ threshold: tolerance, direction: "atMost" as const },
    },
    {
      id: "onnx.quantity",
      meaning: "greatest difference of a number or an end of its interval, as a share of it where it is above 1",
      unit: "1",
      value: () => most("quantity"),
      n: answered,
      ...{ threshold: tolerance, direction: "atMost" as const },
    },
    {
      id: "onnx.setsDifferent",
      meaning: "phases in a set by one of them alone, farther than 1e-5 from the threshold",
      unit: "phases",
      value: () => sum((one) => one.setsDifferent),
      n: members,
      ...none,
    },
    {
      id: "onnx.setsNear",
      meaning: "phases in a set by one of them alone, within 1e-5 of the threshold",
      unit: "phases",
      value: () => sum((one) => one.setsNear),
      n: members,
    },
    {
      id: "onnx.different",
      meaning: "recipes with another likeliest phase, refused, outside or whole to one of them alone, or told too much",
      unit: "recipes",
      value: () => sum((one) => one.phasesDifferent + one.flagsDifferent + one.overclaimed),
      n: answered,
      ...none,
    },
  ];
  const reason = "no Python with the packages of test/predictor/onnx/requirements.txt was found";
  return known.map(({ value, ...one }) =>
    models.length === 0
      ? measurement({ ...one, n: null, value: null, reason })
      : measurement({ ...one, value: value() }),
  );
}

async function runTest(): Promise<Readonly<Record<string, OnnxCounts>>> {
  const report = projectPath(".twin", "onnx.json");
  await rm(report, { force: true });
  const parameters = ["node_modules/vitest/vitest.mjs", "run", test];
  const { stderr } = await runProgram(process.execPath, parameters, { environment: { [onnxCountsVariable]: report } });
  console.error(stderr);
  return (await readJson(report)) as Readonly<Record<string, OnnxCounts>>;
}
