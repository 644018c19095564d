import { convertUnit, quantityOf } from "../../chemistry/units.js";
import { numberForm, markedNumber } from "../../io/tables/cells/numberForm.js";
import { oddCell, oddityWords } from "../../io/tables/cells/oddCell.js";
import { headerUnit } from "./headerUnit.js";

/** What a cell says of a number, in the unit of its column, and what was made of it where that is not plain. */
export interface CellNumber {
  /** NaN where it is missing. */
  readonly value: number;
  /** Why the value is not what stands there; "" where it is. */
  readonly why: string;
}

const withUnit = /^([+-]?[\d.,]+(?:[eE][+-]?\d+)?)\s*([^\d\s.,].*)$/;
const roomTemperature = /^(?:r\.?\s?t\.?|room temp(?:erature)?\.?|raumtemperatur)$/i;

/**
 * The number in a cell of a column in some unit: "5 min" in a column of seconds is 300, "~150" is 150, "RT" is 25 °C,
 * "<5" and "n/a" are missing.
 *
 * @param unit  of the column
 * @returns undefined for what is no number in any of these writings, or one that can be read in two ways (1,234)
 */
export function cellNumber(text: string, unit: string): CellNumber | undefined {
  const odd = oddCell(text);
  if (odd !== undefined) {
    const value = odd.number === "" ? Number.NaN : anyNumber(odd.number);
    return value === undefined
      ? undefined
      : { value, why: odd.oddity === "missing" ? "" : oddityWords[odd.oddity].why };
  }
  const value = anyNumber(text);
  if (value !== undefined) return { value, why: "" };
  const bare = text.trim();
  if (quantityOf(unit) === "temperature" && roomTemperature.test(bare))
    return { value: convertUnit(25, "°C", unit), why: "room temperature is taken as 25 °C" };
  const [, number, own] = withUnit.exec(bare) ?? [];
  const from = own === undefined ? undefined : headerUnit(own);
  const plain = number === undefined ? undefined : anyNumber(number);
  if (from === undefined || plain === undefined || quantityOf(from) === undefined) return undefined;
  if (quantityOf(from) !== quantityOf(unit)) return undefined;
  return {
    value: Number(convertUnit(plain, from, unit).toPrecision(12)),
    why: from === unit ? "its unit is that of the column" : `converted from ${from}`,
  };
}

/** A number with a point or a comma as decimal mark; undefined for one that may hold either a decimal or groups. */
function anyNumber(text: string): number | undefined {
  const form = numberForm(text);
  if (form === "text" || form === "commaOrGroups") return undefined;
  return markedNumber(text, form === "comma" ? "," : ".");
}
