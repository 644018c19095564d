import { seededRandom } from "../../core/random/Random.js";
import { answerJobs } from "../../core/threads/answerJobs.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { judgeRivals } from "../rivals/judgeRivals.js";
import { scoreRivals, type SplitScores } from "../rivals/scoreRivals.js";
import { crystallisationProblem, crystallisationSplit } from "./crystallisationProblem.js";
import type { CrystallisationJob, CrystallisationSetting } from "./judgeCrystallisation.js";

answerJobs<CrystallisationSetting, CrystallisationJob, SplitScores>(async ({ folder, seed }) => {
  const { table } = await readRealTable("crystallisation-campaigns", { folder });
  const problem = crystallisationProblem(table);
  const random = seededRandom(seed).fork(problem.id);
  return async ({ split: name, only }) => {
    const split = crystallisationSplit(problem.rows, name);
    const answers = await judgeRivals(problem, split, random.fork("answers"), { only });
    return scoreRivals(problem, split, answers, random.fork("scores").fork(name));
  };
});
