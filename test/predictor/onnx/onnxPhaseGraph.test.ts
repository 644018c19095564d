import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Calibrator } from "../../../src/calibration/Calibrator.js";
import { fitHistogram } from "../../../src/calibration/fitHistogram.js";
import { fitIsotonic } from "../../../src/calibration/fitIsotonic.js";
import { fitMatrixScaling } from "../../../src/calibration/fitMatrixScaling.js";
import { fitPlatt } from "../../../src/calibration/fitPlatt.js";
import { fitTemperature } from "../../../src/calibration/fitTemperature.js";
import { fitVectorScaling } from "../../../src/calibration/fitVectorScaling.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { type Matrix, selectMatrixRows } from "../../../src/core/Matrix.js";
import type { Predictor } from "../../../src/core/Predictor.js";
import { selectRows, type Table } from "../../../src/core/Table.js";
import { InputError } from "../../../src/core/InputError.js";
import { keptModels } from "../../../src/io/predictions/keepModel.js";
import { coveragePromise } from "../../../src/predictor/coveragePromise.js";
import { type LimitsWithout, limitsWithout } from "../../../src/predictor/limitsWithout.js";
import { meanAnswers, type NetworkAnswers } from "../../../src/predictor/meanAnswers.js";
import type { OnnxPhaseParts } from "../../../src/predictor/onnx/OnnxPhaseParts.js";
import { onnxPhaseGraph } from "../../../src/predictor/onnx/onnxPhaseGraph.js";
import { onnxPhaseModel } from "../../../src/predictor/onnx/onnxPhaseModel.js";
import type { PhaseLimits } from "../../../src/predictor/phaseLimits.js";
import { type LoadedPhaseModel, phaseModelOf } from "../../../src/predictor/phaseModelOf.js";
import { fitPhaseLimits } from "../../../src/problems/phase/fitPhaseLimits.js";
import { generatedPhaseData } from "../../../src/problems/phase/phaseData.js";
import { phaseRandom } from "../../../src/problems/phase/phaseExperiments.js";
import { phaseJob, phaseNetwork, phaseTraining } from "../../../src/problems/phase/phaseNetwork.js";
import { trainForest } from "../../../src/training/baselines/trainForest.js";
import { trainLogistic } from "../../../src/training/baselines/trainLogistic.js";
import { simdTraining } from "../../../src/training/engines/simd/simdTraining.js";
import { loadModel } from "../../../src/training/files/loadModel.js";
import { onnxForest } from "../../../src/training/files/onnxForest.js";
import { onnxLogistic } from "../../../src/training/files/onnxLogistic.js";
import { trainNetwork } from "../../../src/training/trainNetwork.js";
import { fitConformalSets } from "../../../src/uncertainty/conformal/fitConformalSets.js";
import { onnxCountsVariable } from "../../../src/workspace/proofs/onnxProof.js";
import {
  limitsOf,
  type OnnxAgreement,
  onnxAgreement,
  onnxPython,
  runOnnx,
  tolerance,
  withoutOnnx,
} from "../../support/onnxAgreement.js";
import { readOnnx } from "../../training/readOnnx.js";
import { oddRecipes } from "./oddRecipes.js";

const engine = await simdTraining();
const data = await generatedPhaseData({ seed: 3, rows: 6_000 });
const recipes = await oddRecipes(1_500, 7);
const members = await Promise.all(
  [0, 1, 2].map(
    async (member) =>
      (
        await trainNetwork(
          {
            ...phaseJob({ features: data.taught, labels: data.labels }, data.split).data,
            targets: data.targets,
            targetNames: data.quantities.map(({ column }) => column),
          },
          { ...phaseNetwork, hidden: [16] },
          phaseRandom(member, "phase model"),
          { ...phaseTraining, epochs: 5, engine: "simd" },
        )
      ).network,
  ),
);
const calibrateRows = selectMatrixRows(data.features, data.split.calibrate);
const calibrateLabels = Uint8Array.from(data.split.calibrate, (row) => data.labels[row]);

type Stored = Parameters<typeof onnxPhaseModel>[0];

function storedOf(count: number): Stored {
  const some = members.slice(0, count);
  const { uncalibrated: _, ...limits } = fitPhaseLimits(data, meanAnswers(some, calibrateRows, engine));
  return { members: some, encoder: data.encoder, limits, targetScales: data.targetScales };
}

