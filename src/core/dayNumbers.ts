const dayMilliseconds = 86_400_000;

/**
 * Days since 1970-01-01 of dates, so that they can be compared and subtracted.
 *
 * @param dates  written YYYY-MM-DD
 * @throws RangeError if a text is not a day of the calendar (row named)
 */
export function dayNumbers(dates: readonly string[]): Float64Array {
  const known = new Map<string, number>();
  return Float64Array.from(dates, (date, row) => {
    let day = known.get(date);
    if (day === undefined) {
      day = dayNumber(date);
      if (day === undefined)
        throw new RangeError(
          `dayNumbers: row ${row} must hold a day written YYYY-MM-DD; got ` +
            `"${date}"; write for example 2026-01-31, or leave the row out`,
        );
      known.set(date, day);
    }
    return day;
  });
}

/** Undefined for 30 February too, which the calendar of JavaScript moves into March. */
function dayNumber(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? undefined : time / dayMilliseconds;
}
