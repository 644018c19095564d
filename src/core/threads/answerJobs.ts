import { parentPort, workerData } from "node:worker_threads";

/**
 * The other end of `workerPool`: called once by a worker's module.
 *
 * @param prepare  makes the answering function from the data that the pool gave, and from what tells the caller of a
 *   job something on its way; errors in either go back to the caller
 */
export function answerJobs<Data, Job, Answer>(
  prepare: (data: Data, tell: (note: unknown) => void) => Promise<(job: Job) => Answer | Promise<Answer>>,
): void {
  if (parentPort === null) throw new Error("answerJobs: must run in a worker thread");
  const port = parentPort;
  let answer: Promise<(job: Job) => Answer | Promise<Answer>> | undefined;
  const prepared = async (): Promise<(job: Job) => Answer | Promise<Answer>> => {
    const made = await prepare(workerData as Data, (note) => port.postMessage({ note }));
    port.postMessage({ ready: true });
    return made;
  };
  const reply = async (job: Job): Promise<void> => {
    try {
      answer ??= prepared();
      port.postMessage({ answer: await (await answer)(job) });
    } catch (error) {
      port.postMessage({ error });
    }
  };
  port.on("message", (job: Job) => void reply(job));
}
