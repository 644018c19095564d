import { seededRandom } from "../../core/random/Random.js";
import { answerJobs } from "../../core/threads/answerJobs.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { type JudgedFold, judgeFold } from "../rivals/judgeRivals.js";
import { crystallisationProblem, crystallisationSplit } from "./crystallisationProblem.js";
import type { CrystallisationJob, CrystallisationSetting } from "./judgeCrystallisation.js";

answerJobs<CrystallisationSetting, CrystallisationJob, JudgedFold>(async ({ folder, seed, only }) => {
  const { table } = await readRealTable("crystallisation-campaigns", { folder });
  const problem = crystallisationProblem(table);
  const random = seededRandom(seed).fork(problem.id).fork("answers");
  return ({ split, fold }) => judgeFold(problem, crystallisationSplit(problem.rows, split), fold, random, { only });
});
