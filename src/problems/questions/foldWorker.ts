import { answerJobs } from "../../core/threads/answerJobs.js";
import { judgeFold, type JudgedFold } from "../rivals/judgeRivals.js";
import { type FoldJob, questionRandom, type QuestionSetting, splitOf } from "./judgeQuestions.js";
import { realQuestion } from "./realQuestions.js";

answerJobs<QuestionSetting, FoldJob, JudgedFold>((setting) =>
  Promise.resolve(async ({ question, split, fold, only, chosen, byClass }) => {
    const asked = await realQuestion(question, setting);
    const random = questionRandom(setting.seed, question).fork("answers");
    return judgeFold(asked.problem, splitOf(asked, split), fold, random, {
      only,
      byClass,
      asides: asked.asides,
      ...(chosen === undefined ? {} : { incumbent: chosen, innerFolds: 0 }),
    });
  }),
);
