/** The first place where two texts differ, and what each has there. */
export interface Difference {
  /** "cells[2].outputs[0].text[0]" in JSON, "line 3, column 14" in other text. */
  readonly where: string;
  readonly standing: string;
  readonly rerun: string;
}

/**
 * Names the first difference of two texts: by path where both are JSON and differ in content, by line and column
 * otherwise. Values are cut to what a terminal line holds, around the difference.
 */
export function firstDifference(standing: string, rerun: string): Difference {
  const values = [standing, rerun].map(jsonOrNothing);
  const inJson = values.includes(nothing) ? null : differenceIn(values[0], values[1], "");
  return inJson ?? differenceInText(standing, rerun);
}

const nothing = Symbol("not JSON");
const shown = 80;

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return nothing;
  }
}

function differenceIn(standing: unknown, rerun: unknown, where: string): Difference | null {
  if (isContainer(standing) && isContainer(rerun) && Array.isArray(standing) === Array.isArray(rerun)) {
    for (const key of new Set([...Object.keys(standing), ...Object.keys(rerun)])) {
      const inner = Array.isArray(standing) ? `${where}[${key}]` : `${where}${where === "" ? "" : "."}${key}`;
      const found = differenceIn(standing[key], rerun[key], inner);
      if (found !== null) return found;
    }
    return null;
  }
  if (standing === rerun) return null;
  const [left, right] = [standing, rerun].map((value) => (value === undefined ? "absent" : JSON.stringify(value)));
  return { where: where || "the whole", ...around(left, right) };
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function differenceInText(standing: string, rerun: string): Difference {
  const left = standing.split("\n");
  const right = rerun.split("\n");
  const line = Math.max(
    0,
    Array.from({ length: Math.max(left.length, right.length) }).findIndex((_, index) => left[index] !== right[index]),
  );
  const [one, other] = [left[line] ?? "end of file", right[line] ?? "end of file"];
  return { where: `line ${line + 1}, column ${firstUnequal(one, other) + 1}`, ...around(one, other) };
}

function around(standing: string, rerun: string): { readonly standing: string; readonly rerun: string } {
  const from = Math.max(0, firstUnequal(standing, rerun) - shown / 2);
  const cut = (text: string): string =>
    `${from > 0 ? "…" : ""}${text.slice(from, from + shown)}${text.length > from + shown ? "…" : ""}`;
  return { standing: cut(standing), rerun: cut(rerun) };
}

function firstUnequal(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}
