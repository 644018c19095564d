import { textsOf } from "../../core/Table.js";
import { phaseForestDefaults, phaseForestSearch } from "../../problems/phase/phaseForestSearch.js";
import { phaseRandom, type TrainingExperiments } from "../../problems/phase/phaseExperiments.js";
import { type SearchRows, searchRows } from "../../problems/phase/searchRows.js";
import { carryOutSearch } from "../../problems/search/nestedSearch.js";
import { foldLosses } from "../../problems/search/searchFolds.js";
import { searchVerdict, type SearchVerdict } from "../../problems/search/searchVerdict.js";
import type { ParameterValues } from "../../tuning/Parameter.js";

/** A search for the forest of the phase, and what it was worth. */
export interface ForestSearch {
  readonly rows: SearchRows;
  readonly parameters: ParameterValues;
  readonly verdict: SearchVerdict;
  /** Mean log loss of the setting that stands, on fresh rows, in nats. */
  readonly standing: number;
}

const wanted = { train: 1_000, choose: 1_000, fresh: 4_000 } as const;
const trials = 16;

/** Searches for the forest of whole recipes at few rows: those that choose are not those that judge. */
export async function forestSearch(data: TrainingExperiments): Promise<ForestSearch> {
  const random = phaseRandom(data.seed, "tuning of the forest");
  const rows = searchRows(data, wanted, random.fork("rows"));
  const search = phaseForestSearch({ features: data.whole.features, labels: data.labels });
  const [choosing, judging] = [
    { name: "choose", train: rows.train, test: rows.choose },
    { name: "fresh", train: rows.train, test: rows.fresh },
  ];
  const { seed } = data;
  const outcome = await carryOutSearch(search, { choosing: [choosing], judging }, { seed, trials });
  const [stood, stoodFresh] = [
    await foldLosses(search, phaseForestDefaults, [choosing], seed),
    await foldLosses(search, phaseForestDefaults, [judging], seed),
  ];
  const batches = textsOf(data.table, "batch");
  const batchesOf = (some: Uint32Array): string[] => Array.from(some, (row) => batches[row]);
  return {
    rows,
    parameters: outcome.parameters,
    verdict: searchVerdict(
      { gains: stood.map((loss, at) => loss - outcome.choosing[at]), groups: batchesOf(rows.choose) },
      { gains: stoodFresh.map((loss, at) => loss - outcome.judging[at]), groups: batchesOf(rows.fresh) },
      random.fork("verdict"),
      { unit: "batch" },
    ),
    standing: stoodFresh.reduce((sum, loss) => sum + loss, 0) / stoodFresh.length,
  };
}
