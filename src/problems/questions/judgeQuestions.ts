import { seededRandom } from "../../core/random/Random.js";
import { type WorkerPool, workerPool } from "../../core/threads/workerPool.js";
import { gatherFolds, type JudgedFold, type RivalAnswers } from "../rivals/judgeRivals.js";
import type { RealQuestion } from "../rivals/RealQuestion.js";
import type { RealSplit } from "../rivals/realSplit.js";
import { scoreRivals, type SplitScores } from "../rivals/scoreRivals.js";
import { type QuestionId, realQuestion } from "./realQuestions.js";

/** One question under one of its splits. */
export interface QuestionRequest {
  readonly question: QuestionId;
  readonly split: string;
  /** Names of the rivals that come (default all that may be chosen); the asides of the question come always. */
  readonly only?: readonly string[];
  /**
   * Takes this rival as chosen, without dividing the training rows: no limits are told then (default: the training rows
   * choose).
   */
  readonly chosen?: string;
  /** Limits of each class by itself, as FoldOptions says (default false). */
  readonly byClass?: boolean;
}

/** A request with what came of it; one whose split says nothing has its reason in the place of answers. */
export interface JudgedQuestion {
  readonly request: QuestionRequest;
  readonly asked: RealQuestion;
  readonly split: RealSplit;
  readonly answers: RivalAnswers | null;
  readonly scores: SplitScores | null;
  /** Null where it was judged. */
  readonly reason: string | null;
}

/** What each thread gets at its start. */
export interface QuestionSetting {
  readonly seed: number;
  /** Of real tables. */
  readonly folder?: string;
}

/** One fold, judged by one thread. */
export interface FoldJob {
  readonly question: QuestionId;
  readonly split: string;
  readonly fold: number;
  readonly only: readonly string[];
  readonly chosen?: string;
  readonly byClass?: boolean;
}

/** How questions are judged. */
export interface JudgeQuestionsOptions extends QuestionSetting {
  /** Threads, each with a fold of its own: results do not depend on it (default 2). */
  readonly workers?: number;
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Judges questions to real tables, each under a split, fold by fold in threads. Equal seeds give equal bytes, whatever
 * the number of threads and whichever other questions come with them.
 *
 * @throws InputError if a table is not imported, RangeError if a question has no such split or rival
 */
export async function judgeQuestions(
  requests: readonly QuestionRequest[],
  { seed, folder, workers = 2, onProgress = () => undefined }: JudgeQuestionsOptions,
): Promise<readonly JudgedQuestion[]> {
  const posed: Posed[] = [];
  for (const request of requests) {
    const asked = await realQuestion(request.question, { seed, folder });
    posed.push({ request, asked, split: splitOf(asked, request.split) });
  }
  const jobs = posed.map(({ request, asked, split }) =>
    [...split.folds.keys()].map((fold): FoldJob => ({
      ...request,
      fold,
      only: request.only ?? asked.rivals,
    })),
  );
  const all = jobs.flat().length;
  const setting: QuestionSetting = { seed, folder };
  const pool: WorkerPool<FoldJob, JudgedFold> = workerPool(
    new URL("foldWorker.ts", import.meta.url).href,
    Math.max(1, Math.min(workers, all)),
    setting,
  );
  let done = 0;
  try {
    return await Promise.all(
      posed.map(async ({ request, asked, split }, k): Promise<JudgedQuestion> => {
        if (split.reason !== null) return { request, asked, split, answers: null, scores: null, reason: split.reason };
        const folds = await Promise.all(
          jobs[k].map(async (job) => {
            const judged = await pool.run(job);
            onProgress(++done, all);
            return judged;
          }),
        );
        const answers = gatherFolds(folds);
        const random = questionRandom(seed, request.question).fork("scores").fork(split.name);
        return {
          request,
          asked,
          split,
          answers,
          scores: scoreRivals(asked.problem, split, answers, random),
          reason: null,
        };
      }),
    );
  } finally {
    await pool.close();
  }
}

interface Posed {
  readonly request: QuestionRequest;
  readonly asked: RealQuestion;
  readonly split: RealSplit;
}

/** @throws RangeError if the question has none of this name */
export function splitOf({ problem, splits }: RealQuestion, name: string): RealSplit {
  const found = splits.find((split) => split.name === name);
  if (found === undefined)
    throw new RangeError(
      `splitOf: ${problem.id} has no split "${name}"; it has ${splits.map((split) => split.name).join(", ")}`,
    );
  return found;
}

/** The stream of a question: what is drawn for one does not depend on the others. */
export function questionRandom(seed: number, question: QuestionId): ReturnType<typeof seededRandom> {
  return seededRandom(seed).fork("questions").fork(question);
}
