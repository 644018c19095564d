import { answerJobs } from "../core/threads/answerJobs.js";
import { type EngineName, makeEngine } from "./makeEngine.js";
import { doJob, type ExperimentJob, type Rejections } from "./experimentJob.js";
import { type TwinOptions, twinSetup } from "./twinSetup.js";

/** What a worker is told at its start. */
export interface WorkerTask {
  readonly options: TwinOptions;
  readonly engine: EngineName;
}

answerJobs<WorkerTask, ExperimentJob, Rejections>(async ({ options, engine }) => {
  const made = await makeEngine(engine, twinSetup(options));
  return (job) => doJob(made, job);
});
