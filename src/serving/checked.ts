import type * as z from "zod";
import { Problem } from "./Problem.js";

/**
 * A value as it came, held to its shape.
 *
 * @param shape  undefined where there is nothing to hold it to
 * @param where  what it is, for the message
 * @throws Problem naming every fault, and of recipes their row and column
 */
export function checked<Value>(shape: z.ZodType | undefined, value: unknown, where: string): Value {
  if (shape === undefined) return value as Value;
  const found = shape.safeParse(value);
  // As it came: zod would put its keys in another order.
  if (found.success) return value as Value;
  const issues = found.error.issues.flatMap(deepest);
  const faults = issues.map(({ path, message }) => {
    const row = path[0] === "recipes" && typeof path[1] === "number" ? path[1] + 1 : null;
    const column = row !== null && path.length > 2 ? String(path[2]) : null;
    const at = path.length === 0 ? where : path.map(String).join(".");
    return { row, column, at, must: "must have the form of /openapi.json", got: message, mend: "mend the value" };
  });
  throw new Problem(
    "invalid-request",
    `${where} must have the form of /openapi.json; got ${faults[0].at}: ${faults[0].got}`,
    {
      faults,
    },
  );
}

/** Of a choice between forms, the faults of the one that was meant, as far as that can be seen. */
function deepest(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const isOther = (one: z.core.$ZodIssue): boolean => one.code === "unrecognized_keys";
  const meant = issue.errors.find((issues) => !issues.some(isOther)) ?? issue.errors[0] ?? [];
  return meant.length === 0 ? [issue] : meant.flatMap((one) => deepest({ ...one, path: [...issue.path, ...one.path] }));
}
