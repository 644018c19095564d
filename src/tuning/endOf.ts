import { shortText } from "../core/shortText.js";
import { shownValue } from "../core/shownValue.js";
import type { TrialEnd } from "./Trial.js";

/** How a trial ended whose objective returned this: a number, or a TrialEnd; with anything else it has failed. */
export function endOf(found: unknown): TrialEnd {
  if (typeof found === "number") return { state: "complete", values: [found] };
  try {
    const { state, values, constraints = {}, reason } = (found ?? {}) as Readonly<Record<string, unknown>>;
    if ((state === "pruned" || state === "failed") && typeof reason === "string") return { state, reason };
    if (state === "complete" && isNumbers(values) && isNumbers(Object.values(constraints ?? {})))
      return { state, values: [...values], constraints: { ...(constraints as Readonly<Record<string, number>>) } };
  } catch (error) {
    // What it returned throws as it is looked at.
    return failedBy(error);
  }
  const got = found === undefined ? "nothing" : shownValue(found);
  return failedBy(`an objective must return a number, or how its trial ended; got ${got}`);
}

/** How a trial ended whose objective threw this: whatever it is, there is a reason in words. */
export function failedBy(thrown: unknown): TrialEnd {
  const said: unknown = thrown instanceof Error ? thrown.message || thrown.name : thrown;
  const reason = typeof said === "string" ? said : `it threw ${shownValue(said)}`;
  return { state: "failed", reason: shortText(reason, 2000) };
}

/** Also of an array with holes, which `every` passes over. */
function isNumbers(values: unknown): values is readonly number[] {
  return Array.isArray(values) && [...(values as unknown[])].every((value) => typeof value === "number");
}
