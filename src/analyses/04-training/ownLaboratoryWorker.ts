import { answerJobs } from "../../core/threads/answerJobs.js";
import {
  judgeOwnLaboratory,
  type JudgeLaboratoryOptions,
  type LaboratoryBaseline,
  type LaboratoryScores,
} from "./judgeOwnLaboratory.js";

/** What each thread gets at its start. */
export interface OwnLaboratoryTask {
  readonly baseline: LaboratoryBaseline;
  readonly options: JudgeLaboratoryOptions;
}

answerJobs<OwnLaboratoryTask, number, LaboratoryScores>(({ baseline, options }) =>
  judgeOwnLaboratory(baseline, options),
);
