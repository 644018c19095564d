import { InputError } from "../core/InputError.js";

/**
 * Holds the number of trials at a time to what the window of a study lets run.
 *
 * @param where  what was called, for the message
 * @throws InputError if it is not a whole number from 1 to one more than the window
 */
export function checkWorkers(workers: number, window: number, where: string): void {
  if (Number.isSafeInteger(workers) && workers >= 1 && workers <= window + 1) return;
  throw new InputError({
    where,
    must: `workers must be a whole number from 1 to ${window + 1}, as a trial sees all but the ${window} before it`,
    got: String(workers),
    mend: "give a window of one less than the workers: it is part of what the study is",
  });
}
