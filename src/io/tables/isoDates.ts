import { isIdentifierName } from "../../core/isIdentifierName.js";
import { plainTime } from "../../core/plainTime.js";
import { type CategoryColumn, type Column, isCategory } from "../../core/Table.js";
import { categoryBuilder } from "./categoryBuilder.js";
import type { DateOrder } from "./csv/CsvOptions.js";
import { fieldOf, type ReadColumns } from "./ReadColumns.js";
import { faultError, type TableFault } from "./TableFault.js";

export interface IsoDatesOptions {
  /** As the user names it; found in each column where left out. */
  readonly order?: DateOrder;
  readonly onNote: (note: string) => void;
  readonly onFault?: (fault: TableFault) => void;
}

/**
 * Columns of texts that are all dates, as this project writes dates: 2026-01-31. In "31/01/2026" the order of day and
 * month is told by a number above 12, unless another date of the column contradicts it. Columns of names and of levels
 * that a schema knows stay as they are.
 *
 * @throws InputError naming the cell, if dates can be read in two ways, or one is no day of the calendar; with
 *   `onFault` the column stays as it is
 */
export function isoDates(read: ReadColumns, where: string, { order, onNote, onFault }: IsoDatesOptions): ReadColumns {
  if (order === "iso") return read;
  const refuse =
    onFault ??
    ((fault: TableFault): never => {
      throw faultError(where, fault);
    });
  const columns = Object.entries(read.columns).map(([name, column]): [string, Column] => {
    const field = fieldOf(read.schema, name);
    if (!isCategory(column) || field?.levels !== undefined || isIdentifierName(name)) return [name, column];
    const dates = datesOf(column);
    if (dates === undefined) return [name, column];
    const found = order ?? orderOf(dates);
    const place = (level: string): Pick<TableFault, "row" | "column" | "at"> => {
      const row = column.codes.indexOf(column.levels.indexOf(level)) + 1;
      return { row, column: name, at: `row ${row}, column ${name}` };
    };
    const wrong = typeof found === "string" ? dates.find((date) => isoText(date, found) === undefined) : found.first;
    if (wrong !== undefined) {
      const { level } = wrong;
      refuse({
        ...place(level),
        ...(typeof found === "string" ? notADay(level, order) : twoWays(wrong, found.second)),
      });
      return [name, column];
    }
    const texts = new Map(dates.map((date) => [date.level, isoText(date, found as DayOrder)!]));
    const shown = dates.find(({ level }) => texts.get(level) !== level);
    if (shown === undefined) return [name, column];
    const isRead = shown.isOpen ? ` ${found === "dmy" ? "day" : "month"} first` : "";
    onNote(
      `column ${name}: dates are read${isRead}: "${shown.level}" (row ${place(shown.level).row}) is ` +
        texts.get(shown.level)!,
    );
    return [name, replaced(column, texts)];
  });
  return { ...read, columns: Object.fromEntries(columns) };
}

type DayOrder = "dmy" | "mdy";

/** A date as its text has it. */
interface FoundDate {
  readonly level: string;
  readonly year: number;
  /** The two numbers beside the year; month and day where `isOpen` is false. */
  readonly first: number;
  readonly second: number;
  /** Whether the text alone does not say which of the two is the day. */
  readonly isOpen: boolean;
  readonly time: string;
}

const time = "(?:[ T,]+(\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?: ?[AaPp][Mm])?))?";
const yearLast = new RegExp(`^(\\d{1,2})([./-]) ?(\\d{1,2})\\2 ?(\\d{4})${time}$`);
const yearFirst = new RegExp(`^(\\d{4})([./-])(\\d{1,2})\\2(\\d{1,2})${time}$`);
const dayName = new RegExp(`^(\\d{1,2})\\.?[ -]([A-Za-z]{3,9})\\.?,?[ -](\\d{4})${time}$`);
const nameDay = new RegExp(`^([A-Za-z]{3,9})\\.? (\\d{1,2}),? (\\d{4})${time}$`);
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const longMonths = ["january", "february", "march", "april", "may", "june", "july", "august", "september"].concat([
  "october",
  "november",
  "december",
]);

