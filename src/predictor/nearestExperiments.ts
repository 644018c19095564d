import type { Table } from "../core/Table.js";
import type { Encoder } from "../features/Encoder.js";
import { featureColumn } from "../features/featureColumn.js";
import { recipeFeatures } from "../features/recipeFeatures.js";

/** Experiments that somebody made, to look for near ones among. */
export interface KnownExperiments {
  /** In the terms of the twin, as answers tell them. */
  readonly recipes: Table;
  /** DOI of each; where a table gives none, its name. */
  readonly papers: readonly string[];
}

/** The nearest experiment of a paper. */
export interface NearExperiment {
  readonly paper: string;
  /**
   * Root of the mean square difference, over the inputs that both give, each in standard deviations of training rows.
   * Near 1.4 for two recipes drawn at random.
   */
  readonly distance: number;
  /** Inputs that both give. */
  readonly shared: number;
}

/**
 * The papers whose experiments are nearest to each recipe: where to read on, no evidence of what will come out, and so
 * no more than paper and distance. Inputs are compared on the model's scales: temperature, share of polar solvent, and
 * logarithms of times, volume, lead, ratios to lead, water and antisolvent. What one of the two does not give is left
 * out of the mean; experiments that share too few inputs are no neighbours.
 *
 * @param recipes  in the terms of the twin, with the columns of the encoder's features
 * @param options.k            papers wanted (default 3)
 * @param options.leastShared  inputs that both must give (default 6)
 * @returns for each recipe at most k papers, the nearest first, each with its nearest experiment
 * @throws RangeError if k or leastShared is no whole number from 1, or papers are not one per known recipe
 */
export function nearestExperiments(
  recipes: Table,
  known: KnownExperiments,
  {
    encoder,
    k = 3,
    leastShared = 6,
  }: { readonly encoder: Encoder; readonly k?: number; readonly leastShared?: number },
): NearExperiment[][] {
  for (const [name, count] of Object.entries({ k, leastShared }))
    if (!(Number.isInteger(count) && count >= 1))
      throw new RangeError(`nearestExperiments: ${name} must be a whole number from 1; got ${count}`);
  if (known.papers.length !== known.recipes.numRows)
    throw new RangeError(
      `nearestExperiments: one paper per known recipe is needed; got ${known.papers.length} for ` +
        `${known.recipes.numRows} recipes`,
    );
  const [own, others] = [recipes, known.recipes].map((table) => standardisedInputs(table, encoder));
  return Array.from({ length: recipes.numRows }, (_, row) => {
    const nearest = new Map<string, NearExperiment>();
    known.papers.forEach((paper, other) => {
      const { distance, shared } = between(own, row, others, other);
      if (shared >= leastShared && distance < (nearest.get(paper)?.distance ?? Infinity))
        nearest.set(paper, { paper, distance, shared });
    });
    return [...nearest.values()].sort((a, b) => a.distance - b.distance).slice(0, k);
  });
}

/** Inputs that have a feature of their own, one array each: what follows from others would count twice. */
function standardisedInputs(table: Table, { columns }: Encoder): Float64Array[] {
  const rows = Uint32Array.from({ length: table.numRows }, (_, row) => row);
  return columns.flatMap((encoded) => {
    if (encoded.kind !== "number" || !("feature" in encoded.source)) return [];
    const { feature: name } = encoded.source;
    if (recipeFeatures.find((one) => one.name === name)?.column === undefined) return [];
    const { values } = featureColumn(table, rows, encoded.source, { allowMissing: true });
    return [values.map((value) => (value - encoded.mean) / encoded.scale)];
  });
}

function between(
  some: readonly Float64Array[],
  row: number,
  others: readonly Float64Array[],
  other: number,
): { readonly distance: number; readonly shared: number } {
  let [sum, shared] = [0, 0];
  for (let input = 0; input < some.length; input++) {
    const off = some[input][row] - others[input][other];
    if (Number.isNaN(off)) continue;
    sum += off * off;
    shared++;
  }
  return { distance: Math.sqrt(sum / shared), shared };
}