type FitCalibrator = (labels: Uint8Array, probabilities: Float64Array) => Calibrator;

/** A model of the phase around any predictor, with each of these calibrators: all else is fitted once. */
function modelsAround(
  predictor: Predictor,
  fits: readonly FitCalibrator[],
): readonly { readonly model: LoadedPhaseModel; readonly limits: PhaseLimits }[] {
  const answer = (features: Matrix): NetworkAnswers => ({
    probabilities: predictor.predict(features),
    targets: new Float64Array(0),
  });
  const own = answer(calibrateRows);
  const alone = { ...data, quantities: [], targets: new Float64Array(0) };
  const { uncalibrated: _, ...fitted } = fitPhaseLimits(alone, own);
  const { encoder } = data;
  const found = new Map<string, LimitsWithout>();
  const without = (missing: readonly string[]): LimitsWithout => {
    const one =
      found.get(missing.join()) ?? limitsWithout({ encoder, limits: { ...fitted, calibrator: null } }, missing, answer);
    found.set(missing.join(), one);
    return one;
  };
  return fits.map((fit) => {
    const limits: PhaseLimits = { ...fitted, calibrator: fit(calibrateLabels, own.probabilities) };
    return { limits, model: { encoder, limits, promise: coveragePromise(limits), targetScales: [], answer, without } };
  });
}

function partsOf(limits: PhaseLimits, answer: OnnxPhaseParts["answer"]): OnnxPhaseParts {
  const { encoder } = data;
  return { model: "none", learner: "any", encoder, limits, sets: limits.sets, targetScales: [], answer };
}

/** Told to `npm run assure`, where it asks. */
const counts: Record<string, OnnxAgreement> = {};
afterAll(() => {
  const report = process.env[onnxCountsVariable];
  if (report === undefined) return;
  mkdirSync(dirname(report), { recursive: true });
  // JSON has no infinity: what one alone answers is as far as a number can be.
  writeFileSync(
    report,
    JSON.stringify(counts, (_, one: unknown) => (one === Infinity ? Number.MAX_VALUE : one)),
  );
});

function expectAgreement(name: string, found: OnnxAgreement): void {
  counts[name] = found;
  expect(found).toMatchObject({ setsDifferent: 0, phasesDifferent: 0, flagsDifferent: 0, overclaimed: 0 });
  expect(found.probability).toBeLessThan(tolerance);
  expect(found.quantity).toBeLessThan(tolerance);
  expect(found.distance).toBeLessThan(1e-3);
  expect(found.answered).toBeGreaterThan(1_000);
  expect(found.whole).toBeGreaterThan(300);
  expect(found.answered).toBeLessThan(found.recipes - 50);
}

