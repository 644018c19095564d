import { type WorkerPool, workerPool } from "../../core/threads/workerPool.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import type { Adviser } from "./adviser.js";
import { answerBatch, type BatchAnswer, type BatchWish, type RecipeBatch } from "./answerBatch.js";
import type { AnswerJob, AnswerSetting } from "./answerWorker.js";

/** Of a thread: a batch is small. With less for what is short-lived, a third of its time would go into clearing up. */
const limits = { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 256 };

export interface AnsweredBatchesOptions extends AnswerSetting {
  /** The model, ready to answer in this thread. */
  readonly loaded: LoadedPhaseModel;
  /** As the setting's advice asks; null where it asks nothing. */
  readonly adviser: Adviser | null;
  /** Threads that answer while this one reads and writes; 0: this one answers too. Answers do not depend on it. */
  readonly workers: number;
  /** What is wanted of the next batch. */
  readonly wish: () => BatchWish;
}

/**
 * Answers batches, in their order. The first is answered here, as most tables are no longer; where more follow, threads
 * start on them meanwhile. Few batches are on their way at a time.
 */
export async function* answeredBatches(
  batches: AsyncIterable<RecipeBatch>,
  { loaded, adviser, workers, wish, ...setting }: AnsweredBatchesOptions,
): AsyncGenerator<BatchAnswer, void, undefined> {
  const options = { reagents: setting.reagents, adviser, advice: setting.advice };
  let pool: WorkerPool<AnswerJob, BatchAnswer> | undefined;
  let first: RecipeBatch | null = null;
  let isFirst = true;
  const onTheirWay: Promise<BatchAnswer>[] = [];
  try {
    for await (const batch of batches) {
      if (workers === 0) {
        yield answerBatch(loaded, batch, wish(), options);
        continue;
      }
      if (isFirst) {
        [first, isFirst] = [batch, false];
        continue;
      }
      pool ??= workerPool(new URL("answerWorker.ts", import.meta.url).href, workers, setting, { limits });
      const answer = pool.run({ batch, wish: wish() });
      // It is awaited in its turn: until then its failure is nobody's.
      answer.catch(() => undefined);
      onTheirWay.push(answer);
      if (first !== null) {
        const held = first;
        first = null;
        yield answerBatch(loaded, held, wish(), options);
      }
      if (onTheirWay.length > workers) yield await onTheirWay.shift()!;
    }
    if (first !== null) yield answerBatch(loaded, first, wish(), options);
    while (onTheirWay.length > 0) yield await onTheirWay.shift()!;
  } finally {
    await pool?.close();
  }
}
