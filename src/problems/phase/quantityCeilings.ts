import { shuffledRows } from "../../core/random/shuffledRows.js";
import { selectRows } from "../../core/Table.js";
import { recipeSimulator } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import type { QuantityCeiling } from "../../predictor/quantityLimits.js";
import { coverageOfIntervals } from "../../uncertainty/conformal/coverageOfIntervals.js";
import type { PhaseData } from "./phaseData.js";
import { phaseRandom } from "./phaseExperiments.js";
import { scaledValues } from "./quantities.js";

/** Recipes that the simulator is asked, and tries of each. */
const [asked, draws] = [1_000, 256];

/**
 * How narrow an honest interval can be: the simulator itself, averaged over laboratories and days that nobody knows,
 * describes calibrate rows of its own experiments. Its 90 % intervals are held against one interval for all
 * recipes, on the scale on which the number is learned.
 *
 * @param data  experiments of the twin
 * @returns by column of outcomes; without those that too few rows have
 */
export async function quantityCeilings(
  data: Pick<PhaseData, "seed" | "table" | "split" | "quantities">,
): Promise<Readonly<Record<string, QuantityCeiling>>> {
  const { seed, split, quantities } = data;
  if (quantities.length === 0) return {};
  const random = phaseRandom(seed, "quantity ceilings");
  const rows = shuffledRows(split.calibrate, random.fork("rows")).slice(0, asked).sort();
  const table = selectRows(data.table, rows);
  const simulate = await recipeSimulator({
    random: random.fork("simulator"),
    draws,
    quantities,
    levels: [0.05, 0.95],
    engine: simdEngine,
  });
  const answers = simulate(table).quantities;
  const ceilings: Record<string, QuantityCeiling> = {};
  quantities.forEach((quantity, k) => {
    const truth = scaledValues(table, quantity);
    const { quantiles, mean } = answers[k];
    const end = (row: number, level: number): number => quantity.scale(quantiles[2 * row + level]);
    const known = Array.from(truth.keys()).filter((row) => !Number.isNaN(truth[row]) && !Number.isNaN(end(row, 0)));
    const own = Float64Array.from(known, (row) => truth[row]);
    if (own.length < 2) return;
    const { relativeWidth } = coverageOfIntervals(
      {
        low: Float64Array.from(known, (row) => end(row, 0)),
        high: Float64Array.from(known, (row) => end(row, 1)),
      },
      own,
      { alpha: 0.1, reference: own },
    );
    if (relativeWidth === null) return;
    const centre = own.reduce((a, b) => a + b, 0) / own.length;
    const spread = own.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    const left = known.reduce((sum, row) => sum + (truth[row] - mean[row]) ** 2, 0);
    ceilings[quantity.column] = { relativeWidth, r2: 1 - left / spread, rows: own.length };
  });
  return ceilings;
}