describe.skipIf(onnxPython === null)(`onnxPhaseGraph in onnxruntime${withoutOnnx}`, { timeout: 120_000 }, () => {
  it("answers as the model that is kept beside the ledger of predictions does", async () => {
    const name = "6b05e3bdd7b9319da1d2c1ac4338e0f2ba2c540658e03af2bde27d266381e35c";
    const stored = await loadModel(keptModels(), name);
    const model = phaseModelOf(stored, name, { engine });
    expectAgreement("kept model", onnxAgreement(onnxPhaseModel(stored, { name }), model, recipes));
  });

  it.each([1, 3])("answers as %i networks that were just trained do", (count) => {
    const stored = storedOf(count);
    const found = onnxAgreement(
      onnxPhaseModel(stored, { name: "none" }),
      phaseModelOf(stored, "none", { engine }),
      recipes,
    );
    expectAgreement(`${count} networks`, found);
  });

  const train = (): readonly [Matrix, Uint8Array] => [
    selectMatrixRows(data.taught, data.split.train),
    Uint8Array.from(data.split.train, (row) => data.labels[row]),
  ];

  it("answers as a logistic regression does, calibrated in every way that there is", () => {
    const [features, labels] = train();
    const logistic = trainLogistic(features, labels, phaseNames, { C: 0.3 });
    const fits = [fitTemperature, fitVectorScaling, fitMatrixScaling, fitPlatt, fitIsotonic, fitHistogram];
    for (const { model, limits } of modelsAround(logistic, fits)) {
      const file = onnxPhaseGraph(
        partsOf(limits, (graph, input) => ({ probabilities: onnxLogistic(graph, logistic, input), targets: null })),
      );
      expectAgreement(`logistic, ${limits.calibrator!.method}`, onnxAgreement(file, model, recipes));
    }
  });

  it("answers as a forest does", () => {
    const [features, labels] = train();
    const forest = trainForest(features, labels, phaseNames, phaseRandom(1, "forest"), { trees: 40 });
    const [{ model, limits }] = modelsAround(forest, [fitTemperature]);
    const file = onnxPhaseGraph(
      partsOf(limits, (graph, input) => ({ probabilities: onnxForest(graph, forest, input), targets: null })),
    );
    expectAgreement("forest", onnxAgreement(file, model, recipes));
  });

  it("tells a model of another calibrator apart (planted)", () => {
    const stored = storedOf(1);
    const limits = stored.limits as PhaseLimits;
    const other = { ...stored, limits: { ...limits, calibrator: { ...limits.calibrator, temperature: 1.5 } } };
    const file = onnxPhaseModel(other, { name: "none" });
    expect(onnxAgreement(file, phaseModelOf(stored, "none", { engine }), recipes).probability).toBeGreaterThan(1e-2);
  });

  it("marks what cannot be answered, with NaN for every number and every phase in the set", () => {
    const stored = storedOf(1);
    const theirs = runOnnx(
      onnxPhaseModel(stored, { name: "none" }),
      without(selectRows(recipes, Uint32Array.of(0, 1))),
    );
    expect(theirs.refused).toEqual([[true], [true]]);
    expect(theirs.probabilities[0]).toEqual([null, null, null, null, null]);
    expect(theirs.set![0]).toEqual([true, true, true, true, true]);
    expect(theirs.phase).toEqual([[""], [""]]);
    expect(limitsOf(theirs)).toMatchObject({
      version: 1,
      label: "experimental: confirm in the lab",
      phases: phaseNames,
    });
  });
});

/** The same without lead. */
function without(table: Table): Table {
  const leadMolar = new Float64Array(table.numRows).fill(NaN);
  return { ...table, columns: { ...table.columns, leadMolar } };
}

describe("onnxPhaseGraph", () => {
  it("has an input for each column that the model reads, and equal bytes for equal models", () => {
    const file = onnxPhaseModel(storedOf(1), { name: "none" });
    expect(onnxPhaseModel(storedOf(1), { name: "none" })).toEqual(file);
    const { inputs, outputs, opset, metadata } = readOnnx(file);
    expect(opset).toBe(17);
    expect(inputs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["route", "leadMolar", "otherAcidMolar", "bromideSource", "polarSolvent"]),
    );
    expect(outputs).toContainEqual({ name: "probabilities", width: 5 });
    expect(outputs).toContainEqual({ name: "set", width: 5 });
    const limits = JSON.parse(metadata["cspbbr3-twin.limits"]) as Record<string, unknown>;
    expect(limits).toMatchObject({ format: "cspbbr3-twin phase model", version: 1, model: "none", learner: "network" });
    expect(limits.inputs).toHaveLength(inputs.length);
  });

  it("leaves sets out, in words, whose score ranks the phases of a recipe", () => {
    const limits = storedOf(1).limits as PhaseLimits;
    const probabilities = meanAnswers(members.slice(0, 1), calibrateRows, engine).probabilities;
    const sets = fitConformalSets(probabilities, calibrateLabels, { alpha: 0.1, score: "aps", strata: "class" });
    const file = onnxPhaseModel({ ...storedOf(1), limits: { ...limits, sets } }, { name: "none" });
    const { outputs, metadata } = readOnnx(file);
    expect(outputs.map(({ name }) => name)).not.toContain("set");
    expect(JSON.parse(metadata["cspbbr3-twin.limits"])).toMatchObject({
      sets: { reason: 'sets by the score "aps", which ranks the phases of each recipe' },
    });
  });

  it("refuses a model that reads no number", () => {
    const { limits } = storedOf(1);
    const columns = data.encoder.columns.filter(({ kind }) => kind === "category");
    const parts = partsOf(limits as PhaseLimits, () => ({ probabilities: null, targets: null }));
    expect(() => onnxPhaseGraph({ ...parts, encoder: { ...data.encoder, columns } })).toThrow(InputError);
  });
});
