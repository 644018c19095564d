/**
 * Holds options that count something to whole numbers: with any other no comparison holds, and nothing says so.
 *
 * @param where  what was called, for the message
 * @param least  the smallest that each may be
 * @throws RangeError naming the first one that is not so
 */
export function checkCounts(where: string, least: number, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts))
    if (!Number.isSafeInteger(count) || count < least)
      throw new RangeError(`${where}: ${name} must be a whole number, at least ${least}; got ${count}`);
}
