import { type Column, isCategory } from "../../../core/Table.js";

const written = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Times as numbers that grow with time: those of a column of numbers as they are, days and points of time in
 * milliseconds. Null where a text is neither.
 */
export function timesOf(column: Column): Float64Array | null {
  if (!isCategory(column)) return column.some((value) => Number.isNaN(value)) ? null : Float64Array.from(column);
  const ofLevel = column.levels.map((text) => {
    const [, day, time, zone = "Z"] = written.exec(text) ?? [];
    return day === undefined ? Number.NaN : Date.parse(time === undefined ? day : `${day}T${time}${zone}`);
  });
  const times = Float64Array.from(column.codes, (code) => ofLevel[code]);
  return times.some((value) => Number.isNaN(value)) ? null : times;
}
