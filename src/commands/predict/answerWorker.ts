import type { ReagentList } from "../../chemistry/reagentList.js";
import { answerJobs } from "../../core/threads/answerJobs.js";
import { adviserOf, type AdviceSetting } from "./adviser.js";
import { readyModel, type StoredModel } from "./readyModel.js";
import { answerBatch, type BatchAnswer, type BatchWish, type RecipeBatch } from "./answerBatch.js";

/** What every thread is given at its start. */
export interface AnswerSetting {
  readonly model: StoredModel;
  readonly where: string;
  readonly reagents: ReagentList | undefined;
  /** What is asked beside the answers; null: nothing. */
  readonly advice: AdviceSetting | null;
}

export interface AnswerJob {
  readonly batch: RecipeBatch;
  readonly wish: BatchWish;
}

answerJobs<AnswerSetting, AnswerJob, BatchAnswer>(async ({ model, where, reagents, advice }) => {
  const loaded = await readyModel(model, where);
  const adviser = advice === null ? null : await adviserOf(loaded, advice);
  return ({ batch, wish }) => answerBatch(loaded, batch, wish, { reagents, adviser, advice });
});
