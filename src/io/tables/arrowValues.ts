import type * as Arrow from "apache-arrow";
import { decimals, secondsText } from "../../core/plainTime.js";
import type { Held } from "./carriedAs.js";

/** What the values of one Arrow type are, and how one of them is read. */
export interface ArrowValues {
  readonly held: Held;
  /** Whole numbers of 64 bits or more, or decimals without decimals: they may not fit a Float64. */
  readonly isLong: boolean;
  readonly isTime: boolean;
  /** The value in words as messages give it. */
  readonly type: string;
  /** As a number, of what are numbers. */
  readonly number: (data: Arrow.Data) => (row: number) => number;
  /** As an exact text; null where it is missing. */
  readonly text: (data: Arrow.Data) => (row: number) => string | null;
}

/** Units of times, in the order of Arrow's codes, as powers of ten in a second. */
const unitDigits = [0, 3, 6, 9];
const dayMilliseconds = 86_400_000;

/**
 * @param extension  name of the extension type, such as "arrow.uuid"
 * @returns undefined of types that hold neither numbers nor texts
 */
export function arrowValues(
  arrow: typeof Arrow,
  type: Arrow.DataType,
  extension: string | undefined,
): ArrowValues | undefined {
  const { DataType } = arrow;
  const words = arrow.Type[type.typeId];
  const vectorOf = (data: Arrow.Data): ((row: number) => unknown) => {
    const vector = new arrow.Vector([data]);
    return (row) => vector.get(row) as unknown;
  };
  const raw = (data: Arrow.Data): ((row: number) => bigint | null) => {
    const values = data.values as ArrayLike<number | bigint>;
    return (row) => (data.getValid(row) ? BigInt(values[row]) : null);
  };
  const none = { isLong: false, isTime: false, type: words };
  const noNumber = { ...none, number: () => () => Number.NaN };
  if (DataType.isNull(type)) return { ...noNumber, held: "nothing", text: () => () => null };
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type))
    return { ...noNumber, held: "text", text: (data) => vectorOf(data) as (row: number) => string | null };
  const timeOf = (written: (count: bigint) => string): ArrowValues => ({
    ...noNumber,
    held: "text",
    isTime: true,
    text: (data) => mapped(raw(data), written),
  });
  if (DataType.isDate(type))
    return timeOf((count) => {
      const isDays = type.unit === arrow.DateUnit.DAY;
      const written = secondsWritten(Number(count) * (isDays ? dayMilliseconds : 1));
      return written === undefined ? `${count} ${isDays ? "days" : "ms"} from 1970` : written.slice(0, 10);
    });
  if (DataType.isTimestamp(type)) {
    const digits = unitDigits[type.unit];
    const zone = (type.timezone ?? "") === "" ? "" : "Z";
    return timeOf((count) => {
      const { seconds, fraction } = parted(count, digits);
      const written = secondsWritten(Number(seconds) * 1000);
      return written === undefined ? `${seconds} s from 1970` : `${written}${fraction}${zone}`;
    });
  }
  if (DataType.isTime(type)) {
    const digits = unitDigits[type.unit];
    return {
      ...timeOf((count) => {
        const { seconds, fraction } = parted(count, digits);
        return `${secondsText(Number(seconds) * 1000).slice(11)}${fraction}`;
      }),
      isTime: false,
    };
  }
  if (DataType.isFixedSizeBinary(type) && extension === "arrow.uuid")
    return {
      ...noNumber,
      held: "text",
      text: (data) => mapped(vectorOf(data) as (row: number) => Uint8Array | null, uuidText),
    };
  const text = (data: Arrow.Data): ((row: number) => string | null) => mapped(vectorOf(data), String);
  const number = (data: Arrow.Data): ((row: number) => number) => {
    const value = vectorOf(data);
    return (row) => numberOf(value(row), Number);
  };
  if (DataType.isBool(type)) return { ...none, held: "boolean", number, text };
  if (DataType.isFloat(type)) return { ...none, held: "number", number, text };
  if (DataType.isInt(type)) return { ...none, isLong: type.bitWidth === 64, held: "number", number, text };
  // As Parquet and CSV hold it: the number of its units.
  if (DataType.isDuration(type))
    return {
      ...none,
      held: "number",
      number: (data) => {
        const count = raw(data);
        return (row) => numberOf(count(row), Number);
      },
      text: (data) => mapped(raw(data), String),
    };
  if (DataType.isDecimal(type)) {
    const written = (value: unknown): string => decimalText(value as Uint32Array, type.scale);
    return {
      ...none,
      isLong: type.scale <= 0 && type.precision > 15,
      held: "number",
      number: (data) => {
        const value = vectorOf(data);
        return (row) => numberOf(value(row), (one) => Number(written(one)));
      },
      text: (data) => mapped(vectorOf(data), written),
    };
  }
  return undefined;
}

function mapped<T>(value: (row: number) => T | null, to: (one: T) => string): (row: number) => string | null {
  return (row) => {
    const one = value(row);
    return one === null ? null : to(one);
  };
}

function numberOf(value: unknown, to: (one: unknown) => number): number {
  return value === null ? Number.NaN : to(value);
}

/** Whole seconds, rounded down, and the rest as decimals. */
function parted(count: bigint, digits: number): { readonly seconds: bigint; readonly fraction: string } {
  const unit = 10n ** BigInt(digits);
  const rest = ((count % unit) + unit) % unit;
  return { seconds: (count - rest) / unit, fraction: digits === 0 ? "" : decimals(String(rest).padStart(digits, "0")) };
}

/** "2026-01-31 12:30:00"; undefined outside of the years 1 to 9999. */
function secondsWritten(milliseconds: number): string | undefined {
  const isNear = milliseconds >= -62_135_596_800_000 && milliseconds < 253_402_300_800_000;
  return isNear ? secondsText(milliseconds) : undefined;
}

function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return [0, 8, 12, 16, 20].map((from, i, all) => hex.slice(from, all[i + 1])).join("-");
}

/** A decimal is a signed integer in little-endian words and a power of ten. */
function decimalText(words: Uint32Array, scale: number): string {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const whole = BigInt.asIntN(32 * words.length, unsigned);
  if (scale <= 0) return String(whole * 10n ** BigInt(-scale));
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
  return `${whole < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
