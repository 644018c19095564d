import type { EvidenceFile } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { heldOutPapers } from "../../experiments/heldOutPapers.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { type RealityCheck, simulatorAgainstReality } from "../../problems/published/simulatorAgainstReality.js";
import { twinOpinion } from "../../problems/published/twinOpinion.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import { told } from "../../problems/questions/splitReport.js";

/** Predicted values beside measured ones, for a figure. */
export interface RealityPairs {
  readonly title: string;
  readonly quantity: string;
  readonly unit: string;
  readonly isLogarithmic: boolean;
  readonly parts: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

/** What the simulator says of published recipes, beside what was measured. */
export interface TwinAgainstReality {
  /** Without their points. */
  readonly checks: readonly Omit<RealityCheck, "points">[];
  readonly table: ShownTable;
  /** Where it fails: which equation, and what would tell. */
  readonly blamed: ShownTable;
  /** Of platelets: the table of recipes may not be redistributed, so its values are in no figure. */
  readonly peaks: RealityPairs;
}

/** Notebook 07: the twin on real recipes, held-out papers apart. Nothing is fitted. */
export async function twinAgainstReality({
  seed,
}: {
  readonly seed: number;
}): Promise<EvidenceFile<TwinAgainstReality>> {
  return recordedEvidence(
    {
      id: "07-validation-twin",
      inputs: [...(["recipes", "nanoplatelets-all"] as const).map(publishedFile), "data/literature/held-out-dois.json"],
      source: moduleSource(import.meta.url),
      seed,
      engine: "simd (WebAssembly)",
      labels: "real",
    },
    async () => {
      const [{ table: recipes }, { table: platelets }] = [
        await readRealTable("recipes"),
        await readRealTable("nanoplatelets-all"),
      ];
      const { heldOut } = await heldOutPapers();
      const asked = { seed, engine: simdEngine };
      const ofRecipes = await twinOpinion(recipes, asked);
      const ofPlatelets = await twinOpinion(platelets, asked);
      const random = seededRandom(seed).fork("twin against reality");
      const checks = simulatorAgainstReality({ recipes, ofRecipes, platelets, ofPlatelets, heldOut }, random);
      const parts = (quantity: RealityCheck["quantity"], scale: (value: number) => number): RealityPairs["parts"] =>
        checks
          .filter((check) => check.quantity === quantity)
          .map(({ part, points }) => ({
            name: part,
            points: points
              .filter(({ predicted }) => !Number.isNaN(predicted))
              .map(({ predicted, measured }) => [scale(predicted), scale(measured)] as const),
          }));
      return {
        result: {
          checks: checks.map(({ points: _, ...check }) => check),
          table: checksTable(checks),
          blamed: blamedTable(checks),
          peaks: {
            title: "Emission peak: the twin beside what was measured",
            quantity: "emission peak",
            unit: "nm",
            isLogarithmic: false,
            parts: parts("emission peak", (value) => Number(value.toPrecision(5))),
          },
        },
        measurements: checks.flatMap(({ quantity, part, n, unit, score, bias, constant }) => {
          const id = `twin.${quantity}.${part}`.replaceAll(" ", "-");
          const what = `${quantity} by the simulator, ${part}`;
          return [
            told(`${id}.score`, `${quantity === "phase" ? "accuracy" : "R²"} of the ${what}`, score, {
              unit: quantity === "phase" ? "share" : "1",
              n,
              baseline: constant.score,
            }),
            ...(bias === null
              ? []
              : [told(`${id}.bias`, `mean of predicted less measured: ${what}`, bias, { unit, n, baseline: 0 })]),
          ];
        }),
      };
    },
  );
}

function checksTable(checks: readonly RealityCheck[]): ShownTable {
  return shownTable({
    caption: "The simulator on real recipes",
    columns: [
      { name: "quantity", of: ({ quantity }) => quantity },
      { name: "of", of: ({ part }) => part },
      { name: "rows", of: ({ n }) => n },
      { name: "groups", of: ({ groups, groupedBy }) => `${groups}, each ${groupedBy}` },
      { name: "no value", unit: "rows", of: ({ silent }) => silent },
      { name: "measure", of: ({ quantity }) => (quantity === "phase" ? "accuracy" : "R²") },
      { name: "twin", of: ({ score }) => rounded(score.value) },
      {
        name: "95 % interval",
        align: "right",
        of: ({ score: { interval } }) =>
          interval === null ? "" : `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`,
      },
      { name: "constant", of: ({ constant }) => rounded(constant.score) },
      {
        name: "bias",
        align: "right",
        of: ({ bias, unit }) => (bias?.value == null ? "" : `${bias.value.toPrecision(3)} ${unit}`),
      },
    ],
    rows: checks,
  });
}

function blamedTable(checks: readonly RealityCheck[]): ShownTable {
  return shownTable({
    caption: "Where it fails",
    columns: [
      { name: "quantity", of: ({ quantity }) => quantity },
      { name: "of", of: ({ part }) => part },
      { name: "traced to", of: ({ equation }) => equation },
      { name: "rows", of: ({ rows }) => rows },
      { name: "what would tell", of: ({ measurement }) => measurement },
    ],
    rows: checks.flatMap(({ quantity, part, blamed }) => blamed.map((one) => ({ quantity, part, ...one }))),
  });
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
