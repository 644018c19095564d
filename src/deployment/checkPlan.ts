import { InputError } from "../core/InputError.js";

/**
 * Makes sure that a number of a plan lies where it must.
 *
 * @param fits   whether it does
 * @param must   what must hold, such as "alpha must lie in (0, 1)"
 * @param where  function to name in the error
 * @throws InputError if not
 */
export function checkPlan(fits: boolean, value: unknown, must: string, where: string): void {
  if (fits) return;
  throw new InputError({ where, must, got: String(value), mend: "a plan is fixed before the first request is seen" });
}
