import { measurement, type Measurement } from "../../core/Evidence.js";
import type { Random } from "../../core/random/Random.js";
import { numbersOf, selectRows, type Table } from "../../core/Table.js";
import { recipeSimulator } from "../../generation/recipeSimulator.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import { quantities } from "../../problems/phase/quantities.js";
import { narrowestWidth, widthLevels } from "./narrowestWidth.js";

/** Recipes whose intervals are sought, and tries of each. */
const [widthRows, widthDraws] = [1_000, 512];
const laboratories = 80;

/**
 * Of the quantity whose 90 % intervals must be widest, how narrow they can be.
 *
 * @param table  of the twin, at least 1,000 rows
 */
export async function widestOfNarrowest(table: Table, random: Random): Promise<Measurement> {
  const some = selectRows(
    table,
    Uint32Array.from({ length: widthRows }, (_, row) => row),
  );
  const simulate = await recipeSimulator({
    random: random.fork("simulator"),
    draws: widthDraws,
    labs: { count: laboratories },
    quantities,
    levels: widthLevels,
    engine: simdEngine,
  });
  const answers = simulate(some).quantities;
  const [widest] = quantities
    .map(({ column, name, scale }, k) => ({
      name,
      ...narrowestWidth(
        answers[k].quantiles.map(scale),
        Float64Array.from(numbersOf(some, column), scale),
        random.fork(column),
      ),
    }))
    .sort((a, b) => b.value - a.value);
  const { name, value, interval, n } = widest;
  return measurement({
    id: "ceiling.relativeWidth",
    meaning:
      `width of the narrowest intervals that hold nine readings in ten of the ${name}, of all quantities the one ` +
      "where they are widest, over that without a model, when the laboratory and its day are not told",
    value,
    interval,
    unit: "1",
    n,
    baseline: 1,
  });
}
