import { type EvidenceFile, measurement } from "../../core/Evidence.js";
import { seedOf } from "../../core/random/seedOf.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { workerPool } from "../../core/threads/workerPool.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { plateletDefaults, plateletSearch } from "../../problems/platelets/plateletSearch.js";
import { realQuestion } from "../../problems/questions/realQuestions.js";
import { told } from "../../problems/questions/splitReport.js";
import type { RealQuestion } from "../../problems/rivals/RealQuestion.js";
import { nestedSearches, rowsOfSearches, type SearchOutcome } from "../../problems/search/nestedSearch.js";
import { type RelativeGains, relativeGains } from "../../problems/search/relativeGains.js";
import { foldLosses } from "../../problems/search/searchFolds.js";
import { searchVerdict, type SearchVerdict } from "../../problems/search/searchVerdict.js";
import { verdictMeasurements } from "../../problems/search/verdictMeasurements.js";
import { groupedKFold } from "../../splitting/groupedKFold.js";
import { type NestedFold, nestedFolds } from "../../splitting/nestedFolds.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import type { PlateletSearchJob, PlateletSearchTask } from "./plateletSearchWorker.js";

/** What tuning is worth on a real table of a few hundred rows. */
export interface PlateletTuning {
  /** What the first search chose, on all rows and without each fold. */
  readonly table: ShownTable;
  /** What each search promised and kept. */
  readonly searches: ShownTable;
  /** Of all searches together. */
  readonly verdict: SearchVerdict;
  readonly gains: RelativeGains;
}

/** What was found depends on what a search tries first: so many are made, each from another seed. */
const searches = 4;
/** Of each search; and folds within the training rows of a fold. */
const [trials, innerFolds] = [16, 3];

/**
 * Notebook 05 on real platelets: what searches for the model of the emission peak promise and keep, by recipe. The
 * promise is that of a search over all folds; to tell what is kept, the whole search is made again in each fold without
 * the rows that judge it. Gains are means over searches.
 */
export async function plateletTuning({ seed }: { readonly seed: number }): Promise<EvidenceFile<PlateletTuning>> {
  return recordedEvidence(
    {
      id: "05-tuning-platelets",
      inputs: [publishedFile("nanoplatelets-all")],
      source: moduleSource(import.meta.url),
      seed,
      labels: "real",
    },
    async () => {
      const random = seededRandom(seed).fork("tuning of platelets");
      const question = await realQuestion("platelet-peak", { seed });
      const folds = foldsOf(question, random);
      const seeds = Array.from({ length: searches }, (_, k) => seedOf(random.fork("search").fork(k)));
      // The setting that stands draws nothing: any seed gives the same.
      const standing = await foldLosses(plateletSearch(question.problem), plateletDefaults, folds, seeds[0]);
      const [flat, ...nested] = await carriedOut(question, folds, seeds);
      const gainsOf = (losses: ArrayLike<number>): Float64Array => standing.map((loss, at) => loss - losses[at]);
      const found = seeds.map((_, k) => ({
        promised: gainsOf(flat[k].choosing),
        kept: gainsOf(nested.flatMap((one) => [...one[k].judging])),
      }));
      const rows = folds.flatMap(({ test }) => [...test]);
      const groups = rows.map((row) => question.splits[0].groups[row]);
      const verdict = searchVerdict(
        { gains: meanOver(found.map(({ promised }) => promised)), groups },
        { gains: meanOver(found.map(({ kept }) => kept)), groups },
        random.fork("verdict"),
        { unit: "recipe" },
      );
      return {
        result: {
          table: choicesTable(
            flat[0],
            nested.map(([first]) => first),
            folds,
          ),
          searches: searchesTable(found),
          verdict,
          gains: relativeGains("emission peak of platelets", verdict, mean(standing)),
        },
        measurements: [
          told(
            "platelets.standing",
            "absolute error of the setting that stands, by recipe",
            estimateOverGroups(groups, meanOfRows(standing), random.fork("standing"), { kind: "mean", unit: "recipe" }),
            { unit: "nm", n: rows.length },
          ),
          ...verdictMeasurements("platelets", "a model of platelets", verdict, {
            unit: "nm",
            rows: { chose: rows.length, fresh: null },
          }),
          measurement({
            id: "platelets.keptBySearch",
            meaning: "gain that is left on rows that chose nothing, over searches from different seeds",
            unit: "nm",
            n: searches,
            ...studentEstimate(
              found.map(({ kept }) => mean(kept)),
              { over: "searches" },
            ),
            baseline: 0,
          }),
          measurement({
            id: "platelets.judgedReads",
            meaning: "rows that judge a choice among those that the search for it was handed",
            value: leaks(folds),
            unit: "rows",
            n: rows.length,
          }),
        ],
      };
    },
  );
}

