import { InputError } from "../InputError.js";

/**
 * Makes sure that a level is one: a share of intervals that hold, not per cent.
 *
 * @param where  function to name in the error
 * @throws InputError if it does not lie in (0, 1)
 */
export function checkLevel(level: number, where: string): void {
  if (level > 0 && level < 1) return;
  throw new InputError({
    where,
    must: "the level must lie in (0, 1)",
    got: String(level),
    mend: level > 1 && level < 100 ? `give ${level} % as ${level / 100}` : "give 0.95 for 95 %",
  });
}
