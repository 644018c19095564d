import { open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { answerJobs } from "../../core/threads/answerJobs.js";

/** What a heart beats into, and how often. */
export interface Heart {
  readonly path: string;
  readonly everyMilliseconds: number;
}

/**
 * Counts up a file as long as its process lives, from a thread of its own: the main one may be busy for long. What
 * cannot be written is tried again: whether the folder takes what matters, its writer finds out.
 */
answerJobs(() =>
  Promise.resolve(async ({ path, everyMilliseconds }: Heart): Promise<never> => {
    for (let count = 1; ; count++) {
      await beat(path, count).catch(() => undefined);
      await setTimeout(everyMilliseconds);
    }
  }),
);

/** Closing brings it to other machines. */
async function beat(path: string, count: number): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write(String(count).padStart(12, "0"), 0);
  } finally {
    await file.close();
  }
}