const mean = (values: Float64Array): number => meanOfRows(values)(Uint32Array.from(values.keys()));

/** Row by row. */
function meanOver(all: readonly Float64Array[]): Float64Array {
  return all[0].map((_, row) => all.reduce((sum, own) => sum + own[row], 0) / all.length);
}

function foldsOf({ splits: [byRecipe] }: RealQuestion, random: Random): readonly NestedFold[] {
  return nestedFolds(byRecipe.folds, (rows, k) =>
    groupedKFold(
      Array.from(rows, (row) => byRecipe.groups[row]),
      random.fork("inner folds").fork(k),
      { folds: innerFolds },
    ),
  );
}

/** By search of nestedSearches, then by seed. */
async function carriedOut(
  { problem: { features, truth } }: RealQuestion,
  folds: readonly NestedFold[],
  seeds: readonly number[],
): Promise<readonly (readonly SearchOutcome[])[]> {
  const jobs = nestedSearches(folds).map((job): PlateletSearchJob => ({ ...job, seeds, trials }));
  const pool = workerPool<PlateletSearchJob, readonly SearchOutcome[]>(
    new URL("plateletSearchWorker.ts", import.meta.url).href,
    Math.min(trainingThreads(), jobs.length),
    { features, truth } satisfies PlateletSearchTask,
  );
  try {
    return await Promise.all(jobs.map((job) => pool.run(job)));
  } finally {
    await pool.close();
  }
}

/** Rows of a judging fold that the search within was handed. */
function leaks(folds: readonly NestedFold[]): number {
  return nestedSearches(folds)
    .slice(1)
    .reduce((sum, { choosing, judging }) => {
      const handed = rowsOfSearches([{ choosing, judging: null }]);
      return sum + judging!.test.filter((row) => handed.has(row)).length;
    }, 0);
}

function choicesTable(flat: SearchOutcome, nested: readonly SearchOutcome[], folds: readonly NestedFold[]): ShownTable {
  const shown = (losses: Float64Array): number | null => (losses.length === 0 ? null : Number(mean(losses).toFixed(3)));
  return shownTable({
    caption: `What the first search of ${trials} trials chose, on all rows and without each fold`,
    columns: [
      { name: "search on", of: ({ name }) => name },
      { name: "chosen", of: ({ outcome }) => inWords(outcome.parameters) },
      { name: "error on the rows that chose", unit: "nm", of: ({ outcome }) => shown(outcome.choosing) },
      { name: "error on the rows left out", unit: "nm", of: ({ outcome }) => shown(outcome.judging) },
    ],
    rows: [
      { name: "all rows", outcome: flat },
      ...nested.map((outcome, k) => ({ name: `without fold ${folds[k].name}`, outcome })),
    ],
  });
}

function searchesTable(found: readonly { readonly promised: Float64Array; readonly kept: Float64Array }[]): ShownTable {
  return shownTable({
    caption: `Gain over the setting that stands, by search of ${trials} trials in all folds`,
    columns: [
      { name: "search", of: ({ number }) => number },
      { name: "promised", unit: "nm", of: ({ promised }) => Number(mean(promised).toFixed(3)) },
      { name: "kept", unit: "nm", of: ({ kept }) => Number(mean(kept).toFixed(3)) },
    ],
    rows: found.map((one, k) => ({ number: k + 1, ...one })),
  });
}

function inWords({ model, ...rest }: ParameterValues): string {
  const more = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === "number" ? Number(value.toPrecision(2)) : value}`,
  );
  return `${model}: ${more.join(", ")}`;
}
