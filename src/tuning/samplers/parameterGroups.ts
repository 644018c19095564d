import type { ParameterValues } from "../Parameter.js";

/** Names that all trials have, as one group; none where there are none. */
export function sharedNames(tried: readonly ParameterValues[]): readonly (readonly string[])[] {
  if (tried.length === 0) return [];
  const names = Object.keys(tried[0]).filter((name) => tried.every((values) => Object.hasOwn(values, name)));
  return names.length === 0 ? [] : [names];
}

/**
 * Names that always come together, if they come: the coarsest groups of which every trial has all or none. In the order
 * in which they were first seen.
 */
export function groupedNames(tried: readonly ParameterValues[]): readonly (readonly string[])[] {
  let groups: readonly (readonly string[])[] = [];
  const met = new Set<string>();
  for (const values of tried) {
    // Most trials have the names of one before.
    const own = namesOf(values);
    if (met.has(own)) continue;
    met.add(own);
    const unseen = Object.keys(values).filter((name) => groups.every((group) => !group.includes(name)));
    groups = [
      ...groups.flatMap((group) => [
        group.filter((name) => Object.hasOwn(values, name)),
        group.filter((name) => !Object.hasOwn(values, name)),
      ]),
      unseen,
    ].filter((group) => group.length > 0);
  }
  return groups;
}

/** Of values that are still looked at: each proposal asks for those of all trials. */
const known = new WeakMap<ParameterValues, string>();

function namesOf(values: ParameterValues): string {
  const found = known.get(values);
  if (found !== undefined) return found;
  const names = Object.keys(values).join("\n");
  known.set(values, names);
  return names;
}
