import { failedBy } from "../endOf.js";
import { carryOutTrial, type TrialNote } from "./carryOutTrial.js";
import type { ObjectiveThreads } from "./ObjectiveThreads.js";
import type { OwnObjective } from "./StudyObjective.js";

/** Carries out trials of a function of this program, in this thread. */
export function ownThread({ name, options = null, sha256: hash = null, objective }: OwnObjective): ObjectiveThreads {
  let close: (error: Error) => void = () => undefined;
  const closed = new Promise<never>((_, reject) => (close = reject));
  closed.catch(() => undefined);
  return {
    settings: { name, options, sha256: hash },
    module: null,
    space: null,
    directions: null,
    run: async (job, { limitMilliseconds, onNote }) => {
      let timer: NodeJS.Timeout | undefined;
      let isOver = false;
      const late = new Promise<Awaited<ReturnType<ObjectiveThreads["run"]>>>((give) => {
        if (limitMilliseconds === undefined) return;
        const end = failedBy(`it took longer than ${limitMilliseconds} ms`);
        timer = setTimeout(() => give({ parameters: null, end }), limitMilliseconds);
      });
      const tell = (note: TrialNote): void => {
        if (!isOver) onNote(note);
      };
      try {
        return await Promise.race([closed, late, carryOutTrial(objective, options, job, tell)]);
      } finally {
        isOver = true;
        clearTimeout(timer);
      }
    },
    close: () => {
      close(new Error("the study was closed"));
      return Promise.resolve();
    },
  };
}
