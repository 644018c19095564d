import { answerJobs } from "../../core/threads/answerJobs.js";

/** What a module of an objective exports, as it is. */
export interface DescribedModule {
  readonly objective: string;
  readonly space: unknown;
  readonly directions: unknown;
}

/** Loads the module whose URL it is given, in a thread of its own: it may throw or hang. */
answerJobs<string, null, DescribedModule>(async (url) => {
  const { objective, space, directions } = (await import(url)) as Readonly<Record<string, unknown>>;
  return () => ({ objective: typeof objective, space, directions });
});
