import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { type Column, makeTable, numbersOf, selectColumns, selectRows, type Table } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { recipesWithout } from "../../../src/predictor/calibrateRows.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { fitOwnLaboratory } from "../../../src/problems/ownLaboratory/fitOwnLaboratory.js";
import { ownCandidates } from "../../../src/problems/ownLaboratory/ownCandidates.js";
import type { OwnLaboratory } from "../../../src/problems/ownLaboratory/OwnLaboratory.js";
import { ownModelOf } from "../../../src/problems/ownLaboratory/ownModelOf.js";
import { onnxOwnLaboratory } from "../../../src/problems/ownLaboratory/onnxOwnLaboratory.js";
import { recipesAlone } from "../../../src/problems/ownLaboratory/OwnRows.js";
import { limitsOf, onnxAgreement, onnxPython, runOnnx, tolerance, withoutOnnx } from "../../support/onnxAgreement.js";
import { oddRecipes } from "../../predictor/onnx/oddRecipes.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
const name = "0".repeat(64);
const { table: all } = await generateExperiments({ rows: 120, seed: 41, labs: { count: 1 } });
const written = Object.keys(recipeColumns).filter((column) => Object.hasOwn(all.columns, column));
/** As a laboratory has them that measured some values now and then. */
const sometimes = ["waterFraction", "oleicAcidMolar", "temperatureCelsius"].map((column, k): [string, Column] => [
  column,
  Float64Array.from(numbersOf(all, column), (value, row) => (row % 5 === k ? NaN : value)),
]);
const whole = selectColumns(all, [...written, "phase"]);
const experiments = makeTable(whole.schema, { ...whole.columns, ...Object.fromEntries(sometimes) });
const recipes = await oddRecipes(1_800, 8);

/** Of rows that the twin is not asked about. */
async function laboratoryOf(table: Table): Promise<OwnLaboratory> {
  const { laboratory } = await fitOwnLaboratory(table, { seed: 1, fileSha256: "" });
  return { ...laboratory, noTwin: "nobody asked", quantities: [] };
}

/** The same with another candidate kept, learned from all rows. */
async function keeping(laboratory: OwnLaboratory, kept: string): Promise<OwnLaboratory> {
  const candidate = ownCandidates(laboratory.phases, false).find((one) => one.name === kept)!;
  const { rows, labs, phases, groups } = laboratory;
  const { table } = recipesWithout({ ...rows, phases, targets: [], groups: null }, []);
  const own = {
    ...recipesAlone({ table, labs, twin: null }),
    labels: Uint8Array.from(phases),
    groups: Uint32Array.from(groups),
  };
  const learned = JSON.parse(JSON.stringify(await candidate.fit(own, seededRandom(1)))) as unknown;
  const chosen = { kept, learned };
  const folds = laboratory.model.folds.map(() => chosen);
  return { ...laboratory, model: { ...laboratory.model, ...chosen, folds } };
}

describe.skipIf(!isBuilt)("onnxOwnLaboratory", async () => {
  const laboratory = await laboratoryOf(experiments);

  it.skipIf(onnxPython === null).each(["logistic regression", "forest", "network", "constant"])(
    `answers in onnxruntime as the model does: %s${withoutOnnx}`,
    async (kept) => {
      const own = await keeping(laboratory, kept);
      const found = onnxAgreement(onnxOwnLaboratory(own, { name }), await ownModelOf(own), recipes);
      expect(found).toMatchObject({ phasesDifferent: 0, flagsDifferent: 0, overclaimed: 0 });
      expect(found.probability).toBeLessThan(tolerance);
      expect(found.answered).toBeGreaterThan(1_000);
    },
    60_000,
  );

  it.skipIf(onnxPython === null)(`says that it carries no sets and no numbers${withoutOnnx}`, async () => {
    const own = await keeping(laboratory, "forest");
    const theirs = runOnnx(onnxOwnLaboratory(own, { name }), selectRows(recipes, Uint32Array.of(0)));
    expect(theirs).not.toHaveProperty("set");
    expect(limitsOf(theirs).sets).toEqual({
      reason: "sets come from a cross-validation, which asks the model of each fold",
    });
  });

  it("refuses a Gaussian process, rules and whatever asks the simulator, by name, and says what to use", async () => {
    const refusal = (own: OwnLaboratory): string => {
      try {
        onnxOwnLaboratory(own, { name });
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        return (error as InputError).message;
      }
      throw new Error("it was not refused");
    };
    expect(refusal(await keeping(laboratory, "Gaussian process"))).toMatch(/got a Gaussian process, .*`twin serve`/);
    for (const kept of ["rules", "twin, untouched", "twin, weighed by your outcomes"])
      expect(refusal({ ...laboratory, model: { ...laboratory.model, kept } })).toContain(`got "${kept}"`);
    const forest = await keeping(laboratory, "forest");
    const learned = { ...(forest.model.learned as object), twin: { named: [], other: { drawn: [], weights: [] } } };
    expect(refusal({ ...forest, model: { ...forest.model, learned } })).toContain("a forest with the twin as prior");
  });
});
