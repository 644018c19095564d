import { InputError } from "../../core/InputError.js";

/**
 * Makes sure that a value of a stream is one.
 *
 * @param row    how many came before it
 * @param where  monitor to name in the error
 * @throws InputError if it is not finite
 */
export function checkValue(value: number, row: number, where: string): void {
  if (Number.isFinite(value)) return;
  throw new InputError({
    where: `${where}, row ${row}`,
    must: "a value must be a finite number",
    got: String(value),
    mend: "leave out rows without a value; that they are missing is for the quality of the data",
  });
}

/**
 * Makes sure that a setting lies where it must.
 *
 * @param fits   whether it does
 * @param must   what must hold, such as "the threshold must be above 0"
 * @param where  monitor to name in the error
 * @throws InputError if not
 */
export function checkSetting(fits: boolean, value: unknown, must: string, where: string): void {
  if (fits) return;
  throw new InputError({
    where,
    must,
    got: String(value),
    mend: "settingsForRate finds a threshold for the rate of false alarms that you allow",
  });
}
