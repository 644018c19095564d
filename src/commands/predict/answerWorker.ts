import type { ReagentList } from "../../chemistry/reagentList.js";
import { answerJobs } from "../../core/threads/answerJobs.js";
import { phaseModelOf } from "../../predictor/phaseModelOf.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import type { Model } from "../../training/files/Model.js";
import { adviserOf, type AdviceSetting } from "./adviser.js";
import { answerBatch, type BatchAnswer, type BatchWish, type RecipeBatch } from "./answerBatch.js";

/** What every thread is given at its start. */
export interface AnswerSetting {
  readonly model: Model;
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
  const loaded = phaseModelOf(model, where, { engine: await simdTraining() });
  const adviser = advice === null ? null : await adviserOf(loaded, advice);
  return ({ batch, wish }) => answerBatch(loaded, batch, wish, { reagents, adviser, advice });
});
