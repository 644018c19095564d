import { type EvidenceFile, measurement } from "../../core/Evidence.js";
import { seedOf } from "../../core/random/seedOf.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
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
import { groupedKFold } from "../../splitting/groupedKFold.js";
import { type NestedFold, nestedFolds } from "../../splitting/nestedFolds.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import { publishedFile } from "../01-experiments/publishedFile.js";
import type { PlateletSearchJob, PlateletSearchTask } from "./plateletSearchWorker.js";

/** What tuning is worth on a real table of a few hundred rows. */
export interface PlateletTuning {
  /** What each search chose. */
  readonly table: ShownTable;
  readonly verdict: SearchVerdict;
  readonly gains: RelativeGains;
}

/** Of each search; and folds within the training rows of a fold. */
const [trials, innerFolds] = [16, 3];

/**
 * Notebook 05 on real platelets: what a search for the model of the emission peak promises and keeps, by recipe. The
 * promise is that of one search over all folds; to tell what is kept, the whole search is made again in each fold
 * without the rows that judge it.
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
      const rows = folds.flatMap(({ test }) => [...test]);
      const standing = await foldLosses(plateletSearch(question.problem), plateletDefaults, folds, searchSeed(random));
      const [flat, ...nested] = await carriedOut(question, folds, random);
      const groups = rows.map((row) => question.splits[0].groups[row]);
      const gainsOf = (losses: readonly number[]): Float64Array => standing.map((loss, at) => loss - losses[at]);
      const judged = nested.flatMap(({ judging }) => [...judging]);
      const verdict = searchVerdict(
        { gains: gainsOf([...flat.choosing]), groups },
        { gains: gainsOf(judged), groups },
        random.fork("verdict"),
        { unit: "recipe" },
      );
      const n = rows.length;
      const meanStanding = meanOfRows(standing)(Uint32Array.from(rows.keys()));
      const lossOf = (name: string, losses: ArrayLike<number>) =>
        estimateOverGroups(groups, meanOfRows(losses), random.fork(name), { kind: "mean", unit: "recipe" });
      return {
        result: {
          table: tableOf(flat, nested, folds),
          verdict,
          gains: relativeGains("emission peak of platelets", verdict, meanStanding),
        },
        measurements: [
          told(
            "platelets.standing",
            "absolute error of the setting that stands, by recipe",
            lossOf("standing", standing),
            {
              unit: "nm",
              n,
            },
          ),
          told(
            "platelets.tuned",
            "absolute error of a search made again without the rows that judge it",
            lossOf("tuned", judged),
            {
              unit: "nm",
              n,
              baseline: meanStanding,
            },
          ),
          told("platelets.promised", "gain that the search promises on the rows that choose", verdict.promised, {
            unit: "nm",
            n,
            baseline: 0,
          }),
          told("platelets.kept", "gain that is left on rows that chose nothing", verdict.kept, {
            unit: "nm",
            n,
            baseline: 0,
          }),
          told("platelets.gap", "gain that was promised and not kept: nested less flat error", verdict.gap, {
            unit: "nm",
            n,
            baseline: 0,
          }),
          measurement({
            id: "platelets.judgedReads",
            meaning: "rows that judge a choice among those that the search for it was handed",
            value: leaks(folds),
            unit: "rows",
            n,
          }),
        ],
      };
    },
  );
}

/** A setting learns by the same random numbers in every search. */
function searchSeed(random: Random): number {
  return seedOf(random.fork("search"));
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

async function carriedOut(
  { problem: { features, truth } }: RealQuestion,
  folds: readonly NestedFold[],
  random: Random,
): Promise<readonly SearchOutcome[]> {
  const jobs = nestedSearches(folds).map((job): PlateletSearchJob => ({
    ...job,
    options: { seed: searchSeed(random), trials },
  }));
  const pool = workerPool<PlateletSearchJob, SearchOutcome>(
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

function tableOf(flat: SearchOutcome, nested: readonly SearchOutcome[], folds: readonly NestedFold[]): ShownTable {
  const mean = (losses: Float64Array): number | null =>
    losses.length === 0 ? null : Number(meanOfRows(losses)(Uint32Array.from(losses.keys())).toFixed(3));
  const rows = [
    { name: "all rows", outcome: flat },
    ...nested.map((outcome, k) => ({ name: `without fold ${folds[k].name}`, outcome })),
  ];
  return shownTable({
    caption: `What each of ${rows.length} searches of ${trials} trials chose`,
    columns: [
      { name: "search on", of: ({ name }) => name },
      { name: "chosen", of: ({ outcome }) => inWords(outcome.parameters) },
      { name: "error on the rows that chose", unit: "nm", of: ({ outcome }) => mean(outcome.choosing) },
      { name: "error on the rows left out", unit: "nm", of: ({ outcome }) => mean(outcome.judging) },
    ],
    rows,
  });
}

function inWords({ model, ...rest }: ParameterValues): string {
  const more = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === "number" ? Number(value.toPrecision(2)) : value}`,
  );
  return `${model}: ${more.join(", ")}`;
}
