/**
 * Makes sure that every row has a group: rows without one are not of one group, as their empty texts would have it.
 *
 * @param where  function to name in the error
 * @throws RangeError naming the first row whose group is an empty text
 */
export function checkGroupNames(groups: readonly (string | number)[] | undefined, where: string): void {
  const bare = groups?.indexOf("") ?? -1;
  if (bare >= 0)
    throw new RangeError(
      `${where}: every row must have a group; row ${bare} has an empty text; ` +
        "leave such rows out, or give each a name of its own",
    );
}