function foundDate(level: string): FoundDate | undefined {
  const open = yearLast.exec(level);
  if (open !== null)
    return dateOf(level, { year: open[4], first: open[1], second: open[3], isOpen: true, time: open[5] });
  const iso = yearFirst.exec(level);
  if (iso !== null) return dateOf(level, { year: iso[1], first: iso[3], second: iso[4], isOpen: false, time: iso[5] });
  const named = dayName.exec(level) ?? nameDay.exec(level);
  if (named === null) return undefined;
  const [day, month] = /\d/.test(named[1]) ? [named[1], named[2]] : [named[2], named[1]];
  const lower = month.toLowerCase();
  const place = longMonths.includes(lower) ? longMonths.indexOf(lower) : months.indexOf(lower.replace("sept", "sep"));
  if (place < 0) return undefined;
  return dateOf(level, { year: named[3], first: String(place + 1), second: day, isOpen: false, time: named[4] });
}

/** Undefined where neither order makes a day of it. */
function dateOf(
  level: string,
  text: Readonly<Record<"year" | "first" | "second", string>> & { readonly isOpen: boolean; readonly time?: string },
): FoundDate | undefined {
  const [year, first, second] = [Number(text.year), Number(text.first), Number(text.second)];
  const isMonth = (one: number): boolean => one >= 1 && one <= 12;
  const isDay = (one: number): boolean => one >= 1 && one <= 31;
  const fits = (isMonth(first) && isDay(second)) || (text.isOpen && isMonth(second) && isDay(first));
  return fits && year >= 1000 ? { level, year, first, second, isOpen: text.isOpen, time: text.time ?? "" } : undefined;
}

/** The dates of a column, where all its texts are ones. */
function datesOf({ codes, levels }: CategoryColumn): readonly FoundDate[] | undefined {
  const dates: FoundDate[] = [];
  for (const level of levels) {
    if (level === "") continue;
    const date = foundDate(level);
    if (date === undefined) return undefined;
    dates.push(date);
  }
  return dates.length === 0 || codes.length === 0 ? undefined : dates;
}

/** The order in which all dates are days, or the first that may be read in two ways or contradicts another. */
function orderOf(dates: readonly FoundDate[]): DayOrder | { readonly first: FoundDate; readonly second?: FoundDate } {
  const open = dates.filter(({ isOpen, first, second }) => isOpen && first !== second);
  const dayFirst = open.find(({ first }) => first > 12);
  const monthFirst = open.find(({ second }) => second > 12);
  if (dayFirst !== undefined && monthFirst !== undefined) return { first: dayFirst, second: monthFirst };
  if (open.length > 0 && dayFirst === undefined && monthFirst === undefined) return { first: open[0] };
  return monthFirst === undefined ? "dmy" : "mdy";
}

/** Undefined where it is no day of the calendar, or its time none of a day. */
function isoText({ level, year, first, second, isOpen, time: clock }: FoundDate, order: DayOrder): string | undefined {
  if (!isOpen && plainTime(level) === level && /^\d{4}-\d{2}-\d{2}(?: |$)/.test(level)) return level;
  const [month, day] = isOpen && order === "dmy" ? [second, first] : [first, second];
  const two = (one: number): string => String(one).padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)}`;
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== date) return undefined;
  if (clock === "") return date;
  const [, hour, rest, half] = /^(\d+)(:[\d:.]+) ?([AaPp])?/.exec(clock)!;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  const text = `${date} ${two(hours)}${rest}`;
  const plain = plainTime(text);
  return (half === undefined || (Number(hour) >= 1 && Number(hour) <= 12)) && plain.length >= 19 ? plain : undefined;
}

function notADay(level: string, order: DateOrder | undefined): Pick<TableFault, "must" | "got" | "mend"> {
  const asNamed = order === undefined ? "like the other dates of the column" : `in the order --dates ${order}`;
  return {
    must: `must be a day of the calendar ${asNamed}`,
    got: `"${level}"`,
    mend: "write it as 2026-01-31, or leave the dates as texts with --dates iso",
  };
}

function twoWays(date: FoundDate, other: FoundDate | undefined): Pick<TableFault, "must" | "got" | "mend"> {
  const mend = "write dates as 2026-01-31, or say which comes first: --dates dmy, mdy, or iso to leave them as texts";
  if (other !== undefined)
    return {
      must: "every date of a column must be written in one order",
      got: `"${date.level}", and elsewhere "${other.level}"`,
      mend,
    };
  return {
    must: "must be a date that can be read in one way",
    got: `"${date.level}", which is ${isoText(date, "dmy")} or ${isoText(date, "mdy")}`,
    mend,
  };
}

function replaced({ codes, levels }: CategoryColumn, texts: ReadonlyMap<string, string>): CategoryColumn {
  const now = levels.map((level) => texts.get(level) ?? level);
  const builder = categoryBuilder();
  for (const code of codes) builder.add(now[code]);
  return builder.finish();
}
